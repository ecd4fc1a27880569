import { join } from "node:path";
import type { Result } from "../result.ts";
import { runFeatures as runAll } from "../run-features.ts";
import { runScenario } from "./run-scenario.ts";

/** Our own scenarios. */
export const ownFeatures = join(import.meta.dirname, "features");

/** Runs the scenarios of a folder, or of one file, each on a map of its own. */
export const runFeatures = (place: string): Promise<readonly Result[]> => runAll(place, runScenario);
