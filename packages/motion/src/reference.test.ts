import { expect, test } from "vitest";
import { referencePath } from "./reference.ts";

/** A road of two 60 m streets that meet at a corner where the way turns by so many degrees to the right. */
function corner(degrees: number) {
  const turn = (-degrees * Math.PI) / 180;
  const points = [-60, 0, 0, 0, 60 * Math.cos(turn), 60 * Math.sin(turn)];
  return {
    points: Float64Array.from(points),
    limit: new Float64Array(2).fill(13.9),
    offset: new Float64Array(2).fill(1.5),
  };
}

/** The greatest distance between a path along the corner's road and the road. */
function farthest(degrees: number): number {
  const road = corner(degrees);
  const path = referencePath(road, { minimumRadius: 5.8 });
  if (path === undefined) throw new Error("no path");
  const [ax = 0, ay = 0, bx = 0, by = 0, cx = 0, cy = 0] = road.points;
  const away = (x: number, y: number, x0: number, y0: number, x1: number, y1: number): number => {
    const [dx, dy] = [x1 - x0, y1 - y0];
    const t = Math.min(1, Math.max(0, ((x - x0) * dx + (y - y0) * dy) / (dx * dx + dy * dy)));
    return Math.hypot(x - x0 - t * dx, y - y0 - t * dy);
  };
  return Math.max(
    ...Array.from(path.x, (x, i) => {
      const y = path.y[i] ?? 0;
      return Math.min(away(x, y, ax, ay, bx, by), away(x, y, bx, by, cx, cy));
    }),
  );
}

test.each([45, 90, 110, 130])(
  "at a corner of %i degrees the car keeps to the streets instead of cutting the block",
  (degrees) => {
    expect(farthest(degrees)).toBeLessThan(6);
  },
);

test("turning round takes the width of the turning circle and no more", () => {
  expect(farthest(179)).toBeLessThan(12);
});
