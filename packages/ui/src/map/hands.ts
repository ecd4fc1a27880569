/**
 * Tells when a hand is on the map and when it moves it by wheel or keys. Setting the camera ends the gesture that is on its way, so whoever
 * follows a car must hold the camera between `held` and `released`. Returns what undoes it.
 */
export function watchHands(
  canvas: HTMLElement,
  tell: { readonly held: () => void; readonly released: () => void; readonly moved: () => void },
): () => void {
  const stop = new AbortController();
  const { signal } = stop;
  canvas.addEventListener("pointerdown", () => tell.held(), { signal });
  window.addEventListener("pointerup", () => tell.released(), { signal });
  window.addEventListener("pointercancel", () => tell.released(), { signal });
  canvas.addEventListener("wheel", () => tell.moved(), { signal, passive: true });
  canvas.addEventListener(
    "keydown",
    (event) => {
      if (/^(Arrow.*|[-+=_])$/.test(event.key)) tell.moved();
    },
    { signal },
  );
  return () => stop.abort();
}
