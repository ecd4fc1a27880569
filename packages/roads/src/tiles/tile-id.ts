/** Tiles of all zooms below `zoom`. */
function tilesBelow(zoom: number): number {
  return (4 ** zoom - 1) / 3;
}

/**
 * Number of a tile in a PMTiles archive: all zooms one after the other, each along a Hilbert curve (PMTiles specification 3, section 4.1
 * and its reference to the Hilbert curve). Good to zoom 26.
 */
export function tileId(zoom: number, column: number, row: number): number {
  const size = 2 ** zoom;
  let x = column;
  let y = row;
  let distance = 0;
  for (let side = size / 2; side >= 1; side /= 2) {
    const right = (x & side) !== 0 ? 1 : 0;
    const down = (y & side) !== 0 ? 1 : 0;
    distance += side * side * ((3 * right) ^ down);
    if (down === 0) {
      if (right === 1) {
        x = size - 1 - x;
        y = size - 1 - y;
      }
      [x, y] = [y, x];
    }
  }
  return tilesBelow(zoom) + distance;
}
