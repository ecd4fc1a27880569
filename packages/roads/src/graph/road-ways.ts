import { wayFlag } from "../city.ts";
import type { MapData, MapWay, Tags } from "../import/map-data.ts";
import { accessOfWay, accessTags, isCarried, oneWayOf } from "../rules/access.ts";
import type { WayAccess } from "../rules/access.ts";
import { destinationOf } from "../rules/destination.ts";
import { lanesOf, widthOf } from "../rules/lanes.ts";
import type { Lanes } from "../rules/lanes.ts";
import { readableList } from "../rules/readable-list.ts";
import { classAt, classIndex } from "../rules/road-class.ts";
import type { RoadClass } from "../rules/road-class.ts";
import { postedLimits, unpostedSpeed } from "../rules/speed.ts";
import { canonicalList, isSet } from "../rules/tag-reading.ts";
import type { Directed } from "../rules/tag-reading.ts";
import { travelOf } from "../rules/travel-speed.ts";
import type { Travel } from "../rules/travel-speed.ts";
import { turnLanesOf } from "../rules/turn-lanes.ts";
import { NameTable } from "./name-table.ts";

/** A way that cars may use in at least one direction, with what the rules say about it. */
export interface RoadWay {
  readonly source: MapWay;
  readonly class: RoadClass;
  readonly access: WayAccess;
  readonly oneWay: -1 | 0 | 1;
  readonly lanes: Lanes;
  readonly width: number;
  readonly limitForward: number | undefined;
  readonly limitBackward: number | undefined;
  readonly travel: Travel;
  /** Arrows of the lanes by direction, empty where the map has none. */
  readonly turnLanes: Directed<string>;
  /** The car is carried: ferry or shuttle train. */
  readonly carried: boolean;
  /** Traffic keeps to the left on this way. */
  readonly leftHand: boolean;
}

/** The access that is left where bad roads let nobody get along. */
function passable(access: WayAccess, travel: Travel): WayAccess {
  return {
    forward: travel.forward > 0 ? access.forward : "closed",
    backward: travel.backward > 0 ? access.backward : "closed",
  };
}

/** The rules applied to one way; undefined where no car may go. */
function readRoadWay(source: MapWay, drivingSide: "right" | "left"): RoadWay | undefined {
  if (source.points.length < 2) return undefined;
  const { tags } = source;
  const allowed = accessOfWay(tags);
  if (allowed.forward === "closed" && allowed.backward === "closed") return undefined;
  const travel = travelOf(tags, allowed);
  const access = passable(allowed, travel);
  const open = { forward: access.forward !== "closed", backward: access.backward !== "closed" };
  if (!open.forward && !open.backward) return undefined;
  const index = classIndex(tags.get("highway"));
  const name = index < 0 ? "road" : classAt(index);
  const lanes = lanesOf(tags, name, open);
  const limits = postedLimits(tags);
  const side = tags.get("driving_side");
  const oneWay = oneWayOf(tags);
  return {
    source,
    class: name,
    access,
    oneWay,
    lanes,
    width: widthOf(tags, name, lanes),
    limitForward: limits.forward,
    limitBackward: limits.backward,
    travel,
    turnLanes: turnLanesOf(tags, oneWay),
    carried: isCarried(tags),
    leftHand: side === "left" || (side !== "right" && drivingSide === "left"),
  };
}

export function roadWaysOf(map: MapData, drivingSide: "right" | "left"): readonly RoadWay[] {
  const ways: RoadWay[] = [];
  for (const source of map.ways) {
    const way = readRoadWay(source, drivingSide);
    if (way !== undefined) ways.push(way);
  }
  return ways;
}

const unpavedSurfaces = new Set(
  "unpaved compacted fine_gravel gravel pebblestone ground dirt earth grass grass_paver sand mud rocky stone clay laterite snow ice".split(
    " ",
  ),
);

function isUnpaved(tags: Tags): boolean {
  const surface = tags.get("surface");
  if (surface !== undefined) return unpavedSurfaces.has(surface);
  return /^grade[2-5]$/.test(tags.get("tracktype") ?? "");
}

