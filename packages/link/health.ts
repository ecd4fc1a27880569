/** What a car tells of its sources, its link and its outbox. */
export { CarHealth, decodeHealth, encodeHealth, healthLimits, ToldHealth } from "./src/health.ts";
