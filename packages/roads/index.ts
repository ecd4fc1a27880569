/** The city: read from a map, kept in one file, opened in a blink. Further doors: routing, guidance, matching, traffic, charging, places and tiles. */

export { MapError, mapErrorCodes } from "./src/map-error.ts";
export type { MapErrorCode } from "./src/map-error.ts";
export type { Bounds, City, ImportedCity, LatLon, NamedPlace, RoadClass } from "./src/city.ts";
export { importCity } from "./src/import/import-city.ts";
export type { MapSource } from "./src/import/import-city.ts";
export { importerVersion } from "./src/file/layout.ts";
export { encodeCity } from "./src/file/encode-city.ts";
export { openCity } from "./src/file/open-city.ts";
export { classOf, hasFlag, isForward, lanesOfEdge, legalSpeedOf, wayOfEdge } from "./src/graph/edge-facts.ts";
export { headingArriving, headingLeaving } from "./src/graph/headings.ts";
