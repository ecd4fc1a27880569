/** From positions to the roads they were measured on, at once or afterwards. */

export { createMatcher } from "./src/match/matcher.ts";
export type * from "./src/match/matching.ts";
export { createTracker } from "./src/match/tracker.ts";
export type { Fix, Motion, TrackedPlace, Tracker } from "./src/match/tracking.ts";
