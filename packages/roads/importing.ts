/** A city out of a map, and the file it is kept in. */

export { importCity, importLand } from "./src/import/import-city.ts";
export type { ImportOptions, MapSource } from "./src/import/import-city.ts";
export { importerVersion } from "./src/file/layout.ts";
export { encodeCity } from "./src/file/encode-city.ts";
