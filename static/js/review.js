/* Going through a plan: from one open point to the next by key, remarks written where they belong, nothing lost on the way.
   Without this file every link leads to a page and every button sends its form. */

const theBar = () => document.getElementById("review-bar");
const SAVE_AFTER = 900;
const TRY_AGAIN = 5000;
const PARTS = ["what-next", "remarks", "missing", "contents", "review-bar"];

/* --- From point to point ---------------------------------------------------------------------------------- */

let here = null;

function isAfter(one, other) {
  return Boolean(other.compareDocumentPosition(one) & Node.DOCUMENT_POSITION_FOLLOWING);
}

/* The next point after where the reader is, round and round. */
function step(by) {
  const points = [...document.querySelectorAll("[data-point]")];
  const said = document.querySelector("[data-points-said]");
  const { words, over } = document.querySelector("[data-points]").dataset;
  if (!points.length) {
    said.textContent = over;
    return;
  }
  const from = here?.isConnected ? here : null;
  const ahead = points.filter((one) => from && one !== from && isAfter(one, from) === by > 0);
  const point = by > 0 ? (ahead[0] ?? points[0]) : (ahead.at(-1) ?? points.at(-1));
  goTo(point);
  said.textContent = words.replace("{n}", points.indexOf(point) + 1).replace("{total}", points.length);
}

function unfold(place) {
  for (let around = place.closest("details"); around; around = around.parentElement.closest("details")) around.open = true;
}

/* A link into what lies folded opens it. */
function unfoldWanted() {
  const wanted = document.getElementById(decodeURIComponent(location.hash.slice(1)));
  if (!wanted?.closest("details:not([open])")) return;
  unfold(wanted);
  wanted.scrollIntoView({ block: "center" });
}

addEventListener("hashchange", unfoldWanted);

function goTo(place) {
  unfold(place);
  here = place;
  place.focus({ preventScroll: true });
  place.scrollIntoView({ block: "center" });
}

/* --- Keys: only outside fields, and not where somebody switched them off ------------------------------------ */

const KEYS_OFF = "gromada-keys-off";

function areOff() {
  try {
    return localStorage.getItem(KEYS_OFF) === "yes";
  } catch {
    return false;
  }
}

function switchKeys(event) {
  try {
    if (event.target.checked) localStorage.removeItem(KEYS_OFF);
    else localStorage.setItem(KEYS_OFF, "yes");
  } catch {
    /* a forbidden store: the keys stay on for this page */
  }
}

const KEYS = {
  j: () => step(1),
  n: () => step(1),
  k: () => step(-1),
  p: () => step(-1),
  r: () => remarkHere(),
  d: () => document.querySelector("[data-decide]")?.click(),
};

function remarkHere() {
  const at = here?.isConnected ? here : null;
  const cell = at?.closest(".facts > div")?.querySelector(".cell-remark");
  const row = at?.closest(".plan-row, .plan-record, .plan-section");
  (cell ?? row?.querySelector(".leave-remark") ?? theBar().querySelector(".leave-remark"))?.click();
}

document.addEventListener("keydown", (event) => {
  const isTyping = event.target.closest("input, select, textarea, [contenteditable]");
  if (event.ctrlKey || event.metaKey || event.altKey || isTyping || areOff() || !KEYS[event.key]) return;
  event.preventDefault();
  KEYS[event.key]();
});

document.addEventListener("focusin", (event) => {
  if (event.target.closest(".plan, #remarks")) here = event.target;
});

/* --- Forms open where they belong --------------------------------------------------------------------------- */

async function fetched(address, options) {
  const answer = await fetch(address, { credentials: "same-origin", ...options });
  return [answer, new DOMParser().parseFromString(await answer.text(), "text/html")];
}

function placeFor(link) {
  const cell = link.closest(".facts > div");
  const figures = link.closest(".strip");
  if (link.closest(".remark")) return link.closest(".remark");
  if (cell) {
    cell.classList.add("noted");
    return cell.querySelector(".cell-notes") ?? added("dd", "cell-notes", cell);
  }
  if (figures) {
    const next = figures.nextElementSibling;
    return next?.matches(".figure-notes") ? next : added("div", "figure-notes", figures.parentElement, next);
  }
  if (link.closest(".section-head")) return link.closest(".plan-section").querySelector(".section-notes");
  return link.closest(".plan-row-remarks") ?? theBar().querySelector(".plan-notes");
}

function added(name, kind, parent, before = null) {
  const element = document.createElement(name);
  element.className = kind;
  parent.insertBefore(element, before);
  return element;
}

