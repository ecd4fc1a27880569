import type { City, LatLon } from "../city.ts";
import type { RouteOutcome } from "./route.ts";

/** One router serves one caller at a time and reuses its memory from question to question. */
export interface Router {
  /** The quickest legal way; `heading` (degrees) is that of a car which cannot turn on the spot. */
  route(from: LatLon & { readonly heading?: number }, to: LatLon): RouteOutcome;
}

/** A router over the roads of a city. */
export function createRouter(_city: City): Router {
  return { route: () => ({ kind: "no-route" }) };
}
