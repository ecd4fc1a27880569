/** One straight piece of a line: from, to. */
export type Piece = readonly [ax: number, ay: number, bx: number, by: number];

/**
 * Cuts a line (x, y, x, y, ..., metres) into straight pieces; with `dash`, only every other `dash` metres along the line remain,
 * beginning with a painted one.
 */
export function dashes(line: readonly number[], dash: number | undefined): Piece[] {
  const pieces: Piece[] = [];
  let along = 0;
  for (let i = 2; i + 1 < line.length; i += 2) {
    const ax = line[i - 2] ?? 0;
    const ay = line[i - 1] ?? 0;
    const bx = line[i] ?? 0;
    const by = line[i + 1] ?? 0;
    const length = Math.hypot(bx - ax, by - ay);
    if (length < 1e-6) continue;
    if (dash === undefined) pieces.push([ax, ay, bx, by]);
    else {
      const period = 2 * dash;
      for (let start = Math.floor(along / period) * period; start < along + length; start += period) {
        const from = Math.max(0, start - along) / length;
        const to = Math.min(length, start + dash - along) / length;
        if (to <= from) continue;
        pieces.push([ax + (bx - ax) * from, ay + (by - ay) * from, ax + (bx - ax) * to, ay + (by - ay) * to]);
      }
    }
    along += length;
  }
  return pieces;
}

/** The four corners of a piece painted `width` metres wide. */
export function ribbon([ax, ay, bx, by]: Piece, width: number): readonly number[] {
  const length = Math.max(Math.hypot(bx - ax, by - ay), 1e-6);
  const x = ((ay - by) / length) * (width / 2);
  const y = ((bx - ax) / length) * (width / 2);
  return [ax + x, ay + y, bx + x, by + y, bx - x, by - y, ax - x, ay - y];
}
