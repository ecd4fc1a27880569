import { assert, integer, property, record } from "fast-check";
import { expect, test } from "vitest";
import { dubins, sampleDubins } from "./dubins.ts";

const pose = record({
  x: integer({ min: -50, max: 50 }),
  y: integer({ min: -50, max: 50 }),
  heading: integer({ min: -31, max: 31 }).map((tenths) => tenths / 10),
});

test("a way between two poses always exists, ends where it should and is never shorter than the crow flies", () => {
  assert(
    property(pose, pose, (from, to) => {
      const path = dubins(from, to, 6);
      expect(path).toBeDefined();
      if (path === undefined) return;
      expect(path.length).toBeGreaterThanOrEqual(Math.hypot(to.x - from.x, to.y - from.y) - 1e-6);
      const points = sampleDubins(from, path, 6, 0.5);
      expect(points[points.length - 2]).toBeCloseTo(to.x, 4);
      expect(points[points.length - 1]).toBeCloseTo(to.y, 4);
    }),
  );
});

test("straight ahead is straight", () => {
  const path = dubins({ x: 0, y: 0, heading: 0 }, { x: 30, y: 0, heading: 0 }, 6);
  expect(path?.length).toBeCloseTo(30, 9);
});

test("turning round on the spot needs the teardrop of three turns", () => {
  const path = dubins({ x: 0, y: 0, heading: 0 }, { x: 0, y: 0, heading: Math.PI }, 6);
  expect(path?.pieces.map((piece) => piece.turn)).toEqual([1, -1, 1]);
  expect(path?.length).toBeCloseTo((6 * 7 * Math.PI) / 3, 6);
});

test("a mirrored task has a mirrored way of the same length", () => {
  assert(
    property(pose, pose, (from, to) => {
      const mirror = ({ x, y, heading }: typeof from) => ({ x, y: -y, heading: -heading });
      expect(dubins(mirror(from), mirror(to), 6)?.length).toBeCloseTo(dubins(from, to, 6)?.length ?? 0, 6);
    }),
  );
});
