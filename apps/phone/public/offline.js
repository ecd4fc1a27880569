// Keeps the phone's own files, so that the app opens with no network. Data of the car is never kept here.
const shelf = "caravan-phone-2";
const bound = 80;
// A network that swallows everything must not keep a page from opening that lies here.
const patienceMs = 4_000;

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => {
  event.waitUntil(
    (async () => {
      for (const name of await caches.keys()) if (name !== shelf) await caches.delete(name);
      await self.clients.claim();
    })(),
  );
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  if (request.method !== "GET" || !isOurs(request.url)) return;
  event.respondWith(isAsset(request.url) ? fromShelf(request) : fromNetwork(request));
});

// The page loads before this worker does, so it tells what it has loaded.
self.addEventListener("message", (event) => {
  const urls = event.data?.keep;
  if (Array.isArray(urls)) event.waitUntil(keepAll([...new Set(urls)].filter(isOurs).slice(0, bound)));
});

function isOurs(address) {
  const url = new URL(address);
  return url.origin === self.location.origin && url.pathname.startsWith("/phone/");
}

// Names under assets/ change with their content.
function isAsset(address) {
  return new URL(address).pathname.startsWith("/phone/assets/");
}

async function fromShelf(request) {
  return (await caches.match(request)) ?? fromNetwork(request);
}

async function fromNetwork(request) {
  try {
    const answer = await fetch(request, { signal: AbortSignal.timeout(patienceMs) });
    if (answer.ok) await keep(request, answer.clone());
    return answer;
  } catch (failure) {
    const kept =
      (await caches.match(request)) ?? (request.mode === "navigate" ? await caches.match("/phone/") : undefined);
    if (kept) return kept;
    throw failure;
  }
}

async function keepAll(urls) {
  for (const url of urls) {
    if (isAsset(url) && (await caches.match(url))) continue;
    const answer = await fetch(url).catch(() => undefined);
    if (answer?.ok) await keep(url, answer);
  }
}

async function keep(request, answer) {
  const cache = await caches.open(shelf);
  await cache.put(request, answer);
  const keys = await cache.keys();
  for (const old of keys.slice(0, Math.max(0, keys.length - bound))) await cache.delete(old);
}
