import type { Bounds } from "../city.ts";

/** lon, lat */
export type Position = readonly [number, number];

/** The part of a segment inside a box as shares of it (Liang and Barsky, 1984), undefined if there is none. */
function clipSegment([x1, y1]: Position, [x2, y2]: Position, box: Bounds): readonly [number, number] | undefined {
  let enter = 0;
  let leave = 1;
  const dx = x2 - x1;
  const dy = y2 - y1;
  for (const [step, room] of [
    [-dx, x1 - box[0]],
    [dx, box[2] - x1],
    [-dy, y1 - box[1]],
    [dy, box[3] - y1],
  ]) {
    if (step === 0) {
      if (room < 0) return undefined;
      continue;
    }
    const share = room / step;
    if (step < 0) enter = Math.max(enter, share);
    else leave = Math.min(leave, share);
  }
  return enter < leave ? [enter, leave] : undefined;
}

/** The pieces of a line inside a box, in its direction. */
export function clipLine(line: readonly Position[], box: Bounds): readonly (readonly Position[])[] {
  const pieces: Position[][] = [];
  let open: Position[] | undefined;
  for (let i = 1; i < line.length; i++) {
    const from = line[i - 1];
    const to = line[i];
    const part = clipSegment(from, to, box);
    if (part === undefined) {
      open = undefined;
      continue;
    }
    const at = (share: number): Position =>
      share === 0
        ? from
        : share === 1
          ? to
          : [from[0] + share * (to[0] - from[0]), from[1] + share * (to[1] - from[1])];
    if (open === undefined || part[0] > 0) {
      open = [at(part[0])];
      pieces.push(open);
    }
    open.push(at(part[1]));
    if (part[1] < 1) open = undefined;
  }
  return pieces;
}
