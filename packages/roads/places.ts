/** Finding places, and the roads near a position. */

export { nearestEdge } from "./src/place/nearest-edge.ts";
export type { Snap } from "./src/place/nearest-edge.ts";
export { createSearch } from "./src/place/search.ts";
export type { Search, SearchHit } from "./src/place/search.ts";
export { placeCategories, readCategory } from "./src/place/categories.ts";
export type { PlaceCategory } from "./src/place/categories.ts";
export { roadsNear } from "./src/place/roads-near.ts";
export type { NearRoad } from "./src/place/roads-near.ts";
