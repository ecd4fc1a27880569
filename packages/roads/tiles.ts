/** The drawn map, tile by tile. */

export { openTiles } from "./src/tiles/tile-archive.ts";
export type { TileArchive } from "./src/tiles/tile-archive.ts";
