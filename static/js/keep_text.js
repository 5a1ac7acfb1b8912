/* On a bad connection nothing typed is lost. What stands in a form with `data-keep` stays in this tab (never in a store
   that outlives it) until the server has it: when sending fails, the page says so and keeps everything. A form that goes
   out twice carries the same key, so the server enters it once. Signing out forgets it all (session.js). Without this file
   the forms work as forms do. */

const { person } = document.body.dataset;
const PREFIX = "gromada-kept:";
const PATIENCE_MS = 20_000;

/* What a form was opened with is part of its name: another call is another text. */
function placeOf(form) {
  return `${PREFIX}${form.dataset.keep}${location.search}`;
}

function read(place) {
  try {
    return JSON.parse(sessionStorage.getItem(place));
  } catch {
    return null;
  }
}

function write(place, kept) {
  try {
    sessionStorage.setItem(place, JSON.stringify(kept));
  } catch {
    /* a full or forbidden store: the page works without it */
  }
}

function forget(form) {
  sessionStorage.removeItem(placeOf(form));
}

function isKept(input) {
  return input.name && input.name !== "csrf_token" && input.matches("textarea, select, input:not([type=password], [type=file])");
}

function valueOf(input) {
  return input.type === "radio" || input.type === "checkbox" ? input.checked : input.value;
}

function nameOf(input) {
  return input.type === "radio" || input.type === "checkbox" ? `${input.name}=${input.value}` : input.name;
}

function keep(form) {
  const values = {};
  for (const input of form.elements) if (isKept(input)) values[nameOf(input)] = valueOf(input);
  write(placeOf(form), { person, values });
}

/* Somebody else's, in a tab where people change: gone before anybody sees it. */
function dropOthers() {
  for (const place of Object.keys(sessionStorage)) {
    if (place.startsWith(PREFIX) && read(place)?.person !== person) sessionStorage.removeItem(place);
  }
}

/* The key comes back too: if the server had it after all, it is still one entry. */
function putBack(form) {
  const values = read(placeOf(form))?.values;
  if (!values) return;
  let changed = false;
  for (const input of form.elements) {
    const value = isKept(input) ? values[nameOf(input)] : undefined;
    if (value === undefined || valueOf(input) === value) continue;
    if (typeof value === "boolean") input.checked = value;
    else input.value = value;
    if (input.type === "hidden") continue;
    changed = true;
    input.dispatchEvent(new Event("change", { bubbles: true }));
    if (value && input.closest("details")) input.closest("details").open = true;
  }
  if (!changed) return;
  show(form, "restored").querySelector("[data-kept-discard]").addEventListener("click", () => {
    forget(form);
    location.reload();
  });
}

function show(form, name) {
  const notice = form.querySelector("[data-kept-notice]");
  const words = form.querySelector(`template[data-kept-${name}]`);
  notice.replaceChildren(...(words ? [words.content.cloneNode(true)] : []));
  return notice;
}

function busy(form, isSending) {
  form.ariaBusy = isSending ? "true" : null;
  form.isSending = isSending;
}

async function send(form, submitter) {
  busy(form, true);
  show(form, "nothing");
  keep(form);
  let answer;
  try {
    answer = await fetch(form.action, {
      method: "POST",
      body: new URLSearchParams(new FormData(form, submitter)),
      headers: { "X-Keep-Text": "yes" },
      redirect: "manual",
      signal: AbortSignal.timeout(PATIENCE_MS),
    });
  } catch {
    answer = null;
  }
  busy(form, false);
  if (answer?.status === 204) {
    forget(form);
    location.assign(new URL(answer.headers.get("X-Go-To"), location.origin));
  } else if (!answer || answer.status >= 500) {
    const notice = show(form, "failed");
    (submitter?.closest(".buttons") ?? submitter)?.before(notice);
    notice.scrollIntoView({ block: "nearest" });
  } else {
    sendAsFormsDo(form, submitter);
  }
}

/* Something needs correcting, or a sign-in: the browser shows the page that says so. Nothing was entered by the first try. */
function sendAsFormsDo(form, submitter) {
  if (submitter?.name) {
    const chosen = Object.assign(document.createElement("input"), { type: "hidden", name: submitter.name, value: submitter.value });
    form.append(chosen);
  }
  form.submit();
}

function remember(event) {
  const form = event.target.form ?? event.target;
  if (form.matches?.("form[data-keep]") && event.isTrusted) keep(form);
}

if (person) {
  dropOthers();
  /* A page that says what is wrong holds the text already, and knows better. */
  const isAnswer = document.querySelector("main .ds-error-summary") !== null;
  for (const form of document.querySelectorAll("form[data-keep]")) isAnswer ? keep(form) : putBack(form);
  document.addEventListener("input", remember);
  document.addEventListener("change", remember);
  /* Before page.js and session.js hear of it: it is sent here. */
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (!form.matches("form[data-keep]")) return;
    event.preventDefault();
    if (!form.isSending) send(form, event.submitter);
  }, true);
}
