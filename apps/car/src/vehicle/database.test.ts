import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { afterAll, expect, test } from "vitest";

import { migrations, openCarDatabase } from "./database.ts";

const folder = mkdtempSync(join(tmpdir(), "caravan-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test("a new file gets today's tables, and opening it again changes nothing", () => {
  const path = join(folder, "car.sqlite");
  const first = openCarDatabase(path);
  first.prepare("INSERT INTO remembered VALUES ('a', '1')").run();
  first.close();
  const second = openCarDatabase(path);
  expect(second.prepare("PRAGMA user_version").get()).toMatchObject({ user_version: migrations.length });
  expect(second.prepare("SELECT value FROM remembered").get()).toMatchObject({ value: "1" });
  second.close();
});

test("a file of a newer version is refused and left as it is", () => {
  const path = join(folder, "newer.sqlite");
  const newer = openCarDatabase(path);
  newer.exec(`PRAGMA user_version = ${migrations.length + 1}`);
  newer.close();
  expect(() => openCarDatabase(path)).toThrow(/newer Caravan/);
});

test("a file that is no database is refused in one sentence and left as it is", () => {
  const path = join(folder, "broken.sqlite");
  writeFileSync(path, "not a database, but somebody's notes about the car\n".repeat(20));
  const before = readFileSync(path);
  expect(() => openCarDatabase(path)).toThrow(/is damaged or no database/);
  expect(readFileSync(path)).toEqual(before);
});
