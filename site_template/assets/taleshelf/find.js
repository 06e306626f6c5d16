// The search.
const baseUrl = __md_scope.href;
let opened, engine, years, whole, form, count, list, sample, more, wait;
let turn = 0;

// The newest part first.
const open = () =>
  (opened ??= (async () => {
    years = (await (await fetch(`${baseUrl}find/parts.json`)).json()).parts;
    const basePath = `${baseUrl}find/${years[0]}/`;
    engine = (await import(`${basePath}pagefind.js`)).createInstance({ basePath, baseUrl, noWorker: true });
  })());
const merge = () => (whole ??= Promise.all(years.slice(1).map((year) => engine.mergeIndex(`${baseUrl}find/${year}/`, { baseUrl }))));

// Only marks are elements.
const excerpt = (html) =>
  [...new DOMParser().parseFromString(html, "text/html").body.childNodes].map(({ nodeName, textContent }) =>
    nodeName === "MARK" ? Object.assign(document.createElement("mark"), { textContent }) : textContent,
  );

function card({ url, meta, excerpt: html }, words) {
  const item = sample.content.firstElementChild.cloneNode(true);
  const [image, link, about, ...facts] = item.querySelectorAll("img, a, .ts-card__about, span");
  if (meta.image) image.src = new URL(meta.image, baseUrl);
  else image.remove();
  link.href = url;
  link.textContent = meta.title;
  about.append(...(words ? excerpt(html) : [meta.about]));
  [meta.day, ...meta.facts.split(" · ")].forEach((text, place) => facts[place].append(text));
  return item;
}

async function show(results, words, mine, from = 0) {
  const pages = await Promise.all(results.slice(from, from + 8).map((result) => result.data()));
  if (mine !== turn) return;
  const held = from || list.contains(document.activeElement);
  if (!from) list.replaceChildren();
  list.append(...pages.map((page) => card(page, words)));
  more.hidden = !results[from + 8];
  more.onclick = () => show(results, words, mine, from + 8);
  if (held) (list.querySelectorAll("a")[from] ?? form.q).focus();
}

async function search() {
  const mine = ++turn;
  const asked = new URLSearchParams([...new FormData(form)].filter(([, value]) => value.trim()));
  history.replaceState(history.state, "", asked.size ? `?${asked}` : location.pathname);
  const { q: words = null, years: all, ...filters } = Object.fromEntries(asked);
  const some = words || Object.keys(filters)[0];
  const { without } = form.dataset;
  if (without && !filters.genre && document.documentElement.dataset.notes !== "show")
    filters.none = without.split("|").map((genre) => ({ genre }));
  let text = "";
  try {
    await open();
    if (all) await merge();
    const ask = async () => (some ? (await engine.search(words, { filters, sort: words ? {} : { day: "desc" } })).results : []);
    let results = await ask();
    if (!words && some && !results[0]) results = (await merge()) && (await ask());
    await show(results, words, mine);
    const { length } = results;
    if (some) text = `${length || "No"} ${length === 1 ? "story" : "stories"} found${whole || !years[1] ? "" : ` in ${years[0]}`}`;
  } catch {
    opened = null;
    text = "The search cannot be reached now.";
  }
  if (mine === turn) count.textContent = text;
}

function meet(event) {
  clearTimeout(wait);
  form = document.querySelector("[data-find]");
  if (!form) return;
  [count, list, sample, { firstElementChild: more }] = form.nextElementSibling.children;
  const asked = new URLSearchParams(location.search);
  if (asked.size || event)
    for (const field of form.querySelectorAll("[name]")) {
      const value = asked.get(field.name) ?? "";
      if (field.type === "checkbox") field.checked = value;
      else field.value = value;
      if (value && field.matches("select")) form.querySelector("details").open = true;
    }
  form.oninput = form.onsubmit = (sent) => {
    if (sent.type === "submit") sent.preventDefault();
    clearTimeout(wait);
    wait = setTimeout(search, 200);
  };
  if (event || asked.size || form.q.value) search();
  else open().catch(() => (opened = null));
}

// Up and down: words and stories.
addEventListener("keydown", (event) => {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  const stops = step && form ? [form.q, ...list.querySelectorAll("a")] : [];
  const here = stops.indexOf(document.activeElement);
  if (here < 0 || !stops[here + step]) return;
  event.preventDefault();
  stops[here + step].focus();
});
addEventListener("popstate", meet);
document$.subscribe(() => meet());
