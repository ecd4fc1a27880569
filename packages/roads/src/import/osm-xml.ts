import { MapError } from "../map-error.ts";
import type { MapData } from "./map-data.ts";

export function readOsmXml(_text: string): MapData {
  throw new MapError("unsupported", "This map cannot be read yet.");
}
