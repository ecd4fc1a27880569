import fc from "fast-check";
import { expect, test } from "vitest";
import { defaultLand } from "../../test/default-city.ts";
import { placeAt, smallCity } from "../../test/small-map.ts";
import { displaced, normal, randomDrive, randomOf } from "../../test/synthetic-drive.ts";
import { distanceInDegrees } from "../geometry.ts";
import { createMatcher } from "./matcher.ts";
import type { Matching } from "./matching.ts";
import { pointOn } from "./road-line.ts";

test.each([
  { noise: 5, every: 1, onTheWay: 0.98, length: 0.03 },
  { noise: 10, every: 1, onTheWay: 0.95, length: 0.05 },
  { noise: 20, every: 1, onTheWay: 0.65, length: 0.2 },
  { noise: 5, every: 15, onTheWay: 0.89, length: 0.03 },
])(
  "of drives over the default city with $noise m of noise every $every s the roads and the length are found again",
  async ({ noise, every, onTheWay, length }) => {
    const city = defaultLand();
    const matcher = createMatcher(city);
    const random = randomOf(100 + noise);
    let [right, count, wrongLength, drives] = [0, 0, 0, 0];
    while (drives < 5) {
      const truth = randomDrive(city, random, { every });
      drives++;
      const route = new Set(truth.map(({ edge }) => edge));
      const trace = truth.map((moment) => ({
        ...displaced(moment, normal(random) * noise, normal(random) * noise),
        at: moment.t * 1_000,
        accuracy: noise,
      }));
      const { points, matchings } = matcher.match(trace);
      count += points.length;
      right += points.filter((point) => point !== undefined && route.has(point.edge)).length;
      const driven = matchings.reduce((sum, { distance }) => sum + distance, 0);
      wrongLength += Math.abs(driven / truth[truth.length - 1].travelled - 1);
    }
    expect(right / count).toBeGreaterThan(onTheWay);
    expect(wrongLength / drives).toBeLessThan(length);
  },
);

/** Two one-way streets 10 m apart, a cross street, and an island. */
const city = smallCity({
  nodes: {
    a: [0, 0],
    b: [100, 0],
    c: [200, 0],
    d: [300, 0],
    e: [300, 10],
    f: [0, 10],
    n: [100, 300],
    i: [0, 2_000],
    j: [400, 2_000],
  },
  ways: [
    { nodes: "a b c d", tags: { oneway: "yes" } },
    { nodes: "e f", tags: { oneway: "yes" } },
    { nodes: "b n" },
    { nodes: "i j" },
    { nodes: "d e" },
    { nodes: "f a" },
  ],
});
const matcher = createMatcher(city);
const line = (...places: readonly (readonly [number, number])[]) =>
  places.map(([east, north], i) => ({ ...placeAt(east, north), at: i * 5_000 }));
const waysOf = ({ points }: Matching) =>
  points.map((point) => (point === undefined ? undefined : city.graph.roadWay[city.graph.edgeRoad[point.edge]]));

test("positions driven against a one-way street belong to the street beside it", () => {
  expect(waysOf(matcher.match(line([290, 2], [200, 2], [100, 2], [10, 2])))).toEqual([1, 1, 1, 1]);
  expect(waysOf(matcher.match(line([10, 8], [100, 8], [200, 8], [290, 8])))).toEqual([0, 0, 0, 0]);
});

test("a heading tells two opposite streets apart where a single position cannot", () => {
  const [west, east] = [270, 90].map((heading) =>
    matcher.match([150, 155, 152].map((x) => ({ ...placeAt(x, 5), heading }))),
  );
  expect(waysOf(west)).toEqual([1, 1, 1]);
  expect(waysOf(east)).toEqual([0, 0, 0]);
});

test("what is driven between two positions runs over the corner between them", () => {
  const { matchings, points } = matcher.match(line([50, 0], [100, 100]));
  expect(matchings[0].legs).toHaveLength(1);
  expect(matchings[0].distance).toBeCloseTo(150, 0);
  expect(matchings[0].legs[0].map(({ from, to }) => Math.round(to - from))).toEqual([50, 100]);
  expect(points[1]).toMatchObject({ matching: 0, index: 1, along: expect.closeTo(100, 0) });
  expect(matchings[0].confidence).toBeGreaterThan(0.5);
});

