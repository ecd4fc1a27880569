import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { emptyDataFolder, openDataFolder } from "./data-folder.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "caravan-folder-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

test("a folder that holds other things is left alone", () => {
  writeFileSync(join(folder, "letter.txt"), "dear");
  expect(() => openDataFolder(folder)).toThrow(/holds other things/u);
  expect(readdirSync(folder)).toEqual(["letter.txt"]);
});

test("a file in place of the folder, or above it, gets one sentence", () => {
  const file = join(folder, "file");
  writeFileSync(file, "");
  expect(() => openDataFolder(file)).toThrow(/is a file, not a folder/u);
  expect(() => openDataFolder(join(file, "data"))).toThrow(/cannot be written/u);
});

test.skipIf(!existsSync("/proc/self"))("a place where no folder can be made gets one sentence", () => {
  expect(() => openDataFolder("/proc/caravan/data")).toThrow(/cannot be written/u);
});

test.skipIf(process.getuid?.() === 0)("a folder without permission gets one sentence", () => {
  chmodSync(folder, 0o500);
  expect(() => openDataFolder(join(folder, "data"))).toThrow(/no permission in/u);
  expect(() => openDataFolder(folder)).toThrow(/no permission in/u);
});

test("an older folder takes each missing step once, in order, and a newer one is refused", () => {
  const data = join(folder, "data");
  openDataFolder(data, 1, []);
  const log: number[] = [];
  const steps = [3, 2, 1].map((to) => ({ to, run: () => log.push(to) }));
  openDataFolder(data, 3, steps);
  openDataFolder(data, 3, steps);
  expect(log).toEqual([2, 3]);
  expect(() => openDataFolder(data, 2, steps)).toThrow(/newer Caravan \(version 3, this one knows 2\)/u);
  expect(JSON.parse(readFileSync(join(data, "caravan.json"), "utf8"))).toEqual({ version: 3 });
});

test("a step that fails is tried again at the next start", () => {
  const data = join(folder, "data");
  openDataFolder(data, 1, []);
  let attempts = 0;
  const steps = [
    {
      to: 2,
      run: () => {
        attempts += 1;
        if (attempts === 1) throw new Error("no space");
      },
    },
  ];
  expect(() => openDataFolder(data, 2, steps)).toThrow("no space");
  openDataFolder(data, 2, steps);
  expect(attempts).toBe(2);
});

test("forgetting the data keeps what was built from other things", () => {
  for (const name of ["cars", "maps", "screens", "secrets"]) mkdirSync(join(folder, name));
  emptyDataFolder(folder);
  expect(readdirSync(folder).toSorted()).toEqual(["maps", "screens"]);
  expect(existsSync(join(folder, "cars"))).toBe(false);
});
