/** What is said and shown on the way, and what lies ahead. */

export { instructionText } from "./src/guidance/instruction.ts";
export { bannersOf } from "./src/guidance/banners.ts";
export { voicesOf } from "./src/guidance/voices.ts";
export type { GuideLanguage } from "./src/guidance/texts.ts";
export { beginGuidance, guide, progressOf } from "./src/guidance/guidance.ts";
export type {
  Announcing,
  GuideEffect,
  GuideEvent,
  GuideFix,
  GuideProgress,
  GuideSettings,
  Guidance,
  RouteChange,
} from "./src/guidance/guidance.ts";
export { guideRouteOf } from "./src/guidance/guide-route.ts";
export type { GuideRoute, GuideStop } from "./src/guidance/guide-route.ts";
export type { AheadAlert } from "./src/guidance/alerts.ts";
export { roadAhead } from "./src/ahead/road-ahead.ts";
export type { RoadIncident } from "./src/ahead/road-ahead.ts";
export { mayWarnOfCameras } from "./src/guidance/camera-law.ts";
export { placeOnRoute } from "./src/guidance/place-on-route.ts";
