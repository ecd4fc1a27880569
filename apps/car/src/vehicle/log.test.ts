import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { afterAll, beforeAll, expect, test } from "vitest";

import { openLog } from "./log.ts";

let data: string;
beforeAll(() => {
  data = mkdtempSync(join(tmpdir(), "caravan-car-log-"));
});
afterAll(() => rmSync(data, { recursive: true }));

test("an event is one JSON line", () => {
  const opened = openLog(join(data, "usual"));
  opened.log.info({ car: 1 }, "ready");
  opened.close();
  expect(JSON.parse(readFileSync(join(data, "usual", "logs", "car.log"), "utf8"))).toMatchObject({
    car: 1,
    msg: "ready",
  });
  expect(opened.size()).toEqual({ bytes: statSync(join(data, "usual", "logs", "car.log")).size, bound: 10_485_760 });
});

test("two processes of cars write two logs", () => {
  const fleet = openLog(join(data, "usual"), "cars-2");
  fleet.log.info("ready");
  fleet.close();
  expect(readFileSync(join(data, "usual", "logs", "cars-2.log"), "utf8")).toContain("ready");
});

test("a disk without room does not stop who writes to the log", () => {
  mkdirSync(join(data, "full", "logs"), { recursive: true });
  symlinkSync("/dev/full", join(data, "full", "logs", "car.log"));
  const { log } = openLog(join(data, "full"));
  expect(() => log.error("lost")).not.toThrow();
  expect(() => log.error("lost too")).not.toThrow();
});
