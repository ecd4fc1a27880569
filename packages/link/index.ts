export { cockpitProtocol, CockpitRequest, Place, SavedPlace, Settings } from "./src/cockpit.ts";
export type * from "./src/cockpit.ts";
export type * from "./src/live.ts";
export { applyLive } from "./src/fleet.ts";
export type { Fleet } from "./src/fleet.ts";
export { CloudClient } from "./src/cloud-client.ts";
export type { Asked, CloudNetwork, CloudState } from "./src/cloud-client.ts";
