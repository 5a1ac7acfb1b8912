/* How far long work is, without loading the page anew. When it has ended, the page itself says what came of it. */

const EVERY = 2000;
const LIST_EVERY = 5000;
const place = document.querySelector("[data-long-work]");
const list = document.querySelector("[data-long-list]");
let told = 0;

function show(state) {
  const bar = place.querySelector("progress");
  if (state.total) {
    bar.max = state.total;
    bar.value = Math.min(state.done, state.total);
  }
  place.querySelector("[data-how-far]").textContent = state.how_far;
  const note = place.querySelector("[data-note]");
  note.textContent = state.note ?? "";
  note.hidden = !state.note;
  /* Read out at quarters only: a voice every other second would keep everything else from being heard. */
  const quarter = state.total ? Math.floor((4 * state.done) / state.total) : 0;
  if (quarter > told) place.querySelector("[data-said]").textContent = state.how_far;
  told = Math.max(told, quarter);
}

async function look() {
  try {
    const answer = await fetch(place.dataset.longWork, { headers: { Accept: "application/json" } });
    if (answer.redirected || !answer.ok) return location.reload();
    const state = await answer.json();
    if (state.state !== place.dataset.state) return location.reload();
    show(state);
  } catch {
    /* the network is away for a moment: the next look is soon enough */
  }
  setTimeout(look, EVERY);
}

/* The list as a page that is loaded anew now would have it; who has the keyboard in it is left alone. */
async function lookAtList() {
  try {
    const answer = await fetch(location.href);
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const newer = page.querySelector("#asked")?.closest("section");
    const present = document.querySelector("#asked").closest("section");
    if (newer && !present.contains(document.activeElement)) present.replaceWith(newer);
    if (newer && !newer.matches("[data-long-list]")) return;
  } catch {
    /* the network is away for a moment */
  }
  setTimeout(lookAtList, LIST_EVERY);
}

if (place) setTimeout(look, EVERY);
if (list) setTimeout(lookAtList, LIST_EVERY);
