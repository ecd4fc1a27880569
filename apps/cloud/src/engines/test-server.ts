import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { stopTestServer } from "./test-database.ts";

/**
 * Wired into vitest as `globalSetup`: names the folder in which the first test that needs a database starts one server
 * for the whole run, and stops and removes that server after the last test.
 */
export function setup(): () => Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "caravan-test-"));
  process.env["CARAVAN_TEST_DATABASE"] = folder;
  return async () => {
    await stopTestServer(folder);
    rmSync(folder, { recursive: true, force: true });
  };
}
