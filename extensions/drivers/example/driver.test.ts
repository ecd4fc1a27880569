import { readDriverFolder, proveDriver } from "@caravan/drivers/can";
import { catalogue } from "@caravan/signals";
import { expect, test } from "vitest";

test("the example driver shows what its drive is expected to show", async () => {
  const driver = await readDriverFolder(import.meta.dirname, catalogue);
  const { findings, frames } = proveDriver(driver, catalogue);
  expect(findings.filter(({ ok }) => !ok)).toEqual([]);
  expect(frames).toBe(1_608);
  expect([...driver.dbc.warnings, ...driver.mapping.warnings]).toEqual([]);
});
