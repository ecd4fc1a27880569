/** How fast the roads are now, and when they usually are. */

export { createTraffic } from "./src/traffic/traffic.ts";
export type { HeardSpeed, HeardTraffic, SlowStretch, Traffic } from "./src/traffic/traffic.ts";
export type { Incident } from "./src/traffic/incidents.ts";
export { levelOf } from "./src/traffic/level.ts";
export type { TrafficLevel } from "./src/traffic/level.ts";
export { trafficTimes, usualWait } from "./src/traffic/edge-times.ts";
export { Segments } from "./src/traffic/segments.ts";
export { readSegmentSpeeds, writeSegmentSpeeds } from "./src/traffic/speed-file.ts";
export type { SegmentSpeed, SpeedFile } from "./src/traffic/speed-file.ts";
export { quarterOfWeek, TypicalWeek } from "./src/traffic/typical-week.ts";
export type { TypicalSegment } from "./src/traffic/typical-week.ts";
