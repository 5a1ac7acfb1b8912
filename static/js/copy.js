/* A button that copies what stands in a field. Without this file the field is selected and copied by hand. */
for (const button of document.querySelectorAll("[data-copy]")) {
  const field = document.getElementById(button.dataset.copy);
  button.hidden = false;
  field.addEventListener("focus", () => field.select());
  button.addEventListener("click", async () => {
    field.select();
    try {
      await navigator.clipboard.writeText(field.value);
    } catch {
      return; /* the text is selected: Ctrl+C does it */
    }
    button.textContent = button.dataset.copied;
    const said = document.querySelector("[data-copy-said]");
    if (said) said.textContent = button.dataset.copied;
  });
}
