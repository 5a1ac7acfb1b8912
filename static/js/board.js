/* The board by key: up and down from row to row, x ticks, Enter opens. Without this file every row has its checkbox and its link. */

const rowOf = (element) => element?.closest?.(".board > tbody > tr");

function goTo(row) {
  const link = row?.querySelector("th a");
  link?.focus();
  row?.scrollIntoView({ block: "nearest" });
}

/* From nowhere in particular: down begins at the first row, up at the last. */
function step(by) {
  const rows = [...document.querySelectorAll(".board > tbody > tr")];
  const here = rows.indexOf(rowOf(document.activeElement));
  if (here < 0) goTo(by > 0 ? rows[0] : rows.at(-1));
  else goTo(rows[here + by]);
}

function tick() {
  rowOf(document.activeElement)?.querySelector(".tick input")?.click();
}

const KEYS = { ArrowDown: () => step(1), ArrowUp: () => step(-1), x: tick };

document.addEventListener("keydown", (event) => {
  const isTyping = event.target.closest("input:not([type=checkbox]), select, textarea, [contenteditable], summary");
  const inRow = rowOf(event.target);
  if (event.ctrlKey || event.metaKey || event.altKey || isTyping || !KEYS[event.key]) return;
  if (!inRow && event.key !== "x" && event.target !== document.body) return;
  if (!document.querySelector(".board")) return;
  event.preventDefault();
  KEYS[event.key]();
});

/* What goes to the server are the rows ticked or all of them, never both. */
document.addEventListener("change", (event) => {
  const form = event.target.closest("[data-board]");
  if (!form) return;
  const whole = form.elements.whole;
  if (event.target === whole) for (const box of form.querySelectorAll(".tick input")) box.disabled = whole.checked;
});
