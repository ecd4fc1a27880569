import type { Scenario, Step } from "../gherkin.ts";
import { openMap } from "./ask.ts";
import type { Ask } from "./ask.ts";
import { takeMapStep } from "./map-steps.ts";
import { checkMatches } from "./match-table.ts";
import { checkMatrix } from "./matrix-table.ts";
import { checkNearest } from "./nearest-table.ts";
import { unsupported } from "./outcome.ts";
import type { StepOutcome } from "./outcome.ts";
import { checkRoutability } from "./routability-table.ts";
import { checkRoutes } from "./route-table.ts";
import { osmDocument, Scene } from "./scene.ts";
import { checkTrips } from "./trip-table.ts";

/** What became of a scenario. */
export type Verdict =
  | { readonly kind: "passed" }
  | { readonly kind: "failed"; readonly line: number; readonly differences: readonly string[] }
  | { readonly kind: "unsupported"; readonly line: number; readonly what: string }
  /** Its authors marked it as not to be run. */
  | { readonly kind: "skipped" };

const skippedTags = new Set(["@todo", "@ignore", "@skip"]);

type Check = (scene: Scene, step: Step, ask: Ask) => StepOutcome;

const checks: readonly (readonly [RegExp, Check])[] = [
  [/^I route I should get$/, checkRoutes],
  [/^I request a travel time matrix I should get$/, (...parts) => checkMatrix(...parts, "duration")],
  [/^I request a travel distance matrix I should get$/, (...parts) => checkMatrix(...parts, "distance")],
  [/^I request a travel time matrix I should get estimates for$/, (...parts) => checkMatrix(...parts, "estimates")],
  [/^I request nearest I should get$/, checkNearest],
  [/^I match I should get$/, checkMatches],
  [/^I plan a trip I should get$/, checkTrips],
];

async function takeStep(scene: Scene, step: Step, opened: { ask?: Ask }): Promise<StepOutcome> {
  const drawn = takeMapStep(scene, step);
  if (drawn !== undefined) return drawn;
  if (/^routability should be$/.test(step.text)) return checkRoutability(scene, step);
  for (const [words, check] of checks) {
    if (!words.test(step.text)) continue;
    opened.ask ??= await openMap(osmDocument(scene), scene.now);
    return check(scene, step, opened.ask);
  }
  return unsupported(`the step "${step.text}"`);
}

/** Draws the map of a scenario, asks it and compares; ends at the first step that does not hold. */
export async function runScenario(scenario: Scenario): Promise<Verdict> {
  if (scenario.tags.some((tag) => skippedTags.has(tag))) return { kind: "skipped" };
  const scene = new Scene();
  const opened: { ask?: Ask } = {};
  for (const step of scenario.steps) {
    const outcome = await takeStep(scene, step, opened);
    if (outcome.kind === "unsupported") return { kind: "unsupported", line: step.line, what: outcome.what };
    if (outcome.kind === "wrong") return { kind: "failed", line: step.line, differences: outcome.differences };
  }
  return { kind: "passed" };
}
