import { readdirSync, readFileSync, statSync } from "node:fs";
import { basename, dirname, join, relative } from "node:path";
import { readFeature } from "./gherkin.ts";
import type { Scenario } from "./gherkin.ts";
import type { Result, Verdict } from "./result.ts";

/** Runs every scenario of the `.feature` files in a folder and below it, in the order of their paths; or those of one file. */
export async function runFeatures(
  place: string,
  run: (scenario: Scenario, feature: string) => Promise<Verdict>,
): Promise<readonly Result[]> {
  const isFile = statSync(place).isFile();
  const folder = isFile ? dirname(place) : place;
  const files = isFile
    ? [basename(place)]
    : readdirSync(place, { recursive: true, encoding: "utf8" })
        .filter((file) => file.endsWith(".feature"))
        .toSorted();
  const results: Result[] = [];
  for (const file of files) {
    const { name, scenarios } = readFeature(readFileSync(join(folder, file), "utf8"));
    for (const scenario of scenarios) {
      const verdict = await run(scenario, name);
      const path = relative(".", file);
      results.push({ file: path, feature: name, scenario: scenario.name, line: scenario.line, verdict });
    }
  }
  return results;
}