test("a car that turns round in the road is followed", () => {
  const there = line([100, 50], [100, 150], [100, 230], [100, 120], [100, 60]);
  const { matchings, points } = matcher.match(there);
  expect(waysOf({ points, matchings })).toEqual([2, 2, 2, 2, 2]);
  expect(matchings).toHaveLength(1);
  expect(matchings[0].distance).toBeCloseTo(180 + 170, 0);
});

test("a gap of more than a minute ends a drive, unless gaps do not count", () => {
  const trace = line([10, 0], [60, 0], [150, 0], [250, 0]).map((point, i) => ({
    ...point,
    at: i < 2 ? i : 90_000 + i * 5_000,
  }));
  expect(matcher.match(trace).matchings.map(({ points }) => points)).toEqual([
    [0, 1],
    [2, 3],
  ]);
  expect(matcher.match(trace, { gaps: "ignore" }).matchings.map(({ points }) => points)).toEqual([[0, 1, 2, 3]]);
});

test("a jump to where no road leads ends a drive; one stray position does not", () => {
  const jump = line([10, 0], [100, 0], [200, 0], [50, 2_000], [150, 2_000], [250, 2_000]);
  expect(matcher.match(jump).matchings.map(({ points }) => points)).toEqual([
    [0, 1, 2],
    [3, 4, 5],
  ]);
  const stray = line([10, 0], [100, 0], [50, 2_000], [200, 0], [290, 0]);
  expect(matcher.match(stray).matchings.map(({ points }) => points)).toEqual([[0, 1, 3, 4]]);
  expect(matcher.match(stray).points[2]).toBeUndefined();
});

test("positions away from every road belong to none", () => {
  expect(matcher.match(line([1_000, 1_000], [1_100, 1_000]))).toEqual({
    points: [undefined, undefined],
    matchings: [],
  });
  expect(matcher.match([])).toEqual({ points: [], matchings: [] });
});

test("a tidy trace leaves out what says nothing new, an untidy one places every position", () => {
  const trace = [10, 14, 18, 60, 64, 120].map((x, i) => ({ ...placeAt(x, 0), at: i * 1_000 }));
  expect(matcher.match(trace, { tidy: true }).matchings[0].points).toEqual([0, 3, 5]);
  expect(matcher.match(trace).matchings[0].points).toEqual([0, 1, 2, 3, 4, 5]);
});

test("whatever the trace, every matched position lies on its edge and the legs of a drive join", async () => {
  const whole = defaultLand();
  const match = createMatcher(whole);
  const point = fc.record({
    east: fc.integer({ min: -400, max: 400 }),
    north: fc.integer({ min: -400, max: 400 }),
    wait: fc.integer({ min: 0, max: 20_000 }),
    accuracy: fc.integer({ min: 1, max: 60 }),
  });
  fc.assert(
    fc.property(fc.array(point, { maxLength: 12 }), fc.boolean(), (list, tidy) => {
      let at = 0;
      const trace = list.map(({ east, north, wait, accuracy }) => {
        at += wait;
        return { ...displaced(whole.centre, east, north), at, accuracy };
      });
      const { points, matchings } = match.match(trace, { tidy });
      for (const place of points) {
        if (place === undefined) continue;
        const { x, y } = pointOn(whole.graph, place.edge, place.along);
        expect(distanceInDegrees(x / 1e7, y / 1e7, place.lon, place.lat)).toBeLessThan(0.6);
      }
      for (const [index, { points: order, legs, confidence }] of matchings.entries()) {
        expect(legs).toHaveLength(order.length - 1);
        expect(confidence).toBeGreaterThanOrEqual(0);
        expect(confidence).toBeLessThanOrEqual(1);
        expect(order).toEqual(order.toSorted((a, b) => a - b));
        for (const [i, leg] of legs.entries()) {
          expect(points[order[i]]).toMatchObject({ matching: index, index: i, edge: leg[0].edge });
          expect(points[order[i + 1]]).toMatchObject({ edge: leg[leg.length - 1].edge });
          for (const [k, { edge, from, to }] of leg.entries()) {
            expect(to).toBeGreaterThanOrEqual(from);
            if (k > 0 && from === 0) expect(whole.graph.edgeFrom[edge]).toBe(whole.graph.edgeTo[leg[k - 1].edge]);
          }
        }
      }
    }),
    { numRuns: 40 },
  );
});
