import type { MapInsets } from "./types.ts";

/**
 * The engine's centre is the middle of what its padding leaves free: padding the upper third of `height` puts a driving car at two thirds of what
 * is not covered. CSS pixels.
 */
export function carPadding(insets: MapInsets, height: number, isDriving: boolean): MapInsets {
  const free = Math.max(0, height - insets.top - insets.bottom);
  return { ...insets, top: insets.top + (isDriving ? free / 3 : 0) };
}

/** How something is shown whole: flat, north up, with a margin to what covers the map; `size` is that of the signs, 1 in the cockpit. */
export function wholeView(insets: MapInsets, size: number) {
  const margin = 56 * size;
  return {
    padding: {
      top: insets.top + margin,
      right: insets.right + margin,
      bottom: insets.bottom + margin,
      left: insets.left + margin,
    },
    pitch: 0,
    bearing: 0,
    maxZoom: 16,
    duration: 700,
  } as const;
}
