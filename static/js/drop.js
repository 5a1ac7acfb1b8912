/* Sending a workbook: the file's name, what speaks against it before it is sent, and how far it is. Without this file
   the form works as forms do. */

function say(form, text, { wrong = false } = {}) {
  const place = form.querySelector("[data-drop-said]");
  const line = document.createElement("p");
  line.className = wrong ? "ds-validation-message" : "drop-name";
  line.textContent = text;
  place.replaceChildren(line);
  form.querySelector("input[type=file]").toggleAttribute("data-refused", wrong);
}

function kilobytes(file) {
  const size = new Intl.NumberFormat(document.documentElement.lang, { maximumFractionDigits: 0 });
  return `${size.format(Math.max(1, file.size / 1024))} kB`;
}

/* What is known before anything is sent; the server checks all of it again. */
function fault(form, file) {
  if (!/\.xlsx$/i.test(file.name)) return form.dataset.wrongKind;
  if (file.size > Number(form.dataset.mostBytes)) return form.dataset.tooLarge;
  return file.size === 0 ? form.dataset.empty : null;
}

function look(form) {
  const file = form.querySelector("input[type=file]").files[0];
  if (!file) return form.querySelector("[data-drop-said]").replaceChildren();
  const wrong = fault(form, file);
  say(form, wrong || `${file.name} · ${kilobytes(file)}`, { wrong: Boolean(wrong) });
  return !wrong;
}

function showProgress(form) {
  say(form, form.dataset.sending);
  const bar = document.createElement("progress");
  bar.max = 1;
  bar.setAttribute("aria-label", form.dataset.sending);
  form.querySelector("[data-drop-said]").append(bar);
  form.setAttribute("aria-busy", "true");
  return bar;
}

/* Whatever the answer is but an address to go on to, the browser asks again by itself and shows it. */
function send(form) {
  const bar = showProgress(form);
  const request = new XMLHttpRequest();
  request.open("POST", form.action);
  request.setRequestHeader("Accept", "application/json");
  request.upload.addEventListener("progress", (event) => {
    if (event.lengthComputable) bar.value = event.loaded / event.total;
  });
  request.upload.addEventListener("load", () => {
    form.querySelector(".drop-name").textContent = form.dataset.checking;
    bar.removeAttribute("value");
  });
  request.addEventListener("loadend", () => {
    if (request.status === 201) location.assign(request.getResponseHeader("Location"));
    else form.submit();
  });
  request.send(new FormData(form));
}

for (const form of document.querySelectorAll("form[data-drop]")) {
  const input = form.querySelector("input[type=file]");
  let dropped = false;

  input.addEventListener("drop", (event) => {
    dropped = true;
    if (event.dataTransfer.files.length < 2) return;
    event.preventDefault();
    dropped = false;
    say(form, form.dataset.oneOnly, { wrong: true });
  });
  input.addEventListener("change", () => {
    const isFine = look(form);
    if (isFine && dropped) form.requestSubmit();
    dropped = false;
  });
  form.addEventListener("submit", (event) => {
    if (!input.files.length) return;
    event.preventDefault();
    if (form.getAttribute("aria-busy") === "true") return;
    if (look(form)) send(form);
    else input.focus();
  });
}

/* Coming back to the page, nothing is on its way any more. */
window.addEventListener("pageshow", (event) => {
  if (!event.persisted) return;
  for (const form of document.querySelectorAll("form[data-drop]")) {
    form.removeAttribute("aria-busy");
    look(form);
  }
});
