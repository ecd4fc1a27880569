import { expect, test } from "vitest";
import { measurePath } from "./path.ts";
import { mercator, meshOf, piecePitch, translated } from "./route-mesh.ts";
import { routeWidth } from "./route-layer.ts";

test("the pieces of a route join end to end, over its whole length", () => {
  const path = measurePath([11.96, 57.7, 11.97, 57.7, 11.97, 57.71, 11.98, 57.72]);
  const mesh = meshOf(path);
  expect(mesh.count).toBe(3);
  for (let piece = 1; piece < mesh.count; piece += 1) {
    const before = mesh.pieces.subarray((piece - 1) * piecePitch, piece * piecePitch);
    const here = mesh.pieces.subarray(piece * piecePitch, (piece + 1) * piecePitch);
    expect([here[0], here[1]]).toEqual([before[2], before[3]]);
    expect(here[4]).toBeCloseTo((before[4] ?? 0) + (before[5] ?? 0), 2);
  }
  const last = mesh.pieces.subarray(2 * piecePitch);
  expect((last[4] ?? 0) + (last[5] ?? 0)).toBeCloseTo(path.length, 1);
});

test("a route is cut where its traffic changes, and each piece has the traffic of its stretch", () => {
  const path = measurePath([11.96, 57.7, 11.97, 57.7, 11.97, 57.71]);
  const traffic = [
    { from: 0, to: 100, level: "free" },
    { from: 100, to: 250, level: "slow" },
    { from: 400, to: 900, level: "queue" },
    { from: 1_500, to: 9_000, level: "closed" },
  ] as const;
  const mesh = meshOf(path, traffic);
  const pieces = Array.from({ length: mesh.count }, (_, index) => {
    const piece = mesh.pieces.subarray(index * piecePitch, (index + 1) * piecePitch);
    return { from: Math.round(piece[4] ?? 0), level: piece[6] };
  });
  const corner = Math.round(path.along[1] ?? 0);
  expect(pieces).toEqual([
    { from: 0, level: 0 },
    { from: 100, level: 1 },
    { from: 250, level: 0 },
    { from: 400, level: 2 },
    { from: corner, level: 2 },
    { from: 900, level: 0 },
    { from: 1_500, level: 3 },
  ]);
  const metres = mesh.pieces.reduce((sum, value, at) => sum + (at % piecePitch === 5 ? value : 0), 0);
  expect(metres).toBeCloseTo(path.length, 1);
});

test("a route of one point has nothing to draw", () => {
  expect(meshOf(measurePath([11.96, 57.7])).count).toBe(0);
});

test("mercator has its middle at the equator and Greenwich", () => {
  expect(mercator(0, 0)).toEqual([0.5, 0.5]);
  expect(mercator(-180, 85.051_128_78)[0]).toBe(0);
  expect(mercator(0, 85.051_128_78)[1]).toBeCloseTo(0, 8);
});

test("a moved matrix puts the origin where the move says", () => {
  const identity = [1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1];
  expect([...translated(identity, 3, 4, new Float32Array(16))].slice(12)).toEqual([3, 4, 0, 1]);
});

test("the route is 7 pixels wide at zoom 12, 14 at 16 and 22 at 18, without steps between", () => {
  expect(routeWidth(12)).toBe(7);
  expect(routeWidth(16)).toBeCloseTo(14, 6);
  expect(routeWidth(18)).toBeCloseTo(22, 6);
  for (let zoom = 8; zoom < 19; zoom += 0.1) {
    expect(routeWidth(zoom + 0.1) - routeWidth(zoom)).toBeGreaterThanOrEqual(0);
    expect(routeWidth(zoom + 0.1) - routeWidth(zoom)).toBeLessThan(1);
  }
});
