import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { openLog } from "./log.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "caravan-log-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

test("the log stays below its bound however much is written, and keeps the newest lines", () => {
  const log = openLog({ folder, name: "cloud", fileBytes: 2_000 });
  for (let line = 0; line < 500; line += 1) log.info("a line", { line });
  const { bytes, maxBytes } = log.size();
  const onDisk = readdirSync(folder).reduce((sum, name) => sum + statSync(join(folder, name)).size, 0);
  expect(bytes).toBe(onDisk);
  expect(onDisk).toBeLessThanOrEqual(maxBytes);
  expect(readFileSync(join(folder, "cloud.log"), "utf8")).toContain('"line":499');
  log.close();
});

test("a disk without room does not stop who writes to the log", () => {
  symlinkSync("/dev/full", join(folder, "cloud.log"));
  const told: string[] = [];
  const log = openLog({ folder, name: "cloud", tell: (line) => told.push(line) });
  expect(() => log.warn("lost in the file")).not.toThrow();
  expect(told).toEqual(["warn: lost in the file"]);
  log.close();
});

test("a person sees warnings in short, the file has the details without the library's whole insides", () => {
  const told: string[] = [];
  const log = openLog({ folder, name: "cloud", tell: (line) => told.push(line) });
  log.info("quiet");
  const error = Object.assign(new Error("no answer", { cause: new Error("cable") }), {
    code: "E1",
    connection: { password: "x1" },
  });
  log.warn("coped", { error });
  expect(told).toEqual(["warn: coped (no answer)"]);
  const written = readFileSync(join(folder, "cloud.log"), "utf8");
  expect(written).toContain('"code":"E1"');
  expect(written).toContain("cable");
  expect(written).not.toContain("x1");
  log.close();
});

test("others of the machine cannot read the log", () => {
  openLog({ folder, name: "cloud" }).close();
  expect(statSync(join(folder, "cloud.log")).mode & 0o077).toBe(0);
});