async function openHere(link) {
  const place = placeFor(link);
  if (place.querySelector("form.form textarea")) {
    place.querySelector("form.form textarea").focus();
    return;
  }
  const [answer, page] = await fetched(link.href);
  const form = page.querySelector("main form.form");
  if (!answer.ok || !form) {
    location.assign(link.href);
    return;
  }
  form.cameFrom = link;
  takeIn(form, link.href);
  if (place.matches(".remark")) place.classList.add("is-edited");
  place.append(form);
  form.querySelector("textarea").focus();
}

/* The names of its fields are its own, however many forms stand open; what it can do shows. */
function takeIn(form, address) {
  const own = `f${Math.random().toString(36).slice(2)}`;
  form.classList.add("in-place");
  form.action = form.getAttribute("action") ?? address;
  form.dataset.quiet = "";
  for (const button of form.querySelectorAll("[type=submit]")) button.dataset.variant = "secondary";
  for (const element of form.querySelectorAll("[id]")) element.id = `${own}-${element.id}`;
  for (const label of form.querySelectorAll("label[for]")) label.htmlFor = `${own}-${label.htmlFor}`;
  for (const element of form.querySelectorAll("[aria-describedby]")) {
    const ids = element.getAttribute("aria-describedby").split(" ");
    element.setAttribute("aria-describedby", ids.map((id) => `${own}-${id}`).join(" "));
  }
  prepare(form);
}

function prepare(form) {
  for (const link of form.querySelectorAll(".buttons > a:not([data-put-away])")) link.dataset.putAway = link.dataset.keep = "";
  form.dataset.kept = form.elements.text?.value.trim() ?? "";
}

function putAway(form) {
  form.closest(".remark")?.classList.remove("is-edited");
  const cell = form.closest(".facts > div");
  const from = form.cameFrom;
  form.remove();
  if (cell && !cell.querySelector(".remark")) cell.classList.remove("noted");
  from?.focus({ preventScroll: true });
}

async function discard(form, link) {
  clearTimeout(form.timer);
  await form.saving;
  const unwanted = !("keep" in link.dataset) && form.dataset.delete;
  if (unwanted) {
    const body = new FormData();
    body.set("csrf_token", form.elements.csrf_token.value);
    await fetch(form.dataset.delete, { method: "POST", body, credentials: "same-origin", redirect: "manual" });
  }
  if (!form.matches(".in-place")) location.assign(link.href);
  else if (form.dataset.delete && !unwanted) await renew(form, location.pathname, {});
  else putAway(form);
}

/* --- What is typed is kept a moment after typing pauses ----------------------------------------------------- */

function keepSoon(form, after = SAVE_AFTER) {
  clearTimeout(form.timer);
  form.timer = setTimeout(() => keep(form), after);
}

/* One at a time, so that a remark typed in one go never becomes two. */
function keep(form, leaving = false) {
  clearTimeout(form.timer);
  const typed = form.elements.text.value.trim();
  if (!typed || typed === form.dataset.kept || form.isSent) return form.saving ?? Promise.resolve();
  const before = form.saving ?? Promise.resolve();
  form.saving = leaving ? send(form, typed, true) : before.then(() => send(form, typed, false));
  return form.saving;
}

async function send(form, typed, leaving) {
  const body = new FormData(form);
  const note = form.querySelector("[data-saved-note]");
  for (const name of ["phrase", "used_phrase", "keep_phrase"]) body.delete(name); // once, when it is sent for good
  try {
    const answer = await fetch(form.action, {
      method: "POST", body, credentials: "same-origin", redirect: "manual", keepalive: leaving, headers: { "X-Autosave": "yes" },
    });
    if (!answer.ok) throw new Error(answer.status);
    form.dataset.delete = (await answer.json()).delete;
    form.dataset.kept = typed;
    const time = new Date().toLocaleTimeString(document.documentElement.lang, { hour: "2-digit", minute: "2-digit" });
    note.textContent = form.dataset.saved.replace("{time}", time);
  } catch (error) {
    note.textContent = form.dataset.failed;
    if (error instanceof TypeError) keepSoon(form, TRY_AGAIN);
  }
}

document.addEventListener("input", (event) => {
  const form = event.target.closest("form[data-autosave]");
  if (form && event.target.name === "text") keepSoon(form);
});

document.addEventListener("focusout", (event) => {
  const form = event.target.closest?.("form[data-autosave]");
  if (form && event.target.name === "text") keep(form);
});

document.addEventListener("visibilitychange", () => {
  if (document.visibilityState !== "hidden") return;
  for (const form of document.querySelectorAll("form[data-autosave]")) keep(form, true);
});

/* --- Sent without losing the place --------------------------------------------------------------------------- */

async function sendQuietly(form, button) {
  form.isSent = true;
  clearTimeout(form.timer);
  await form.saving;
  const others = [...document.querySelectorAll("form[data-autosave]")].filter((one) => one !== form);
  await Promise.all(others.map((one) => keep(one)));
  await renew(form, form.action, { method: "POST", body: new FormData(form, button) });
}

