/** A city out of a map, the file it is kept in, and what its pictures will cover. */

export { importCity, importLand } from "./src/import/import-city.ts";
export type { ImportOptions, MapSource } from "./src/import/import-city.ts";
export { encodeCity } from "./src/file/encode-city.ts";
export { densityCorners } from "./src/tiles/density.ts";
export { tileZooms } from "./src/tiles/tile-range.ts";
