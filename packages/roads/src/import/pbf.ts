import { MapError } from "../map-error.ts";
import type { MapData } from "./map-data.ts";
import type { Inflate } from "./pbf-blobs.ts";

export function readPbf(_bytes: Uint8Array, _inflate: Inflate, _onProgress: (fraction: number) => void): MapData {
  throw new MapError("unsupported", "This map cannot be read yet.");
}
