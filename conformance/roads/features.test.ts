import { expect, test } from "vitest";
import { ownFeatures, runFeatures } from "./run.ts";

test("every one of our own scenarios passes", async () => {
  const results = await runFeatures(ownFeatures);
  expect(results.length).toBeGreaterThanOrEqual(60);
  const others = results.filter(({ verdict }) => verdict.kind !== "passed");
  expect(others.map(({ file, scenario, verdict }) => ({ file, scenario, verdict }))).toEqual([]);
});
