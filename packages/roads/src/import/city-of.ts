import type { Bounds, City, ImportedCity, Land } from "../city.ts";
import { buildHierarchy } from "../engine/order/build-hierarchy.ts";
import { toDegrees } from "../geometry.ts";
import { buildGraph, roadsOf } from "../graph/build-graph.ts";
import type { MapRoads } from "../graph/build-graph.ts";
import { localTimeOf } from "../rules/conditions.ts";
import { drivingSideAt } from "./driving-side.ts";
import type { MapData } from "./map-data.ts";
import { readPlaces } from "./places.ts";
import { sceneryOf } from "./scenery-of.ts";
import { seaOf } from "./sea.ts";
import { soundsOf } from "./sounds.ts";
import type { Romanise } from "./sounds.ts";

/** Kinds of scenery that make a map more than roads. */
const details = new Set(["building", "water", "landcover", "landuse", "park"]);

/** Fewer details than this are chance, not a map of the land. */
const fewestDetails = 50;

function boundsOf(city: City["graph"]): Bounds {
  let [west, south, east, north] = [Infinity, Infinity, -Infinity, -Infinity];
  for (let i = 0; i < city.pointX.length; i++) {
    west = Math.min(west, city.pointX[i]);
    east = Math.max(east, city.pointX[i]);
    south = Math.min(south, city.pointY[i]);
    north = Math.max(north, city.pointY[i]);
  }
  return [toDegrees(west), toDegrees(south), toDegrees(east), toDegrees(north)];
}

/** The middle of all roads by their points: where the city is, even if a motorway sticks out of it. */
function centreOf(graph: City["graph"]): City["centre"] {
  const middle = (values: Int32Array) => toDegrees(values.toSorted()[values.length >> 1]);
  return { lat: middle(graph.pointY), lon: middle(graph.pointX) };
}

export interface CityOptions {
  readonly name: string;
  readonly version: string;
  readonly onProgress?: (fraction: number, what: string) => void;
  /** Unix seconds on the clock of the place, for restrictions that hold at times. */
  readonly now?: number | undefined;
  readonly romanise?: Romanise | undefined;
}

/** The city on a map that has been read. Throws `MapError` "no-roads" for a map without any. */
export function cityOf(map: MapData, options: CityOptions): ImportedCity {
  const land = landOf(map, options);
  return { ...land, hierarchy: buildHierarchy(land.graph) };
}

/** The side on which one drives where a map begins. */
export function drivingSideOf({ pointX, pointY }: MapData): City["drivingSide"] {
  return pointX.length === 0 ? drivingSideAt(0, 0) : drivingSideAt(toDegrees(pointY[0]), toDegrees(pointX[0]));
}

/** The city but for its hierarchy. `onProgress` tells 0 to 1. */
export function landOf(map: MapData, options: CityOptions, roads: MapRoads = roadsOf(map, drivingSideOf(map))): Land {
  const { name, version, onProgress = () => {}, now, romanise } = options;
  const graph = buildGraph(map, roads, {
    time: now === undefined ? undefined : localTimeOf(now),
    onProgress: (fraction) => onProgress(fraction * 0.7, "building the road graph"),
  });
  const bounds = boundsOf(graph);
  const scenery = [...seaOf(map, bounds), ...sceneryOf(map, roads.ways)];
  onProgress(0.9, "collecting names");
  const places = readPlaces(map);
  return {
    name,
    version,
    bounds,
    centre: centreOf(graph),
    detailed: scenery.filter((feature) => details.has(feature.layer)).length >= fewestDetails,
    attribution: map.attribution,
    drivingSide: drivingSideOf(map),
    graph,
    places,
    sounds: soundsOf(graph.names, places, romanise),
    scenery,
  };
}
