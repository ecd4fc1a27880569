/**
 * The edge between signals and what moves or measures. CAR composes in this order:
 * 1. `store` and the provider (simulated car: `{ apply: car.apply, motion: ... }`),
 * 2. `guard = safeNow(store)` and a `standing` of its own,
 * 3. `gate = createGate({ ... })`, and from then on only `gate.actuate` and `gate.motion`.
 */
export type { Asker, Guard, Question, Standing, Verdict } from "./src/asker.ts";
export type { GateOutcome, GateParts, MotionCommand, Provider } from "./src/gate.ts";
export { refusals, refusalSentences, type Refusal } from "./src/refusal.ts";
