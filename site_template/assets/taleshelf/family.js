// The family view: stories with a content note are shown everywhere only where a reader chose so, in this browser.
const key = `${new URL("../../", import.meta.url).pathname}notes`;
const page = document.documentElement;

export function paint() {
  try {
    page.dataset.notes = localStorage.getItem(key) ?? "";
  } catch {} // a browser that keeps nothing keeps the family view
  for (const label of document.querySelectorAll("[data-notes-choice]")) {
    label.hidden = false;
    label.firstElementChild.checked = page.dataset.notes === "show";
  }
}

addEventListener("change", ({ target }) => {
  if (!target.closest("[data-notes-choice]")) return;
  page.dataset.notes = target.checked ? "show" : "";
  try {
    localStorage.setItem(key, page.dataset.notes);
  } catch {}
});
addEventListener("storage", (event) => event.key === key && paint());
(globalThis.document$ ?? { subscribe: (act) => act() }).subscribe(paint);
