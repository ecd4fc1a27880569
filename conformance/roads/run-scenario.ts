import { isSkipped } from "../gherkin.ts";
import type { Scenario, Step } from "../gherkin.ts";
import type { Verdict } from "../result.ts";
import type { OsrmAnswer } from "@caravan/roads/routing";
import { readAnswer } from "./answer.ts";
import { openMap } from "./ask.ts";
import type { Ask } from "./ask.ts";
import { takeMapStep } from "./map-steps.ts";
import { checkMatches } from "./match-table.ts";
import { checkMatrix } from "./matrix-table.ts";
import { checkNearest } from "./nearest-table.ts";
import { done, unsupported, wrong } from "../outcome.ts";
import type { StepOutcome } from "../outcome.ts";
import { checkRoutability } from "./routability-table.ts";
import { checkRoutes } from "./route-table.ts";
import { osmDocument, Scene } from "./scene.ts";
import { checkTrips } from "./trip-table.ts";

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

/** What a scenario has opened and been answered so far. */
interface Opened {
  ask?: Ask;
  answer?: OsrmAnswer;
}

/** Steps about a single answer: "I request /route/v1/...", "response should be valid JSON", "status code should be NoRoute". */
function checkAnswer({ answer }: Opened, text: string): StepOutcome | undefined {
  const code = /^status code should be (\w+)$/.exec(text)?.[1];
  const isAboutAnswer =
    code !== undefined || /^(I should get a response|response should be (valid JSON|well-formed))$/.test(text);
  if (!isAboutAnswer) return undefined;
  if (answer === undefined) return wrong("nothing was asked");
  const json = readAnswer(answer.body);
  if (typeof json === "string") return wrong(json);
  const isRight = code === undefined || json.code === code || String(answer.status) === code;
  return isRight ? done : wrong(`the answer is ${answer.status} ${json.code} instead of ${code}`);
}

async function takeStep(scene: Scene, step: Step, opened: Opened): Promise<StepOutcome> {
  const drawn = takeMapStep(scene, step);
  if (drawn !== undefined) return drawn;
  if (/^routability should be$/.test(step.text)) return checkRoutability(scene, step);
  const request = /^I request (\/.*)$/.exec(step.text)?.[1];
  if (request !== undefined) {
    opened.ask ??= await openMap(osmDocument(scene), scene);
    opened.answer = opened.ask(request);
    return done;
  }
  const answered = checkAnswer(opened, step.text);
  if (answered !== undefined) return answered;
  for (const [words, check] of checks) {
    if (!words.test(step.text)) continue;
    opened.ask ??= await openMap(osmDocument(scene), scene);
    return check(scene, step, opened.ask);
  }
  return unsupported(`the step "${step.text}"`);
}

/** Draws the map of a scenario, asks it and compares; ends at the first step that does not hold. */
export async function runScenario(scenario: Scenario): Promise<Verdict> {
  if (isSkipped(scenario)) return { kind: "skipped" };
  const scene = new Scene();
  const opened: Opened = {};
  for (const step of scenario.steps) {
    const outcome = await takeStep(scene, step, opened);
    if (outcome.kind === "unsupported") return { kind: "unsupported", line: step.line, what: outcome.what };
    if (outcome.kind === "wrong") return { kind: "failed", line: step.line, differences: outcome.differences };
  }
  return { kind: "passed" };
}
