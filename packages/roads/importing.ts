/** A city out of a map, and the file it is kept in. */

export { importCity } from "./src/import/import-city.ts";
export type { MapSource } from "./src/import/import-city.ts";
export { importerVersion } from "./src/file/layout.ts";
export { encodeCity } from "./src/file/encode-city.ts";
