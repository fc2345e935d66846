// Saves what is being typed in the background. Without it nothing is lost: every button of the page saves too.
const box = document.querySelector("[data-autosave]");
const form = box?.querySelector("form");
if (form) {
  const note = document.getElementById("autosaved");
  let timer, before = typed();
  function typed() { return new URLSearchParams(new FormData(form)).toString(); }
  async function save() {
    clearTimeout(timer);
    const now = typed();
    if (now === before || form.dataset.sent) return;
    before = now;
    const answer = await fetch(box.dataset.autosave, { method: "POST", body: new FormData(form), keepalive: true }).catch(() => null);
    if (answer?.ok && note) {
      note.textContent = `${box.dataset.saved} ${new Date().toLocaleTimeString("it", { hour: "2-digit", minute: "2-digit", timeZone: "Europe/Rome" })}`;
    } else { before = ""; }
  }
  form.addEventListener("input", () => { clearTimeout(timer); timer = setTimeout(save, 1500); });
  document.addEventListener("visibilitychange", () => { if (document.visibilityState === "hidden") save(); });
}