/* The answer is this page anew: only what changed is put in its place, and the reader stays where they are. */
async function renew(form, address, options) {
  let answer, page;
  try {
    [answer, page] = await fetched(address, options);
  } catch {
    form.isSent = false;
    const note = form.querySelector("[data-saved-note]");
    if (note) note.textContent = form.dataset.failed;
    return;
  }
  if (answer.status === 422) {
    showFaults(form, page);
  } else if (answer.ok && page.getElementById("main")?.querySelector(".plan")) {
    putInPlace(form, page);
  } else {
    form.removeAttribute("data-quiet");
    form.submit();
  }
}

function showFaults(form, page) {
  const again = page.querySelector("main form.form");
  again.cameFrom = form.cameFrom;
  takeIn(again, form.action);
  form.replaceWith(again);
  again.querySelector("[aria-invalid]")?.focus();
}

function putInPlace(form, page) {
  const root = form.closest(".plan-row, .plan-record, .section-notes");
  const wanted = form.dataset.uid ? `remark-${form.dataset.uid}` : form.closest(".remark")?.id;
  const linked = form.closest(".remark-links > li")?.querySelector("a")?.hash.slice(1);
  const anchor = document.activeElement.closest?.(".plan-row, .plan-record, .plan-section, #remarks") ?? root;
  const before = anchor?.getBoundingClientRect().top;
  const linkedRoot = linked && document.getElementById(linked)?.closest(".plan-row, .plan-record, .section-notes");
  const ids = new Set([root?.id, linkedRoot?.id, ...PARTS, ...openParts()].filter(Boolean));
  for (const id of ids) {
    const [old, anew] = [document.getElementById(id), page.getElementById(id)];
    if (old && anew) old.replaceWith(anew);
    else if (old && PARTS.includes(id)) old.remove();
  }
  start();
  const place = whereToGoOn(wanted, root, linked);
  const now = document.getElementById(anchor?.id ?? "")?.getBoundingClientRect().top;
  if (now !== undefined && before !== undefined) scrollBy({ top: now - before, behavior: "instant" });
  setTimeout(() => say(page.querySelector(".flashes")?.textContent.trim()), 100);
  if (place) {
    if (!place.hasAttribute("tabindex")) place.tabIndex = -1;
    place.focus({ preventScroll: true });
    place.scrollIntoView({ block: "nearest" });
    here = place;
  }
}

/* The remark that was written, or the next one on the list; from the bar one goes on reading. */
function whereToGoOn(wanted, root, linked) {
  if (linked) return document.querySelector("#remarks .remark-waits a") ?? document.getElementById("remarks");
  if (!root && !document.querySelector(`#remarks #${CSS.escape(wanted ?? "none")} .remark-buttons form`)) return null;
  return root ? (document.getElementById(wanted ?? "") ?? document.getElementById(root.id)) : theBar().querySelector(".leave-remark");
}

/* Places where other remarks are being written: they were saved just now, and show what was kept. */
function openParts() {
  return [...document.querySelectorAll("form.in-place")].map((form) => form.closest(".plan-row, .plan-record, .section-notes")?.id);
}

function say(text) {
  const said = document.querySelector("[data-points-said]");
  if (text && said) said.textContent = text;
}

/* --- What the page listens to --------------------------------------------------------------------------------- */

document.addEventListener("click", (event) => {
  if (event.ctrlKey || event.metaKey || event.shiftKey) return;
  const stepper = event.target.closest("[data-point-step]");
  const link = event.target.closest("a[data-here]");
  const away = event.target.closest("a[data-put-away]");
  if (stepper) step(Number(stepper.dataset.pointStep));
  if (!(link && theBar()) && !away) return;
  event.preventDefault();
  if (away) discard(away.closest("form"), away);
  else openHere(link).catch(() => location.assign(link.href));
});

/* Before page.js hears of it: what is sent quietly is not sent a second time. */
document.addEventListener("submit", (event) => {
  if (event.target.matches("[data-autosave]")) event.target.isSent = true;
  if (!event.target.matches("[data-quiet]") || !theBar()) return;
  event.preventDefault();
  sendQuietly(event.target, event.submitter);
}, true);

function start() {
  const nowhere = !document.querySelector("[data-point]");
  for (const button of document.querySelectorAll("[data-point-step]")) button.hidden = nowhere;
  for (const keys of document.querySelectorAll("[data-keys]")) keys.hidden = false;
  const choice = document.querySelector("[data-keys-on]");
  if (!choice) return;
  choice.checked = !areOff();
  choice.addEventListener("change", switchKeys);
}

start();
unfoldWanted();
for (const form of document.querySelectorAll("form[data-autosave]")) prepare(form);
