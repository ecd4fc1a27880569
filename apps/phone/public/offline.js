// Keeps the phone's own files, so that the app opens with no network. Data of the car is never kept here.
const shelf = "caravan-phone-1";
const bound = 80;

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
  const url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== self.location.origin || !url.pathname.startsWith("/phone/")) return;
  event.respondWith(url.pathname.startsWith("/phone/assets/") ? fromShelf(request) : fromNetwork(request));
});

// Names under assets/ change with their content.
async function fromShelf(request) {
  const kept = await caches.match(request);
  return kept ?? fromNetwork(request);
}

async function fromNetwork(request) {
  try {
    const answer = await fetch(request);
    if (answer.ok) await keep(request, answer.clone());
    return answer;
  } catch (failure) {
    const kept =
      (await caches.match(request)) ?? (request.mode === "navigate" ? await caches.match("/phone/") : undefined);
    if (kept) return kept;
    throw failure;
  }
}

async function keep(request, answer) {
  const cache = await caches.open(shelf);
  await cache.put(request, answer);
  const keys = await cache.keys();
  for (const old of keys.slice(0, Math.max(0, keys.length - bound))) await cache.delete(old);
}
