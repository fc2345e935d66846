// What only makes a page quicker; every page works without it.
for (const form of document.querySelectorAll("form[method=post]")) {
  form.addEventListener("submit", (event) => {
    if (form.dataset.sent) { event.preventDefault(); return; }
    form.dataset.sent = "yes";
    setTimeout(() => delete form.dataset.sent, 4000);
  });
}
window.addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll("form[data-sent]")) delete form.dataset.sent;
});
document.querySelector(".op-errors")?.focus();
for (const select of document.querySelectorAll(".op-filters select")) {
  select.addEventListener("change", () => select.form.requestSubmit());
}
for (const field of document.querySelectorAll("textarea[maxlength]")) {
  const counter = document.createElement("p");
  counter.className = "op-counter";
  counter.setAttribute("aria-live", "polite");
  const tell = () => { counter.textContent = `${field.value.length} / ${field.maxLength}`; };
  field.after(counter);
  field.addEventListener("input", tell);
  tell();
}
