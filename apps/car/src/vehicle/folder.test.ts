import { existsSync, mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";

import { makeFolder } from "./folder.ts";

test("a folder is made with those above it, and made again without harm", () => {
  const root = mkdtempSync(join(tmpdir(), "caravan-folder-"));
  try {
    const folder = join(root, "a", "b");
    makeFolder(folder, 0o700);
    makeFolder(folder, 0o700);
    expect(statSync(folder).mode & 0o777).toBe(0o700);
  } finally {
    rmSync(root, { recursive: true });
  }
});

test.skipIf(!existsSync("/proc/self"))("where the system makes no folders, one sentence says so at once", () => {
  expect(() => makeFolder("/proc/caravan/data")).toThrow(/^\/proc\/caravan cannot be made: .+\.$/);
});
