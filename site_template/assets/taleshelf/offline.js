// Saving stories for offline. Each has a cache of its own, into which its page is put last: with it, it is whole. There
// is a service worker (sw.js) only where something is saved.
const { root } = taleshelf;
const BASE = `taleshelf:${root.pathname}:`;
const STORY = `${BASE}story:`;
const PLAYING = `${BASE}playing`;
const { serviceWorker } = navigator;
const all = (where, doc = document) => [...doc.querySelectorAll(where)];
const parse = (text) => new DOMParser().parseFromString(text, "text/html");
const mega = (bytes) => `${(bytes / 1e6).toFixed(1)} MB`;
const findPage = (url) => caches.match(new URL(url, root), { cacheName: STORY + url });
const listNames = async (start) => (await caches.keys()).filter((name) => name.startsWith(start));

async function get(url) {
  const reply = await fetch(url, { cache: "reload" });
  if (reply.status !== 200) throw new Error(url);
  return reply;
}

// What is saved: all of its folder that the page shows, or says in data-keep that its scripts will ask for.
function listFiles(doc, page) {
  const parts = all("[src], [srcset], [data-keep]", doc).flatMap((node) =>
    ["src", "srcset", "data-keep"].flatMap((name) => node.getAttribute(name)?.split(/[\s,]+/) ?? []),
  );
  const urls = parts.filter((part) => /\.[a-z]\w+$/.test(part)).map((part) => new URL(part, page).href);
  return [...new Set(urls)].filter((url) => url.startsWith(page));
}

async function save(url, tell) {
  const page = new URL(url, root).href;
  const reply = await get(page);
  const files = listFiles(parse(await reply.clone().text()), page);
  const cache = await caches.open(STORY + url);
  for (const [done, file] of files.entries()) {
    tell?.(done / files.length);
    if (!(await cache.match(file))) await cache.put(file, await get(file));
  }
  await cache.put(page, reply);
}

const update = (url) => save(url).catch(() => {}); // what cannot be had now is had another day

async function enlist() {
  const found = await serviceWorker.register(new URL("sw.js", root));
  watch(found);
  const worker = found.installing;
  if (worker && !found.active)
    await new Promise((done) => worker.addEventListener("statechange", () => /activated|redundant/.test(worker.state) && done()));
  if (!found.active) throw new Error("sw.js");
}

async function findWorker() {
  const found = await serviceWorker.getRegistration(root);
  return found?.scope === root.href ? found : undefined;
}

// Who plays holds a lock that all tabs share, and a new version of the worker waits for it.
let hush;
const listen = (event, act) => document.addEventListener(event, act, true);
const isPlaying = () => all("audio").some((audio) => !audio.paused);
const fallSilent = () => isPlaying() || (hush = hush?.());
listen("play", () => hush ?? navigator.locks.request(PLAYING, { mode: "shared" }, () => new Promise((done) => (hush = done))));
listen("pause", fallSilent);
listen("emptied", fallSilent);

function watch(found) {
  const renew = () => found.waiting && navigator.locks.request(PLAYING, () => found.waiting?.postMessage("go"));
  renew();
  found.onupdatefound = () => found.installing.addEventListener("statechange", renew);
}

async function meetButton(box) {
  const urls = box.dataset.save.split(" ");
  const [button, link, status] = box.children;
  async function paint() {
    link.hidden = !(await Promise.all(urls.map(findPage))).every(Boolean);
    button.hidden = !link.hidden;
    box.hidden = false;
  }
  button.onclick = async () => {
    button.disabled = true;
    try {
      await enlist();
      navigator.storage.persist();
      for (const [done, url] of urls.entries())
        await save(url, (part) => (status.textContent = `Saving, ${Math.round((100 * (done + part)) / urls.length)} %`));
      status.textContent = "";
    } catch {
      status.textContent = "There was no connection, or no room. Press again to go on.";
    }
    button.disabled = false;
    await paint();
    link.focus();
  };
  await paint();
  if (!link.hidden && !urls[1]) update(urls[0]);
}

async function meetList(list) {
  const status = document.querySelector("[data-kept]");
  const sizes = new Map();
  async function tell(text) {
    const sum = [...sizes.values()].reduce((one, other) => one + other, 0);
    status.textContent = `${text}${sizes.size ? `${sizes.size} ${sizes.size > 1 ? "stories" : "story"} saved in this browser, ${mega(sum)}.` : "No stories are saved in this browser."}`;
    if (sizes.size) return;
    for (const name of await listNames(BASE)) caches.delete(name);
    (await findWorker())?.unregister();
  }
  for (const name of (await listNames(STORY)).sort().reverse()) {
    const url = name.slice(STORY.length);
    const page = new URL(url, root);
    const row = document.getElementById("ts-kept-row").content.firstElementChild.cloneNode(true);
    const [picture, link, size, button] = all("img, a, span, button", row);
    const doc = parse((await (await findPage(url))?.text()) ?? "<h1>A story that is not whole</h1>");
    const files = await (await caches.open(name)).matchAll();
    for (const file of files) sizes.set(url, (sizes.get(url) ?? 0) + (await file.blob()).size);
    size.textContent = mega(sizes.get(url) ?? 0);
    link.textContent = doc.querySelector("h1").textContent;
    link.href = page;
    picture.src = new URL(doc.querySelector(".ts-story__cover")?.getAttribute("src") ?? "cover.webp", page);
    button.ariaLabel = `Delete ${link.textContent}`;
    button.onclick = async () => {
      await caches.delete(name);
      row.remove();
      sizes.delete(url);
      status.focus();
      tell(`${link.textContent} was deleted. `);
    };
    list.append(row);
    update(url);
  }
  tell("");
}

function meet() {
  all("[data-save]").forEach(meetButton);
  all(".ts-kept").forEach(meetList);
  const from = new URL(new URLSearchParams(location.search).get("from") ?? "", root).href;
  for (const link of all(".ts-away a")) if (from.startsWith(root)) link.href = from;
}

if (serviceWorker && navigator.locks) {
  (globalThis.document$ ?? { subscribe: (act) => act() }).subscribe(meet);
  findWorker().then((found) => found && watch(found));
}
