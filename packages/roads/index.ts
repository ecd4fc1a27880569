/** The city, opened in a blink. Further doors: importing, ordering, drawing, routing, guidance, matching, traffic, charging, places and tiles. */

export { MapError, mapErrorCodes } from "./src/map-error.ts";
export type { MapErrorCode } from "./src/map-error.ts";
export type { Bounds, City, ImportedCity, Land, LatLon, NamedPlace, RoadClass } from "./src/city.ts";
export { openCity } from "./src/file/open-city.ts";
export { importerVersion } from "./src/file/layout.ts";
export { classOf, hasFlag, isForward, lanesOfEdge, legalSpeedOf, wayOfEdge } from "./src/graph/edge-facts.ts";
export { headingArriving, headingLeaving } from "./src/graph/headings.ts";
