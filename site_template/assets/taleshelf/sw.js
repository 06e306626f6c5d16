// The service worker of readers who have saved a story. Before it, the build has written VERSION and SHELL: path -> hash
// of what a page needs of the site itself. Only whole files are ever kept.
const SCOPE = registration.scope;
const BASE = `taleshelf:${new URL(SCOPE).pathname}:`;
const CURRENT = `${BASE}shell:${VERSION}`;
const LAZY = /opendyslexic/; // kept from when a reader uses it
const keyOf = (path) => `${SCOPE}${path}?${SHELL[path]}`;
const findKept = (path) => caches.match(SCOPE + path, { cacheName: `${BASE}story:${path.replace(/[^/]*$/, "")}` });

oninstall = (event) => event.waitUntil(Promise.all(Object.keys(SHELL).map((path) => findShell(path, LAZY.test(path)))));
onactivate = (event) => event.waitUntil(Promise.all([clients.claim(), tidy()]));
onmessage = () => skipWaiting();

onfetch = (event) => {
  const { request } = event;
  const path = request.url.slice(SCOPE.length).replace(/[?#].*/, "");
  if (request.method !== "GET" || !request.url.startsWith(SCOPE) || request.cache === "reload") return;
  if (SHELL[path]) event.respondWith(findShell(path));
  else if (/(^|\/)$/.test(path)) event.respondWith(findPage(request, path));
  else if (path.startsWith("stories/")) event.respondWith(findFile(request, path));
  else if (path.startsWith("assets/")) event.respondWith(fetch(request).catch(() => caches.match(request, { ignoreSearch: true })));
  // the rest, such as the index of the search, is none of our business
};

async function findShell(path, isLazy) {
  const key = keyOf(path);
  const cache = await caches.open(CURRENT);
  const kept = await cache.match(key);
  if (kept) return kept;
  const old = await caches.match(key); // the same bytes, of an earlier version
  if (!old && isLazy) return;
  const reply = old ?? (await fetch(key, { cache: "reload" }));
  if (reply.status !== 200) throw new Error(key);
  await cache.put(key, reply.clone());
  return reply;
}

// Saved pages may still ask for the style sheets of the two versions before.
async function tidy() {
  const shells = (await caches.keys()).filter((name) => name.startsWith(`${BASE}shell:`) && name !== CURRENT);
  for (const name of shells.slice(0, -2)) await caches.delete(name);
}

// From the network, unless that takes three seconds and the page is kept.
async function findPage(request, path) {
  const kept = findKept(path);
  const live = fetch(request);
  const late = new Promise((done) => setTimeout(done, 3000)).then(() => kept).then((copy) => copy ?? live);
  late.catch(() => {});
  try {
    return await Promise.race([live, late]);
  } catch {
    const away = `${SCOPE}offline/?from=${encodeURIComponent(path)}#not-here`;
    return (await kept) ?? (request.mode === "navigate" ? Response.redirect(away) : Response.error());
  }
}

async function findFile(request, path) {
  const kept = await findKept(path);
  if (kept) return cut(kept, request.headers.get("Range"));
  return fetch(request).catch(() => (request.destination === "image" ? findShell("assets/taleshelf/waiting.svg") : Response.error()));
}

// A player asks for parts of a sound.
async function cut(reply, range) {
  const [, from, to] = /^bytes=(\d*)-(\d*)$/.exec(range) ?? [];
  if (!from && !to) return reply;
  const whole = await reply.blob();
  const { size, type } = whole;
  const first = from ? +from : Math.max(0, size - to);
  const last = from && to ? Math.min(to, size - 1) : size - 1;
  if (first > last) return new Response(null, { status: 416, headers: { "Content-Range": `bytes */${size}` } });
  return new Response(whole.slice(first, last + 1, type), {
    status: 206,
    headers: { "Accept-Ranges": "bytes", "Content-Range": `bytes ${first}-${last}/${size}`, "Content-Length": last - first + 1, "Content-Type": type },
  });
}
