import { expect, test } from "vitest";
import { mayWarnOfCameras } from "./camera-law.ts";

test.each([
  ["Gothenburg", 57.7, 11.97, true],
  ["Shanghai", 31.23, 121.47, true],
  ["Porto", 41.15, -8.62, true],
  ["London", 51.5, -0.12, true],
  ["Prague", 50.08, 14.43, true],
  ["Bilbao", 43.26, -2.93, true],
  ["Berlin", 52.52, 13.4, false],
  ["Munich", 48.14, 11.58, false],
  ["Hamburg", 53.55, 10, false],
  ["Paris", 48.86, 2.35, false],
  ["Lyon", 45.76, 4.84, false],
  ["Zurich", 47.38, 8.54, false],
  ["Monaco", 43.73, 7.42, false],
])("in %s cameras may be told: %s, %s -> %s", (_, lat, lon, may) => {
  expect(mayWarnOfCameras({ lat, lon })).toBe(may);
});
