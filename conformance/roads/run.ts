import { readdirSync, readFileSync, statSync } from "node:fs";
import { basename, dirname, join, relative } from "node:path";
import { readFeature } from "../gherkin.ts";
import { runScenario } from "./run-scenario.ts";
import type { Verdict } from "./run-scenario.ts";

/** One scenario of one file, and what became of it. */
export interface Result {
  /** Path from the folder that was run. */
  readonly file: string;
  readonly feature: string;
  readonly scenario: string;
  readonly line: number;
  readonly verdict: Verdict;
}

/** Our own scenarios. */
export const ownFeatures = join(import.meta.dirname, "features");

/** Runs every scenario of the `.feature` files in a folder and below it, in the order of their paths; or those of one file. */
export async function runFeatures(place: string): Promise<readonly Result[]> {
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
      const verdict = await runScenario(scenario);
      const path = relative(".", file);
      results.push({ file: path, feature: name, scenario: scenario.name, line: scenario.line, verdict });
    }
  }
  return results;
}
