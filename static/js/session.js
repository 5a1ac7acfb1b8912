/* Being away too long signs a person out. This warns before, and keeps what was typed: in this window only, never
   passwords or files, only for the same person, and only until the form is seen again. */

const { person, sessionSeconds } = document.body.dataset;
const KEPT = "gromada-typed";
const WARN_SECONDS = 300;

function kept() {
  try {
    return JSON.parse(sessionStorage.getItem(KEPT)) || {};
  } catch {
    return {};
  }
}

function keep(drafts) {
  try {
    if (Object.keys(drafts).length) sessionStorage.setItem(KEPT, JSON.stringify(drafts));
    else sessionStorage.removeItem(KEPT);
  } catch {
    /* a full or forbidden store: the page works without it */
  }
}

function worthKeeping(input) {
  const typed = input.matches("textarea, select, input:not([type=password], [type=file], [type=hidden])");
  return typed && input.name && input.form?.method === "post" && !input.form.closest("[data-not-kept], [data-keep]");
}

function placeOf(input) {
  return `${input.form.getAttribute("action") || ""}#${input.name}${input.type === "radio" || input.type === "checkbox" ? `=${input.value}` : ""}`;
}

function valueOf(input) {
  return input.type === "radio" || input.type === "checkbox" ? input.checked : input.value;
}

function remember(event) {
  if (!worthKeeping(event.target)) return;
  event.target.form.dataset.touched = "yes";
  const drafts = kept();
  const page = (drafts[location.pathname] ??= { person, typed: {} });
  page.typed[placeOf(event.target)] = valueOf(event.target);
  keep(drafts);
}

/* Everything in a form, typed now or before an answer that sent it back. */
function rememberAll(form) {
  for (const input of form.elements) remember({ target: input });
}

function putBack(typed) {
  let changed = false;
  for (const input of document.querySelectorAll("main :is(input, textarea, select)")) {
    if (!worthKeeping(input) || !(placeOf(input) in typed)) continue;
    const value = typed[placeOf(input)];
    if (valueOf(input) === value) continue;
    if (typeof value === "boolean") input.checked = value;
    else input.value = value;
    input.dispatchEvent(new Event("input", { bubbles: true }));
    changed = true;
  }
  return changed;
}

function show(name, place) {
  const template = document.querySelector(`[data-session-${name}]`);
  place.replaceChildren(template.content.cloneNode(true));
}

/* A page without a person while something is kept means the session ended in between: from now on it is to be put back. */
function markAsLost() {
  const drafts = kept();
  for (const page of Object.values(drafts)) page.lost = true;
  keep(drafts);
}

function restore() {
  const drafts = kept();
  const page = drafts[location.pathname];
  const others = Object.entries(drafts).filter(([path, draft]) => draft.lost && draft.person === person && path !== location.pathname);
  keep(Object.fromEntries(others));
  if (page?.lost && page.person === person && putBack(page.typed)) {
    const notice = document.createElement("div");
    notice.setAttribute("role", "status");
    document.querySelector("main").prepend(notice);
    show("restored", notice);
  }
}

/* Signing out in one window is signing out in all of them: nothing typed stays in any. */
function forgetAll() {
  for (const name of Object.keys(sessionStorage)) {
    if (name.startsWith("gromada-")) sessionStorage.removeItem(name);
  }
}

const otherTabs = new BroadcastChannel("gromada-leaving");
otherTabs.addEventListener("message", forgetAll);

function leave() {
  forgetAll();
  otherTabs.postMessage("left");
}

let timers = [];

function watch(seconds) {
  const notice = document.querySelector("[data-session-notice]");
  for (const timer of timers) clearTimeout(timer);
  timers = [
    setTimeout(() => warn(notice, seconds), Math.max(seconds - WARN_SECONDS, seconds / 2) * 1000),
    setTimeout(() => {
      show("over", notice);
      rememberAll(document.querySelector("main form[data-touched]") ?? { elements: [] });
      markAsLost();
    }, seconds * 1000),
  ];
}

function warn(notice, seconds) {
  show("soon", notice);
  notice.querySelector("[data-session-stay]").addEventListener("click", async () => {
    const answer = await fetch(location.href, { credentials: "same-origin" });
    if (answer.ok && !answer.redirected) {
      notice.replaceChildren();
      watch(seconds);
    }
  });
}

if (person) {
  document.addEventListener("input", remember);
  restore();
  document.addEventListener("submit", (event) => {
    if (event.target.matches("[data-leaves]")) leave();
    else rememberAll(event.target);
  });
  const seconds = Number(sessionSeconds);
  if (seconds > 0 && seconds < 86400) watch(seconds);
} else if (Object.keys(kept()).length) {
  markAsLost();
}
