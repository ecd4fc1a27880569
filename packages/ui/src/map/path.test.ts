import fc from "fast-check";
import { expect, test } from "vitest";
import { bearingTo, measurePath, metresBetween, moveBy, pointAt, slicePath, turnAlong, turnBetween } from "./path.ts";

const corner = [11.96, 57.7, 11.97, 57.7, 11.97, 57.71];

test("a path knows its length and the points along it", () => {
  const path = measurePath(corner);
  expect(path.length).toBeCloseTo(594.2 + 1_111.95, 0);
  expect(pointAt(path, -5)).toEqual([11.96, 57.7]);
  expect(pointAt(path, 1e6)).toEqual([11.97, 57.71]);
  const [lon, lat] = pointAt(path, 594.2 + 500) ?? [];
  expect(lon).toBeCloseTo(11.97, 6);
  expect(lat).toBeCloseTo(57.7045, 4);
});

test("repeated points do not make a path longer, and no points make no path", () => {
  expect(measurePath([11.96, 57.7, 11.96, 57.7, 11.97, 57.7]).along.length).toBe(2);
  expect(pointAt(measurePath([]), 3)).toBeUndefined();
  expect(slicePath(measurePath([]), 0, 9)).toEqual([]);
});

test("a slice has the length that was asked for, bends included", () => {
  const path = measurePath(corner);
  fc.assert(
    fc.property(fc.double({ min: 0, max: 1, noNaN: true }), fc.double({ min: 0, max: 1, noNaN: true }), (a, b) => {
      const from = Math.min(a, b) * path.length;
      const to = Math.max(a, b) * path.length;
      expect(Math.abs(measurePath(slicePath(path, from, to)).length - (to - from))).toBeLessThan(0.2);
    }),
  );
});

test("directions turn the short way round", () => {
  expect(turnBetween(350, 10)).toBe(20);
  expect(turnBetween(10, 350)).toBe(-20);
  expect(bearingTo(11.96, 57.7, 11.97, 57.7)).toBeCloseTo(90, 1);
});

test("a move of some metres ends as far away and in that direction", () => {
  fc.assert(
    fc.property(
      fc.double({ min: 0, max: 359, noNaN: true }),
      fc.double({ min: 1, max: 500, noNaN: true }),
      (bearing, metres) => {
        const [lon, lat] = moveBy(11.97, 57.7, bearing, metres);
        expect(metresBetween(11.97, 57.7, lon, lat)).toBeCloseTo(metres, 1);
        expect(Math.abs(turnBetween(bearing, bearingTo(11.97, 57.7, lon, lat)))).toBeLessThan(0.1);
      },
    ),
  );
});

test("a way says how far it turns between two of its points", () => {
  const square = [11.97, 57.7, 11.97, 57.701, 11.972, 57.701, 11.972, 57.702];
  const { along } = measurePath(square);
  expect(turnAlong(square, along[1] ?? 0, along[1] ?? 0)).toBeCloseTo(90, 0);
  expect(turnAlong(square, along[2] ?? 0, along[2] ?? 0)).toBeCloseTo(-90, 0);
  expect(turnAlong(square, along[1] ?? 0, along[2] ?? 0)).toBeCloseTo(0, 0);
  expect(turnAlong([], 0, 10)).toBeUndefined();
});
