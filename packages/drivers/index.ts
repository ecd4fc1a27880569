/**
 * The edge between signals and what moves or measures. The car computer composes in this order:
 * 1. `store` and the provider (a simulated car, or the drivers of a real one),
 * 2. `guard = safeNow(store)` and a `standing` of its own,
 * 3. `gate = createGate({ ... })`, and from then on only `gate.actuate` and `gate.motion`.
 * A recording in place of a car: `openReplay({ ... })`, then `start()` and `stop()`.
 */
export type { Asker, Guard, Question, Standing, Verdict } from "./src/asker.ts";
export { createFrameGate, createGate } from "./src/gate.ts";
export type { FrameGate, FrameOutcome, ListedFrame } from "./src/gate.ts";
export type { Gate, GateOutcome, GateParts, MotionCommand, MotionOutcome, Provider } from "./src/gate.ts";
export { refusals, refusalSentences, type Refusal } from "./src/refusal.ts";
export { safeNow } from "./src/safe-now.ts";
export { openReplay } from "./src/replay/replay.ts";
export type { RecordingFormat, ReplayOutcome, ReplayParts, ReplayProgress, Source } from "./src/replay/replay.ts";
export type { Claim, ClaimOptions, Driver, DriverClock, DriverEnd, DriverFigure, Outlet } from "./src/driver.ts";
export { Sources } from "./src/sources/sources.ts";
export type { SignalSources, SourceView } from "./src/sources/sources.ts";
export { Supervisor } from "./src/supervision/supervisor.ts";
export type { DriverHealth } from "./src/supervision/supervisor.ts";
