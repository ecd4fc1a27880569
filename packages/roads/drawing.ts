/** The pictures of a city, drawn once. */

export { buildTiles } from "./src/tiles/build-tiles.ts";
export { drawDensity } from "./src/tiles/density.ts";
