import type { MapInsets } from "./types.ts";

/**
 * The engine's centre is the middle of what its padding leaves free: padding the upper third of `height` puts a driving car at two thirds of what
 * is not covered. CSS pixels.
 */
export function carPadding(insets: MapInsets, height: number, isDriving: boolean): MapInsets {
  const free = Math.max(0, height - insets.top - insets.bottom);
  return { ...insets, top: insets.top + (isDriving ? free / 3 : 0) };
}

/** The same margin more on every side. */
export function withMargin(insets: MapInsets, margin: number): MapInsets {
  return {
    top: insets.top + margin,
    right: insets.right + margin,
    bottom: insets.bottom + margin,
    left: insets.left + margin,
  };
}
