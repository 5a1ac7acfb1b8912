/* Correcting what a check found without leaving the place: the answer is the same page, of which only what changed is
   taken over. Without this file the form works as forms do. */

const LIVE = "[data-live]";

function fields(root) {
  return [...root.querySelectorAll("input, select, textarea")].filter((one) => one.name.includes("."));
}

function isTouched(one) {
  if (one.type === "checkbox") return one.checked !== one.defaultChecked;
  if (one.type === "hidden") return false;
  if (one.tagName !== "SELECT") return one.value !== one.defaultValue;
  return [...one.options].some((option) => option.selected !== option.defaultSelected) && one.value !== "";
}

/* What was typed at other findings and not saved yet stays. */
function remember(form, saved) {
  return fields(form)
    .filter((one) => !(saved && saved.contains(one)) && isTouched(one))
    .map((one) => ({ id: one.id, value: one.value, checked: one.checked }));
}

function putBack(kept) {
  for (const { id, value, checked } of kept) {
    const field = document.getElementById(id);
    if (!field) continue;
    if (field.type === "checkbox") field.checked = checked;
    else field.value = value;
  }
}

function takeOver(html) {
  const page = new DOMParser().parseFromString(html, "text/html");
  const parts = [...page.querySelectorAll(LIVE)];
  if (parts.length === 0) return false;
  for (const part of parts) {
    const old = document.getElementById(part.id);
    if (old) old.replaceWith(document.adoptNode(part));
  }
  return true;
}

/* To the next thing to do: the errors of what was sent, else the field that comes next, else the step after all. */
function goOn(next) {
  const errors = document.querySelector("[data-corrections] [data-first]");
  const field = next && document.getElementById(next);
  const target = errors || field || document.querySelector("#next-step-title, #outcome, #standing");
  if (!target) return;
  const focused = target.matches("details") ? target.querySelector("summary") : target;
  if (!focused.matches("input, select, textarea, fieldset, button, summary")) focused.tabIndex = -1;
  focused.focus();
}

function announce(text) {
  let voice = document.getElementById("corrections-said");
  if (!voice) {
    voice = document.createElement("p");
    voice.id = "corrections-said";
    voice.className = "ds-sr-only";
    voice.setAttribute("role", "status");
    document.querySelector("main").append(voice);
  }
  voice.textContent = text;
}

function dataOf(form, button, saved) {
  const data = new FormData(form);
  if (button) data.set("only", button.value);
  if (saved) for (const one of fields(form)) if (!saved.contains(one)) data.delete(one.name);
  return data;
}

/* The fields and deciding buttons below it; those of a folded row to add wait until somebody unfolds it. */
function nextAfter(form, saved) {
  const all = [...fields(form).filter((one) => one.type !== "hidden"), ...form.querySelectorAll("[data-act]")];
  return all
    .filter((one) => saved.compareDocumentPosition(one) === Node.DOCUMENT_POSITION_FOLLOWING)
    .sort((one, other) => (one.compareDocumentPosition(other) & Node.DOCUMENT_POSITION_FOLLOWING ? -1 : 1))
    .map((one) => (one.closest("details:not([open])") ?? one.closest("fieldset") ?? one).id)
    .filter(Boolean);
}

async function save(form, button) {
  const saved = button && button.value ? button.closest(".fix") : null;
  const kept = remember(form, saved || form);
  const next = saved ? nextAfter(form, saved) : [];
  form.setAttribute("aria-busy", "true");
  const answer = await fetch(form.action, { method: "POST", body: dataOf(form, button, saved) });
  if (!answer.ok && answer.status !== 422) throw new Error(answer.status);
  if (!takeOver(await answer.text())) throw new Error("another page");
  putBack(kept);
  const now = document.querySelector("form[data-corrections]");
  announce(now ? now.dataset.said : "");
  goOn(next.find((id) => document.getElementById(id)));
}

document.addEventListener(
  "submit",
  (event) => {
    const form = event.target;
    if (!form.matches("form[data-corrections]") || form.dataset.plain) return;
    event.preventDefault();
    if (form.getAttribute("aria-busy") === "true") return;
    save(form, event.submitter).catch(() => {
      form.dataset.plain = "yes";
      form.requestSubmit(event.submitter);
    });
  },
  true,
);

/* Enter saves the finding it is pressed in. */
document.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || !event.target.matches("form[data-corrections] input")) return;
  const button = event.target.closest(".fix")?.querySelector("button[name=only]:not([data-act])");
  if (!button) return;
  event.preventDefault();
  button.click();
});
