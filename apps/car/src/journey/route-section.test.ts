import fc from "fast-check";
import { expect, test } from "vitest";

import { pointAt, sectionOf } from "./route-section.ts";
import { testWay } from "./test-way.ts";

const { route: bare } = testWay();
const route = {
  ...bare,
  speeds: Float32Array.from({ length: 10 }, (_, i) => 5 + i),
  events: [150, 500, 910].map((along) => ({ kind: "stop" as const, along, angle: 0 })),
};

test("a section begins and ends where it is told to, with what lies between", () => {
  const section = sectionOf(route, 120, 530);
  expect(Array.from(section.geometry.slice(0, 2))).toEqual([...pointAt(route, 120)]);
  expect(Array.from(section.geometry.slice(-2))).toEqual([...pointAt(route, 530)]);
  expect(Array.from(section.speeds)).toEqual([6, 7, 8, 9, 10]);
  expect(section.events.map(({ along }) => along)).toEqual([30, 380]);
  expect(section.pieces.map(({ from, to }) => [from, to])).toEqual([
    [0, 80],
    [80, 180],
    [180, 280],
    [280, 380],
    [380, 410],
  ]);
});

test("the whole route is its own section", () => {
  expect(sectionOf(route, 0, 1_000)).toBe(route);
  expect(sectionOf(route, -20, 2_000)).toBe(route);
});

test("any section has a speed for each segment, and pieces that cover it without a gap", () => {
  const metres = fc.double({ min: 0, max: 1_000, noNaN: true });
  fc.assert(
    fc.property(metres, metres, (a, b) => {
      fc.pre(Math.abs(a - b) > 1);
      const section = sectionOf(route, Math.min(a, b), Math.max(a, b));
      expect(section.speeds).toHaveLength(section.geometry.length / 2 - 1);
      expect(section.pieces[0]?.first).toBe(0);
      expect(section.pieces.at(-1)?.last).toBe(section.geometry.length / 2 - 1);
      section.pieces.slice(1).forEach((piece, i) => expect(piece.first).toBe(section.pieces[i]?.last));
    }),
  );
});
