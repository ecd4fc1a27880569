import { createEngine, createOsrm, createRouter } from "@caravan/roads/routing";
import { createMatcher } from "@caravan/roads/matching";
import { MapError } from "@caravan/roads";
import { importCity } from "@caravan/roads/importing";
import { readSegmentSpeeds, trafficTimes } from "@caravan/roads/traffic";
import type { ImportedCity } from "@caravan/roads";
import type { OsrmAnswer } from "@caravan/roads/routing";

/** Asks a map a question as a client would over HTTP; `path` begins with the service. */
export type Ask = (path: string) => OsrmAnswer;

/** A map on which nobody can drive has no place for any question to begin. */
const noRoads: OsrmAnswer = {
  status: 400,
  body: new TextEncoder().encode(
    JSON.stringify({ code: "NoSegment", message: "Could not find a matching segment for coordinate 0" }),
  ),
};

/** What a scenario knows beside its map. */
export interface Conditions {
  /** What the clocks there show, in seconds; decides which restrictions that hold at times are in force. */
  localNow(): number | undefined;
  /** Speeds of road segments in OSRM's format. */
  readonly speedFile: string | undefined;
}

/** Imports an OpenStreetMap document as every map is imported, and opens the routing API on it. */
export async function openMap(document: string, conditions: Conditions): Promise<Ask> {
  const now = conditions.localNow();
  const { speedFile } = conditions;
  let city: ImportedCity;
  try {
    const options = { name: "Scenario", ...(now === undefined ? {} : { now }) };
    city = await importCity({ kind: "osm-xml", text: document }, options);
  } catch (error) {
    if (error instanceof MapError && error.code === "no-roads") return () => noRoads;
    throw error;
  }
  const engine = createEngine(city);
  if (speedFile !== undefined) {
    engine.setTraffic(trafficTimes(city, readSegmentSpeeds(speedFile).speeds));
    while (engine.advance());
  }
  const osrm = createOsrm({ city, engine, router: createRouter(city, engine), matcher: createMatcher(city) });
  return (path) => osrm.answer(path);
}
