// The build puts VERSION and SHELL in front.
const SCOPE = registration.scope;
const BASE = `taleshelf:${new URL(SCOPE).pathname}:`;
const SHELLS = `${BASE}shell:`;
const STORED = /\/\d{4}\/\d{4}-\d\d-\d\d(-x-[0-9a-f]{8})?-[0-9a-f]{12}\.\w+$/;
const CURRENT = SHELLS + VERSION;
const findKept = (path) => caches.match(SCOPE + path, { cacheName: `${BASE}story:${path.replace(/[^/]*$/, "")}` });

oninstall = (event) => event.waitUntil(Promise.all(Object.keys(SHELL).map((path) => findShell(path, /opendyslexic/.test(path)))));
onactivate = (event) => event.waitUntil(Promise.all([clients.claim(), tidy()]));
onmessage = () => skipWaiting();

onfetch = (event) => {
  const { request } = event;
  if (request.method !== "GET" || request.cache === "reload") return;
  if (STORED.test(request.url)) return event.respondWith(findStored(request));
  if (!request.url.startsWith(SCOPE)) return;
  const path = request.url.slice(SCOPE.length).replace(/[?#].*/, "");
  if (SHELL[path]) event.respondWith(findShell(path));
  else if (/(^|\/)$/.test(path)) event.respondWith(findPage(request, path));
  else if (path.startsWith("stories/")) event.respondWith(findFile(request, path));
  else if (path.startsWith("assets/")) event.respondWith(fetch(request).catch(() => caches.match(request, { ignoreSearch: true })));
};

// Large ones are kept when used.
async function findShell(path, isLarge) {
  const key = `${SCOPE}${path}?${SHELL[path]}`;
  const cache = await caches.open(CURRENT);
  const kept = await cache.match(key);
  if (kept) return kept;
  const old = await caches.match(key); // the version before had the same
  if (!old && isLarge) return;
  const reply = old ?? (await fetch(key, { cache: "reload" }));
  if (reply.status !== 200) throw reply;
  await cache.put(key, reply.clone());
  return reply;
}

// Old saved pages ask for old style sheets.
async function tidy() {
  const shells = (await caches.keys()).filter((name) => name.startsWith(SHELLS) && name !== CURRENT);
  for (const name of shells.slice(0, -2)) await caches.delete(name);
}

// Live, or kept after three seconds.
async function findPage(request, path) {
  const kept = findKept(path);
  const live = fetch(request);
  const late = new Promise((done) => setTimeout(done, 3000)).then(async () => (await kept) ?? live);
  late.catch(() => {});
  try {
    return await Promise.race([live, late]);
  } catch {
    return (await kept) ?? (request.mode === "navigate" ? Response.redirect(`${SCOPE}offline/?from=${path}`) : Response.error());
  }
}

async function findFile(request, path) {
  const kept = await findKept(path);
  if (kept) return cut(kept, request.headers.get("Range"));
  return fetch(request).catch(() => (request.destination === "image" ? findShell("assets/taleshelf/waiting.svg") : Response.error()));
}

// What is in the store never changes.
async function findStored(request) {
  const kept = await caches.match(request.url);
  return kept ? cut(kept, request.headers.get("Range")) : fetch(request);
}

// A part of a sound.
async function cut(reply, range) {
  const [, from, to] = /^bytes=(\d*)-(\d*)$/.exec(range) ?? [];
  if (!from && !to) return reply;
  const whole = await reply.blob();
  const { size, type } = whole;
  const first = from ? +from : Math.max(0, size - to);
  const last = from && to ? Math.min(to, size - 1) : size - 1;
  const [status, where] = first > last ? [416, "*"] : [206, `${first}-${last}`];
  const headers = { "Content-Range": `bytes ${where}/${size}`, "Content-Type": type };
  return new Response(whole.slice(first, last + 1, type), { status, headers });
}
