import { expect, test } from "vitest";
import { nearest, placeAt, pointsOf, trackOf } from "./track.ts";

test("latitude and longitude that were thinned apart come together again", () => {
  const points = pointsOf({
    lat: { at: [0, 10_000], values: [57.7, 57.71] },
    lon: { at: [5_000], values: [11.97] },
    speed: { at: [0, 10_000], values: [0, 40] },
  });
  expect(points.map(({ at, lat, lon, speed }) => [at, lat.toFixed(3), lon, speed])).toEqual([
    [0, "57.700", 11.97, 0],
    [5_000, "57.705", 11.97, 20],
    [10_000, "57.710", 11.97, 40],
  ]);
});

test("a car that tells no place has no way, whatever its speed", () => {
  const speed = { at: [0], values: [30] };
  expect(pointsOf({ lat: { at: [], values: [] }, lon: { at: [], values: [] }, speed })).toEqual([]);
});

const point = (at: number, speed: number) => ({ at: at * 1_000, lat: 57.7 + at / 10_000, lon: 11.97, speed });

test("the way changes its colour with the speed and goes on where the last stretch ends", () => {
  const { stretches } = trackOf([point(0, 20), point(1, 25), point(2, 60), point(3, 62)]);
  expect(stretches.map(({ tone }) => tone)).toEqual([1, 3]);
  expect(stretches[1]?.line.slice(0, 2)).toEqual(stretches[0]?.line.slice(-2));
});

test("nothing is drawn through a silence", () => {
  const { stretches } = trackOf([point(0, 20), point(1, 20), point(500, 20), point(501, 20)]);
  expect(stretches.map(({ line }) => line.length)).toEqual([4, 4]);
});

test("the moment under the hand is that of the nearest place, and none far from the way", () => {
  const points = [point(0, 20), point(10, 20)];
  expect(nearest(points, 57.70095, 11.97, 50)?.at).toBe(10_000);
  expect(nearest(points, 57.8, 11.97, 50)).toBeUndefined();
  expect(placeAt(points, 9_999)?.at).toBe(0);
});
