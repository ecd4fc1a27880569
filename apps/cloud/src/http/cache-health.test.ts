import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { cacheHealth } from "./cache-health.ts";

test("each cache says how full it is, and one that was not made yet is empty", async () => {
  const folder = await mkdtemp(join(tmpdir(), "caravan-caches-"));
  await mkdir(join(folder, "maps", "one"), { recursive: true });
  await mkdir(join(folder, "maps", "two"));
  const health = await cacheHealth([
    { name: "cities", folder: join(folder, "maps"), most: 3 },
    { name: "screens", folder: join(folder, "screens"), most: 2 },
  ]);
  expect(health).toEqual({ cities: { entries: 2, bound: 3 }, screens: { entries: 0, bound: 2 } });
  await rm(folder, { recursive: true });
});
