/* The key / goes to the search, unless somebody is writing: without this file the field and its link are there all the same. */

const WRITING = "input, textarea, select, [contenteditable]";

document.addEventListener("keydown", (event) => {
  if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
  if (event.target instanceof Element && event.target.closest(WRITING)) return;
  const fields = [...document.querySelectorAll("[data-search]")];
  const field = fields.find((one) => one.checkVisibility?.() ?? one.offsetParent !== null);
  const link = document.querySelector("a[data-search-link]");
  if (field) {
    field.focus();
    field.select();
  } else if (link) {
    link.click();
  } else {
    return;
  }
  event.preventDefault();
});
