import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { chinese, english, pointAt, TestDrive } from "../../test/drive-along.ts";
import { importCity } from "../import/import-city.ts";
import { createRouter } from "../route/router.ts";
import { bannersOf } from "./banners.ts";

const data = process.env["CARAVAN_TESTDATA"];

test.skipIf(data === undefined)(
  "across central Shanghai a driver hears whole Chinese sentences, and English ones about the same turns",
  async () => {
    const text = readFileSync(join(data ?? "", "maps", "shanghai-centre.osm"), "utf8");
    const city = await importCity({ kind: "osm-xml", text }, { name: "Shanghai" });
    const [west, south, east, north] = city.bounds;
    const at = (x: number, y: number) => ({ lon: west + x * (east - west), lat: south + y * (north - south) });
    const route = createRouter(city).route(at(0.2, 0.25), at(0.8, 0.75));
    if (route.kind !== "route") throw new Error(route.kind);

    const drives = [chinese, english].map((settings) => {
      const drive = new TestDrive(settings);
      drive.set(route);
      drive.drive(0, route.distance - 3, { speed: 11, seconds: 0.5 });
      drive.fix(pointAt(route, route.distance), { speed: 0 });
      return drive;
    });
    const [inChinese, inEnglish] = drives;
    expect(inChinese.texts().length).toBeGreaterThan(8);
    for (const sentence of inChinese.texts()) {
      expect(sentence).toMatch(/^[\p{sc=Han}\p{Nd}，、（）：]+$/u);
      expect(sentence).not.toMatch(/undefined|，，|，$/);
    }
    for (const sentence of inEnglish.texts()) expect(sentence).toMatch(/^[A-Z][a-z]/);
    const turns = (drive: TestDrive) => new Set(drive.said.map(({ next }) => next));
    expect(turns(inChinese)).toEqual(turns(inEnglish));
    const shown = bannersOf(route, "zh-CN").flat();
    expect(shown.some(({ primary }) => /\p{sc=Han}[路街]$/u.test(primary.text))).toBe(true);
  },
);
