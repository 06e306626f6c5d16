// What every page needs: the family view, in which stories with a content note are not shown unless a reader chose so in
// this browser; and the search, loaded when somebody turns to it.
const key = `${new URL("../../", import.meta.url).pathname}notes`;
const page = document.documentElement;

function paint() {
  try {
    page.dataset.notes = localStorage.getItem(key) ?? "";
  } catch {} // a browser that keeps nothing keeps the family view
  for (const label of document.querySelectorAll("[data-notes-choice]")) {
    label.hidden = false;
    label.firstElementChild.checked = page.dataset.notes === "show";
  }
  if (location.search && document.querySelector("[data-find]")) import("./find.js");
}

addEventListener("change", ({ target }) => {
  if (!target.closest("[data-notes-choice]")) return;
  page.dataset.notes = target.checked ? "show" : "";
  try {
    localStorage.setItem(key, page.dataset.notes);
  } catch {}
});
addEventListener("click", ({ target }) => {
  if (target.matches("[data-copy]")) navigator.clipboard.writeText(target.value).then(() => (target.textContent = "Copied"));
});
addEventListener("focusin", ({ target }) => target.closest("[data-find]") && import("./find.js"));
addEventListener("storage", (event) => event.key === key && paint());
globalThis.document$?.subscribe(paint) ?? paint();
