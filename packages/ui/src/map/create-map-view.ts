import type { MapHandle, MapOptions, MapProblem } from "./types.ts";

/** Either the map, or why there is none on this machine. */
export type MapOutcome =
  | { readonly kind: "map"; readonly map: MapHandle }
  | { readonly kind: "problem"; readonly why: MapProblem };

/** Draws a map into `element` (which must have a size). The map's engine is a chunk of its own, loaded here. */
export async function createMapView(element: HTMLElement, options: MapOptions): Promise<MapOutcome> {
  const probe = document.createElement("canvas").getContext("webgl2");
  if (probe === null) return { kind: "problem", why: "no-webgl" };
  probe.getExtension("WEBGL_lose_context")?.loseContext();
  const { startMap } = await import("./start-map.ts");
  return { kind: "map", map: await startMap(element, options) };
}
