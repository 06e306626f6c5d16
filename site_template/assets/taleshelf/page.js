// The family view, and the way to the search.
const page = document.documentElement;

function paint() {
  page.dataset.notes = __md_get("notes") ?? "";
  for (const label of document.querySelectorAll("[data-notes-choice]")) {
    label.hidden = false;
    label.firstElementChild.checked = page.dataset.notes === "show";
  }
  if (location.search && document.querySelector("[data-find]")) import("./find.js");
}

addEventListener("change", ({ target }) => {
  if (!target.closest("[data-notes-choice]")) return;
  page.dataset.notes = target.checked ? "show" : "";
  __md_set("notes", page.dataset.notes);
});
addEventListener("focusin", ({ target }) => target.closest("[data-find]") && import("./find.js"));
addEventListener("storage", paint);
document$.subscribe(paint);
