import fc from "fast-check";
import { expect, test } from "vitest";
import { pointAt } from "../../test/drive-along.ts";
import { placeAt } from "../../test/small-map.ts";
import { distanceInDegrees } from "../geometry.ts";
import { placeOnRoute } from "./place-on-route.ts";
import type { RouteLine } from "./place-on-route.ts";

function lineOver(...points: readonly (readonly [east: number, north: number])[]): RouteLine {
  const places = points.map(([east, north]) => placeAt(east, north));
  const along = [0];
  for (let i = 1; i < places.length; i++) {
    const [a, b] = [places[i - 1], places[i]];
    along.push(along[i - 1] + distanceInDegrees(a.lon, a.lat, b.lon, b.lat));
  }
  return { geometry: Float64Array.from(places.flatMap(({ lat, lon }) => [lon, lat])), along: Float64Array.from(along) };
}

const thereAndBack = lineOver([0, 0], [200, 0], [200, 10], [0, 10]);
const fix = (east: number, north: number, heading?: number) => ({
  ...placeAt(east, north),
  heading,
  speed: 10,
  accuracy: 5,
  at: 2_000,
});

test("of two stretches side by side the one is meant whose way the car heads", () => {
  expect(placeOnRoute(thereAndBack, fix(100, 6, 90)).along).toBeCloseTo(100, 0);
  expect(placeOnRoute(thereAndBack, fix(100, 4, 270)).along).toBeCloseTo(310, 0);
});

test("a street that is driven twice is driven in order", () => {
  const twice = lineOver([0, 0], [400, 0], [400, 300], [0, 300], [0, 0], [400, 0]);
  const at = (along: number) => placeOnRoute(twice, fix(100, 0, 90), { along, at: 1_000 }).along;
  expect(at(80)).toBeCloseTo(100, 0);
  expect(at(1_480)).toBeCloseTo(1_500, 0);
});

test("amid a turn any heading between the two roads is the route's own", () => {
  const turn = lineOver([0, 0], [100, 0], [100, 100]);
  for (const heading of [90, 70, 45, 20, 0]) {
    expect(placeOnRoute(turn, fix(98, 2, heading)).headingDifference).toBeCloseTo(0, 2);
  }
  expect(Math.abs(placeOnRoute(turn, fix(98, 2, 180)).headingDifference ?? 0)).toBeGreaterThan(1.5);
});

test("right of the route is positive, and a car that stands has no heading", () => {
  expect(placeOnRoute(thereAndBack, fix(100, -8, 90)).lateral).toBeCloseTo(8, 0);
  expect(placeOnRoute(thereAndBack, { ...fix(100, 2, 90), speed: 0 }).headingDifference).toBeUndefined();
});

test("a car on the line of any route is found where it is", () => {
  const corner = fc.tuple(fc.integer({ min: -2_000, max: 2_000 }), fc.integer({ min: -2_000, max: 2_000 }));
  fc.assert(
    fc.property(
      fc.array(corner, { minLength: 2, maxLength: 12 }),
      fc.double({ min: 0, max: 1, noNaN: true }),
      (corners, share) => {
        const line = lineOver(...corners);
        const length = line.along[line.along.length - 1];
        fc.pre(length > 10);
        const { lat, lon, heading } = pointAt(line, share * length);
        const found = placeOnRoute(
          line,
          { lat, lon, heading, speed: 10, accuracy: 5, at: 1_000 },
          { along: share * length, at: 0 },
        );
        const there = pointAt(line, found.along);
        expect(distanceInDegrees(lon, lat, there.lon, there.lat)).toBeLessThan(1);
      },
    ),
    { numRuns: 200 },
  );
});

test("a car that cuts a corner where the route all but turns back heads the way of its route", () => {
  // 100 m north, then back south-east and south.
  const corner = lineOver([0, 0], [0, 100], [16, 94], [22, 60], [22, 0]);
  const cutting = { ...fix(4, 78, 60), speed: 3.6, at: 10_000 };
  const { headingDifference } = placeOnRoute(corner, cutting, { along: 76, at: 9_000 });
  expect(headingDifference).toBe(0);
});
