// What every page needs: addresses that can be copied; the family view, in which stories with a content note are not shown unless a reader chose so in
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
  for (const button of document.querySelectorAll("[data-copy] button")) button.hidden = false;
  if (location.search && document.querySelector("[data-find]")) import("./find.js");
}

addEventListener("change", ({ target }) => {
  if (!target.closest("[data-notes-choice]")) return;
  page.dataset.notes = target.checked ? "show" : "";
  try {
    localStorage.setItem(key, page.dataset.notes);
  } catch {}
});
addEventListener("click", async ({ target }) => {
  const address = target.closest("[data-copy] button")?.previousElementSibling;
  if (!address) return;
  address.select();
  const done = await navigator.clipboard?.writeText(address.value).then(() => "The address is copied.");
  address.parentElement.nextElementSibling.textContent = done ?? "The address is marked: now copy it.";
});
addEventListener("focusin", ({ target }) => target.closest("[data-find]") && import("./find.js"));
addEventListener("storage", (event) => event.key === key && paint());
globalThis.document$?.subscribe(paint) ?? paint();
