/** The map as pictures are drawn from it. */

export { buildTiles, tileZooms } from "./src/tiles/build-tiles.ts";
export { openTiles } from "./src/tiles/tile-archive.ts";
export type { TileArchive } from "./src/tiles/tile-archive.ts";
export { densityCorners, drawDensity } from "./src/tiles/density.ts";
