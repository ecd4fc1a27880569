import type { Step } from "../gherkin.ts";
import type { StepOutcome } from "../outcome.ts";
import { doing } from "./doing.ts";
import { judging } from "./judging.ts";
import { plainWords } from "./plain-words.ts";
import type { Scene } from "./scene.ts";

/** What is done at a step; `words` are the groups of its pattern. */
export type TakeStep = (scene: Scene, words: readonly string[], step: Step) => StepOutcome | Promise<StepOutcome>;

/** Every step we understand: the words of public suites, and ours. The first pattern that fits is taken. */
export const steps: readonly (readonly [RegExp, TakeStep])[] = [...doing, ...judging, ...plainWords];
