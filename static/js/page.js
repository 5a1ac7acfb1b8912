/* Comforts on top of pages that work without them: nothing is lost when this file does not load. */

/* A form is sent once, however often the button is pressed. */
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (event.defaultPrevented || form.method !== "post") return;
  if (form.dataset.sent) {
    event.preventDefault();
    return;
  }
  form.dataset.sent = "yes";
  setTimeout(() => delete form.dataset.sent, 5000);
});

window.addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll("form[data-sent]")) delete form.dataset.sent;
});

/* A table shown as cards is still a table to a screen reader. */
function keepTableRoles(root) {
  const roles = { thead: "rowgroup", tbody: "rowgroup", tr: "row", td: "cell" };
  for (const table of root.querySelectorAll("table.table-cards")) {
    table.setAttribute("role", "table");
    for (const [name, role] of Object.entries(roles)) {
      for (const part of table.querySelectorAll(name)) part.setAttribute("role", role);
    }
    for (const head of table.querySelectorAll("th")) {
      head.setAttribute("role", head.scope === "row" ? "rowheader" : "columnheader");
    }
  }
}

/* How much of a limited text is used; the limit is checked when the form is sent, so pasted text is never cut off. */
function countLetters(root) {
  for (const counter of root.querySelectorAll("[data-counter]")) {
    const input = document.getElementById(counter.dataset.counter);
    const shown = counter.querySelector("span");
    const show = () => {
      shown.textContent = input.value.length;
      counter.hidden = input.value.length < input.dataset.counted * 0.6;
    };
    input.addEventListener("input", show);
    show();
  }
}

/* The drop zone is the file input itself; here it only shows that it noticed the file. */
function glowWhenDraggedOver(root) {
  for (const zone of root.querySelectorAll("[data-drop-zone]")) {
    for (const name of ["dragenter", "dragover"]) zone.addEventListener(name, () => (zone.dataset.over = "yes"));
    for (const name of ["dragleave", "drop"]) zone.addEventListener(name, () => delete zone.dataset.over);
  }
}

/* One box ticks all of a list; without this file it is not offered. */
function tickAll(root) {
  for (const all of root.querySelectorAll("[data-ticks]")) {
    all.parentElement.hidden = false;
    const boxes = () => [...all.form.elements].filter((one) => one.name === all.dataset.ticks);
    all.addEventListener("change", () => boxes().forEach((one) => (one.checked = all.checked)));
    all.form.addEventListener("change", () => (all.checked = boxes().every((one) => one.checked)));
  }
}

/* The person menu closes like a menu: with Escape, or by going elsewhere. */
function closeMenus(except) {
  for (const menu of document.querySelectorAll("details.person[open]")) {
    if (!menu.contains(except)) menu.open = false;
  }
}

document.addEventListener("click", (event) => closeMenus(event.target));
document.addEventListener("keydown", (event) => {
  const menu = document.querySelector("details.person[open]");
  if (event.key !== "Escape" || !menu) return;
  menu.open = false;
  menu.querySelector("summary").focus();
});

/* After the filters changed the list, say how many rows there are now. */
document.addEventListener("htmx:after:swap", () => {
  const said = document.querySelector(".results[data-said]");
  const voice = document.querySelector("[data-announce]");
  if (said && voice) voice.textContent = said.dataset.said;
  keepTableRoles(document);
  tickAll(document);
});

keepTableRoles(document);
countLetters(document);
tickAll(document);
glowWhenDraggedOver(document);
