/* After a call the page offers to log it, with the minutes since the number was tapped, rounded up to five. Only when it
   began is remembered, in this tab. Without this file the offer is there too, without the minutes. */

const PREFIX = "gromada-call:";
const STEP = 5;
const LONGEST = 12 * 60;

document.addEventListener("click", (event) => {
  const number = event.target.closest("a[data-call]");
  if (number) sessionStorage.setItem(PREFIX + number.dataset.call, String(Date.now()));
});

function minutesSince(began) {
  return Math.max(STEP, Math.ceil((Date.now() - began) / 60_000 / STEP) * STEP);
}

function offer() {
  for (const link of document.querySelectorAll("a[data-log-call]")) {
    const began = Number(sessionStorage.getItem(PREFIX + link.dataset.logCall));
    const minutes = minutesSince(began);
    if (!began || minutes > LONGEST) continue;
    const address = new URL(link.href);
    address.searchParams.set("minutes", minutes);
    link.href = address;
    link.textContent = link.dataset.said.replace("{minutes}", minutes);
  }
}

/* Logged, or on its way to be: the next call is another one. */
document.addEventListener("click", (event) => {
  const link = event.target.closest("a[data-log-call]");
  if (!link) return;
  offer();
  sessionStorage.removeItem(PREFIX + link.dataset.logCall);
});

document.addEventListener("visibilitychange", offer);
window.addEventListener("focus", offer);
window.addEventListener("pageshow", offer);
offer();
