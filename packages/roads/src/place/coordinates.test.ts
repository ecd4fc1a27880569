import fc from "fast-check";
import { expect, test } from "vitest";
import { pointIn } from "./coordinates.ts";

test.each<[string, number, number]>([
  ["57.70, 11.97", 57.7, 11.97],
  ["57.70 11.97", 57.7, 11.97],
  ["31.2304，121.4737", 31.2304, 121.4737],
  ["-33.86;151.21", -33.86, 151.21],
  ["geo:57.7,11.97", 57.7, 11.97],
  ["57.7°, 11.97°", 57.7, 11.97],
  ["57°42'0\"N 11°58'12\"E", 57.7, 11.97],
  ["N 57 42 E 11 58.2", 57.7, 11.97],
  ["11.97 E, 57.7 N", 57.7, 11.97],
  ["33.86S 151.21E", -33.86, 151.21],
])("%s is a point", (text, lat, lon) => {
  expect(pointIn(text)?.lat).toBeCloseTo(lat, 6);
  expect(pointIn(text)?.lon).toBeCloseTo(lon, 6);
});

test.each(["", "E 6", "N", "Storgatan 12", "97.7, 11.9", "57.7", "1 2 3", "45 N 46 N", "200E 10N"])(
  "%s is no point",
  (text) => {
    expect(pointIn(text)).toBeUndefined();
  },
);

test("any text is read without harm, and a point that comes out lies on the Earth", () => {
  fc.assert(
    fc.property(fc.string({ maxLength: 60 }), (text) => {
      const point = pointIn(text);
      return point === undefined || (Math.abs(point.lat) <= 90 && Math.abs(point.lon) <= 180);
    }),
  );
});
