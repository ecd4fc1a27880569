import { expect, test } from "vitest";

import { readSettings } from "./settings.ts";

const good = { first: 1, count: 1, host: "localhost", port: 8090, data: "/d", map: "/m", seed: 1, version: "1" };

test("settings that fit are taken as they are", () => {
  expect(readSettings(JSON.stringify(good))).toEqual({ kind: "settings", settings: good });
});

test("whoever starts the car computer by hand is told how it is started", () => {
  expect(readSettings(undefined)).toMatchObject({ kind: "failed", why: expect.stringContaining("npm start") });
});

test("the setting that is wrong is named", () => {
  expect(readSettings(JSON.stringify({ ...good, port: 0 }))).toMatchObject({
    kind: "failed",
    why: expect.stringContaining("/port"),
  });
  expect(readSettings("{")).toMatchObject({ kind: "failed", why: "CARAVAN_CAR is not JSON." });
});
