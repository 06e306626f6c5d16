// Saved stories: a cache each, the page last.
const root = __md_scope;
const { locks, serviceWorker, storage } = navigator;
const BASE = `taleshelf:${root.pathname}:`;
const STORY = `${BASE}story:`;
const all = (where, doc = document) => [...doc.querySelectorAll(where)];
const parse = (text) => new DOMParser().parseFromString(text, "text/html");
const mega = (bytes) => `${(bytes / 1e6).toFixed(1)} MB`;
const findPage = (url) => caches.match(new URL(url, root), { cacheName: STORY + url });
const listNames = async (start) => (await caches.keys()).filter((name) => name.startsWith(start));

async function get(url) {
  const reply = await fetch(url, { cache: "reload" });
  if (reply.status !== 200) throw reply;
  return reply;
}

// What the page shows of its folder.
function listFiles(doc, page) {
  const parts = all("[src], [srcset], [data-keep]", doc).flatMap((node) =>
    `${node.getAttribute("src")} ${node.getAttribute("srcset")} ${node.dataset.keep}`.split(/[\s,]+/),
  );
  const urls = parts.filter((part) => /\.[a-z]\w+$/.test(part)).map((part) => new URL(part, page).href);
  const away = doc.querySelector("[data-kept-at]")?.dataset.keptAt; // where its files begin in the store
  return [...new Set(urls)].filter((url) => url.startsWith(page) || (away && url.startsWith(away)));
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

const update = (url) => save(url).catch(() => {});

async function enlist() {
  const found = await serviceWorker.register(new URL("sw.js", root));
  watch(found);
  const worker = found.installing;
  while (!found.active) {
    if (worker.state === "redundant") throw worker;
    await new Promise((done) => (worker.onstatechange = done));
  }
}

async function findWorker() {
  const found = await serviceWorker.getRegistration(root);
  return found?.scope === root.href ? found : null;
}

// A new worker waits for who plays.
let hush;
function listen() {
  if (all("audio").every((audio) => audio.paused)) hush = hush?.();
  else if (!hush) {
    const held = new Promise((done) => (hush = done));
    locks.request(BASE, { mode: "shared" }, () => held);
  }
}
for (const event of ["play", "pause", "emptied"]) document.addEventListener(event, listen, true);

function watch(found) {
  const renew = () => found.waiting && locks.request(BASE, () => found.waiting?.postMessage("go"));
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
      storage.persist();
      for (const [done, url] of urls.entries())
        await save(url, (part) => (status.textContent = `Saving, ${Math.round((100 * (done + part)) / urls.length)} %`));
      status.textContent = "";
    } catch {
      status.textContent = "There is no connection, or no room. Press again to go on.";
    }
    button.disabled = false;
    await paint();
    link.focus();
  };
  await paint();
  if (!link.hidden && !urls[1]) update(urls[0]);
}

async function makeRow(name, tell) {
  const url = name.slice(STORY.length);
  const page = new URL(url, root);
  const row = document.getElementById("ts-kept-row").content.firstElementChild.cloneNode(true);
  const [picture, link, size, button] = all("img, a, span, button", row);
  const doc = parse((await (await findPage(url))?.text()) ?? "<h1>A story that is not whole</h1>");
  row.size = 0;
  for (const file of await (await caches.open(name)).matchAll()) row.size += (await file.blob()).size;
  size.textContent = mega(row.size);
  link.textContent = doc.querySelector("h1").textContent;
  link.href = page;
  picture.src = new URL(doc.querySelector(".ts-story__cover")?.getAttribute("src") ?? "cover.webp", page);
  button.ariaLabel = `Delete ${link.textContent}`;
  button.onclick = async () => {
    await caches.delete(name);
    row.remove();
    tell(`${link.textContent} was deleted. `);
  };
  update(url);
  return row;
}

async function meetList(list) {
  const status = document.querySelector("[data-kept]");
  async function tell(text) {
    const rows = [...list.children];
    const sum = mega(rows.reduce((sum, row) => sum + row.size, 0));
    status.textContent = `${text}Stories saved in this browser: ${rows.length ? `${rows.length}, ${sum}` : "none"}.`;
    if (text) status.focus();
    if (rows.length) return;
    for (const name of await listNames(BASE)) caches.delete(name);
    (await findWorker())?.unregister();
  }
  for (const name of (await listNames(STORY)).sort().reverse()) list.append(await makeRow(name, tell));
  tell("");
}

function meet() {
  all("[data-save]").forEach(meetButton);
  all(".ts-kept").forEach(meetList);
  const from = new URLSearchParams(location.search).get("from");
  const url = new URL(from ?? "", root).href;
  for (const box of all(".ts-away")) {
    box.hidden = from === null;
    if (url.startsWith(root)) box.children[0].href = url;
  }
}

if (serviceWorker && locks) {
  document$.subscribe(meet);
  findWorker().then((found) => found && watch(found));
}
