/* Ready phrases: put in where the cursor stands. Without this file the button sends its form, and the page comes back with the phrase. */

document.addEventListener("click", (event) => {
  const button = event.target.closest?.("[data-insert-into]");
  if (!button) return;
  event.preventDefault();
  insert(button.form, button.dataset.insertInto);
});

function insert(form, name) {
  const choice = form.elements.phrase;
  const field = form.elements[name];
  const text = choice.selectedOptions[0]?.dataset.text;
  if (!text) {
    choice.focus();
    return;
  }
  const [start, end] = cursor(field);
  const before = field.value.slice(0, start);
  const after = field.value.slice(end);
  field.focus();
  field.setRangeText(`${gap(before, before.at(-1))}${text}${gap(after, after[0])}`, start, end, "end");
  remember(form, choice.value);
  choice.value = "";
  field.dispatchEvent(new Event("input", { bubbles: true }));
}

/* A field that was only opened has its cursor before everything: then it goes after what is there. */
function cursor(field) {
  const { selectionStart, selectionEnd, value } = field;
  return selectionEnd ? [selectionStart, selectionEnd] : [value.length, value.length];
}

/* A line of its own, unless it begins or ends one already. */
function gap(text, neighbour) {
  return text.trim() && neighbour !== "\n" ? "\n" : "";
}

/* Counted when the form is kept: those used most are offered first. */
function remember(form, key) {
  const used = document.createElement("input");
  used.type = "hidden";
  used.name = "used_phrase";
  used.value = key;
  form.append(used);
}
