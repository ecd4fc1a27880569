import { readableList } from "../rules/readable-list.ts";
import { wayFlag } from "../city.ts";
import type { MapData, MapWay, Tags } from "../import/map-data.ts";
import { accessOfWay } from "../rules/access.ts";
import type { WayAccess } from "../rules/access.ts";
import { lanesOf, widthOf } from "../rules/lanes.ts";
import type { Lanes } from "../rules/lanes.ts";
import { classAt, classIndex } from "../rules/road-class.ts";
import type { RoadClass } from "../rules/road-class.ts";
import { postedLimits, travelSpeed, unpostedSpeed } from "../rules/speed.ts";
import { NameTable } from "./name-table.ts";

/** A way that cars may use in at least one direction, with what the rules say about it. */
export interface RoadWay {
  readonly source: MapWay;
  readonly class: RoadClass;
  readonly access: WayAccess;
  readonly lanes: Lanes;
  readonly width: number;
  readonly limitForward: number | undefined;
  readonly limitBackward: number | undefined;
  /** m/s, averages for the time a route takes. */
  readonly travelForward: number;
  readonly travelBackward: number;
}

/** The rules applied to one way; undefined where no car may go. */
function readRoadWay(source: MapWay): RoadWay | undefined {
  if (source.points.length < 2) return undefined;
  const { tags } = source;
  const index = classIndex(tags.get("highway"));
  if (index < 0) return undefined;
  const access = accessOfWay(tags);
  const open = { forward: access.forward !== "closed", backward: access.backward !== "closed" };
  if (!open.forward && !open.backward) return undefined;
  const name = classAt(index);
  const lanes = lanesOf(tags, name, open);
  const limits = postedLimits(tags);
  return {
    source,
    class: name,
    access,
    lanes,
    width: widthOf(tags, name, lanes),
    limitForward: limits.forward,
    limitBackward: limits.backward,
    travelForward: travelSpeed(name, tags, limits.forward),
    travelBackward: travelSpeed(name, tags, limits.backward),
  };
}

export function roadWaysOf(map: MapData): readonly RoadWay[] {
  const ways: RoadWay[] = [];
  for (const source of map.ways) {
    const way = readRoadWay(source);
    if (way !== undefined) ways.push(way);
  }
  return ways;
}

function isSet(tags: Tags, key: string): boolean {
  const value = tags.get(key);
  return value !== undefined && value !== "no";
}

function flagsOf(way: RoadWay): number {
  const { tags } = way.source;
  const { forward, backward } = way.access;
  const junction = tags.get("junction");
  return (
    (forward === "closed" || backward === "closed" ? wayFlag.oneWay : 0) |
    (junction === "roundabout" || junction === "circular" ? wayFlag.roundabout : 0) |
    (isSet(tags, "bridge") ? wayFlag.bridge : 0) |
    (isSet(tags, "tunnel") ? wayFlag.tunnel : 0) |
    (way.class.endsWith("_link") ? wayFlag.link : 0) |
    (forward === "restricted" || backward === "restricted" ? wayFlag.restricted : 0) |
    (isSet(tags, "toll") ? wayFlag.toll : 0) |
    (way.lanes.assumed ? wayFlag.lanesAreAssumed : 0)
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
  const column = (keys: readonly string[], write: (value: string) => string) =>
    Uint32Array.from(ways, ({ source: { tags } }) => {
      const key = keys.find((one) => tags.has(one));
      const value = key === undefined ? undefined : tags.get(key);
      return names.add(value === undefined ? undefined : write(value));
    });
  const text = (...keys: readonly string[]) => column(keys, readableList);
  const lanes = (...keys: readonly string[]) => column(keys, (value) => value);
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
    wayName: text("name"),
    wayRef: text("ref"),
    wayAlias: Uint32Array.from(ways, ({ source: { tags } }) => names.add(aliasOf(tags))),
    wayDestination: text("destination", "destination:ref"),
    wayExits: text("junction:ref"),
    wayPronunciation: text("name:pronunciation"),
    wayTurnLanesForward: lanes("turn:lanes:forward", "turn:lanes"),
    wayTurnLanesBackward: lanes("turn:lanes:backward"),
  };
  return { ...columns, names: names.names };
}