function flagsOf(way: RoadWay): number {
  const { tags } = way.source;
  const { forward, backward } = way.access;
  const highway = tags.get("highway");
  const junction = tags.get("junction");
  const isTolled = ["toll", "toll:forward", "toll:backward"].some((key) => tags.get(key) === "yes");
  const isDrive = highway === "service" && accessTags(tags).forward === "private";
  return (
    (forward === "closed" || backward === "closed" ? wayFlag.oneWay : 0) |
    (junction === "roundabout" || junction === "circular" ? wayFlag.roundabout : 0) |
    (junction === "circular" ? wayFlag.circular : 0) |
    (isSet(tags, "bridge") ? wayFlag.bridge : 0) |
    (isSet(tags, "tunnel") ? wayFlag.tunnel : 0) |
    (way.class.endsWith("_link") ? wayFlag.link : 0) |
    (forward === "restricted" || backward === "restricted" ? wayFlag.restricted : 0) |
    (isTolled ? wayFlag.toll : 0) |
    (way.lanes.assumed ? wayFlag.lanesAreAssumed : 0) |
    (way.carried ? wayFlag.ferry : 0) |
    (highway === "motorway" || highway === "motorway_link" ? wayFlag.motorway : 0) |
    (isUnpaved(tags) ? wayFlag.unpaved : 0) |
    (way.carried || isDrive ? wayFlag.noStart : 0) |
    (way.leftHand ? wayFlag.leftHand : 0)
  );
}

/** The level a way runs on: as tagged, else one up on bridges and one down in tunnels. */
export function layerOf(tags: Tags): number {
  const layer = Number(tags.get("layer") ?? Number.NaN);
  if (Number.isInteger(layer) && Math.abs(layer) <= 10) return layer;
  if (isSet(tags, "bridge")) return 1;
  const tunnel = tags.get("tunnel");
  return tunnel !== undefined && tunnel !== "no" && tunnel !== "building_passage" ? -1 : 0;
}

const aliasKeys = ["alt_name", "loc_name", "short_name", "official_name", "old_name", "name:en", "name:zh"];

function aliasOf(tags: Tags): string {
  const aliases = aliasKeys.flatMap((key) => tags.get(key) ?? []);
  return [...new Set(aliases)].filter((alias) => alias !== tags.get("name")).join(";");
}

/** The attribute columns of the graph, one row for each way. */
export function wayColumns(ways: readonly RoadWay[]) {
  const names = new NameTable();
  const column = (read: (way: RoadWay) => string | undefined) => Uint32Array.from(ways, (way) => names.add(read(way)));
  const text = (key: string, write: (value: string) => string) =>
    column(({ source: { tags } }) => {
      const value = tags.get(key);
      return value === undefined ? undefined : write(value);
    });
  const columns = {
    wayId: Float64Array.from(ways, (way) => way.source.id),
    wayClass: Uint8Array.from(ways, (way) => classIndex(way.class)),
    wayFlags: Uint16Array.from(ways, flagsOf),
    wayLayer: Int8Array.from(ways, (way) => layerOf(way.source.tags)),
    wayWidth: Float32Array.from(ways, (way) => way.width),
    wayLanesForward: Uint8Array.from(ways, (way) => way.lanes.forward),
    wayLanesBackward: Uint8Array.from(ways, (way) => way.lanes.backward),
    wayLimitForward: Float32Array.from(ways, (way) => way.limitForward ?? Number.NaN),
    wayLimitBackward: Float32Array.from(ways, (way) => way.limitBackward ?? Number.NaN),
    waySpeed: Float32Array.from(ways, (way) => unpostedSpeed(way.class, way.source.tags.get("service"))),
    wayName: text("name", readableList),
    wayRef: text("ref", (value) => canonicalList(value, ";")),
    wayAlias: column(({ source: { tags } }) => aliasOf(tags)),
    wayDestination: column(({ source: { tags }, oneWay }) => destinationOf(tags, oneWay)),
    wayExits: text("junction:ref", (value) => canonicalList(value, ";")),
    wayPronunciation: text("name:pronunciation", (value) => value),
    wayTurnLanesForward: column(({ turnLanes }) => turnLanes.forward),
    wayTurnLanesBackward: column(({ turnLanes }) => turnLanes.backward),
  };
  return { ...columns, names: names.names };
}
