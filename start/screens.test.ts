import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { buildScreens, findScreens } from "./screens.ts";

let folder: string;
let root: string;
let data: string;
const source = () => join(root, "apps", "phone", "src", "main.tsx");

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "caravan-build-"));
  [root, data] = [join(folder, "root"), join(folder, "data")];
  mkdirSync(join(root, "apps", "phone", "src"), { recursive: true });
  mkdirSync(data);
  writeFileSync(source(), "one");
  for (const name of ["package-lock.json", "tsconfig.base.json", "tsconfig.web.json"])
    writeFileSync(join(root, name), "{}");
});
afterEach(() => rmSync(folder, { recursive: true }));

test("the same sources have the same build, whatever their dates, and others another", () => {
  const first = findScreens({ root, data });
  expect(first.isBuilt).toBe(false);
  mkdirSync(first.folder);
  expect(findScreens({ root, data })).toEqual({ folder: first.folder, isBuilt: true });
  utimesSync(source(), 1, 1);
  expect(findScreens({ root, data }).folder).toBe(first.folder);
  writeFileSync(source(), "two");
  expect(findScreens({ root, data })).toMatchObject({ isBuilt: false });
  expect(findScreens({ root, data }).folder).not.toBe(first.folder);
  writeFileSync(source(), "one");
  expect(findScreens({ root, data })).toEqual({ folder: first.folder, isBuilt: true });
});

test("tests and what is installed do not count as sources", () => {
  const { folder: before } = findScreens({ root, data });
  writeFileSync(join(root, "apps", "phone", "src", "main.test.tsx"), "test");
  mkdirSync(join(root, "apps", "phone", "node_modules"));
  writeFileSync(join(root, "apps", "phone", "node_modules", "x.js"), "x");
  expect(findScreens({ root, data }).folder).toBe(before);
});

test("a build that is ended leaves nothing behind", async () => {
  const { folder: wanted } = findScreens({ root, data });
  // The real screens, so that there is something to end.
  const build = buildScreens({ root: join(import.meta.dirname, ".."), folder: wanted, signal: AbortSignal.abort() });
  await expect(build).rejects.toThrow(/cannot be built/u);
  expect(existsSync(wanted)).toBe(false);
  expect(readdirSync(join(data, "screens"))).toEqual(["sources.json"]);
});
