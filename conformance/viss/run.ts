import { join } from "node:path";
import type { Result } from "../result.ts";
import { runFeatures as runAll } from "../run-features.ts";
import { Cars, runScenario } from "./run-scenario.ts";

/** Our own scenarios, for both versions. */
export const ownFeatures = join(import.meta.dirname, "features");

/** Runs the scenarios of a folder, or of one file, against a car of our own or the one at `url`. */
export async function runFeatures(place: string, url?: string): Promise<readonly Result[]> {
  const cars = new Cars(url);
  try {
    return await runAll(place, (scenario, feature) => runScenario(scenario, feature, cars));
  } finally {
    await cars.stop();
  }
}
