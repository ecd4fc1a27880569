import type { MapHandle, MapOptions } from "./types.ts";

/** Builds the living map. */
export function startMap(element: HTMLElement, options: MapOptions): MapHandle {
  throw new Error(`no map in ${element.tagName} for ${options.mode}`);
}
