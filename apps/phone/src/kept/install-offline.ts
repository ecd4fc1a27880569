/** Lets the app open with no network from its first visit on: whatever this page has loaded by now is kept by the service worker, where the browser has one. */
export async function installOffline(): Promise<void> {
  if (!("serviceWorker" in navigator)) return;
  await navigator.serviceWorker.register("/phone/offline.js", { scope: "/phone/" });
  const { active } = await navigator.serviceWorker.ready;
  const loaded = performance.getEntriesByType("resource").map((entry) => entry.name);
  active?.postMessage({ keep: [location.origin + "/phone/", ...loaded] }, []);
}
