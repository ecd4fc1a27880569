import { expect, test } from "vitest";
import { apartPoint } from "./apart.ts";

test("the words of another way stand where it is farthest from the chosen one", () => {
  const chosen = [11.97, 57.7, 11.97, 57.72];
  const round = [11.97, 57.7, 11.98, 57.71, 11.97, 57.72];
  const [lon, lat] = apartPoint(round, [chosen]) ?? [0, 0];
  expect(lon).toBeGreaterThan(11.979);
  expect(lat).toBeCloseTo(57.71, 3);
});

test("they keep away from a third way as well", () => {
  const chosen = [11.97, 57.7, 11.97, 57.72];
  const east = [11.97, 57.7, 11.98, 57.705, 11.98, 57.715, 11.97, 57.72];
  const third = [11.97, 57.7, 11.981, 57.705, 11.981, 57.711, 11.97, 57.713];
  const [, lat] = apartPoint(east, [chosen, third]) ?? [0, 0];
  expect(lat).toBeGreaterThan(57.711);
});

test("a way without points has no place for words", () => {
  expect(apartPoint([], [[11.97, 57.7, 11.97, 57.72]])).toBeUndefined();
});
