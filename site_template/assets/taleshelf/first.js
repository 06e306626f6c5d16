// Before the first paint.
var __md_scope = new URL("../../", document.currentScript.src);
var __md_get = (key) => {
  try {
    return JSON.parse(localStorage.getItem(__md_scope.pathname + key));
  } catch {} // a browser that keeps nothing
};
var __md_set = (key, value) => {
  try {
    localStorage.setItem(__md_scope.pathname + key, JSON.stringify(value));
  } catch {}
};

// Who wants to see every page.
var document$ = {
  acts: [],
  subscribe: (act) => act(document, document$.acts.push(act)),
  next: () => document$.acts.map((act) => act(document)),
};

var taleshelf = {
  settings: __md_get("settings") ?? {},
  // Bedtime lasts until six, unless another light is chosen.
  light() {
    const { light, bed, since = 0 } = taleshelf.settings;
    const now = new Date();
    const start = new Date(now);
    if (now.getHours() < 6) start.setDate(start.getDate() - 1);
    start.setHours(bed, 0, 0, 0);
    if (bed && now >= start && since < start) return "taleshelf-bedtime";
    return light ?? `taleshelf-${matchMedia("(prefers-color-scheme: dark)").matches ? "night" : "day"}`;
  },
  // data-ts-size="115"
  show() {
    const { light, settings } = taleshelf;
    for (const name in settings) document.documentElement.setAttribute(`data-ts-${name}`, settings[name]);
    document.body?.setAttribute("data-md-color-scheme", light());
    for (const choice of document.querySelectorAll(".ts-palette input")) choice.checked = choice.value === light();
  },
};

document.documentElement.classList.replace("no-js", "js");
taleshelf.show();
{
  const parsing = new MutationObserver(taleshelf.show);
  parsing.observe(document, { childList: true, subtree: true });
  document.addEventListener("DOMContentLoaded", () => parsing.disconnect());
}
