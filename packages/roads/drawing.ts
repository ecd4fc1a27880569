/** The pictures of a city, drawn once. */

export { buildTiles, tileZooms } from "./src/tiles/build-tiles.ts";
export { densityCorners, drawDensity } from "./src/tiles/density.ts";
