import type Flatbush from "flatbush";
import type { PlaceCategory } from "./place/categories.ts";
import type { Hierarchy } from "./engine/hierarchy.ts";
import type { RoadClass } from "./rules/road-class.ts";
import type { Scenery } from "./scenery.ts";

/** WGS-84 degrees. */
export interface LatLon {
  readonly lat: number;
  readonly lon: number;
}

/** west, south, east, north in degrees. */
export type Bounds = readonly [number, number, number, number];

/**
 * The road network of one city as typed arrays, ready to route on and to store as it is.
 *
 * A *node* is a junction or the end of a way, a *road* the piece of a way between two nodes (its geometry runs `from` -> `to` of its
 * forward edge), an *edge* one direction of travel along a road, a *state* an edge seen by the router: the first `edgeCount` states are
 * the edges themselves, the others are copies that remember the beginning of a turn restriction over several ways.
 * Coordinates are in 1e-7 degrees (the precision of OpenStreetMap), times in milliseconds, lengths in metres, speeds in m/s.
 */
export interface Graph {
  readonly nodeCount: number;
  readonly edgeCount: number;
  readonly roadCount: number;
  readonly stateCount: number;

  /** Points of road r are `roadPoint[r]` (inclusive) to `roadPoint[r + 1]` (exclusive). */
  readonly roadPoint: Uint32Array;
  readonly pointX: Int32Array;
  readonly pointY: Int32Array;
  /** OpenStreetMap's id of the node at each point; where a map names no nodes, its own number for each coordinate. */
  readonly pointNode: Float64Array;
  /** What stands at a point; bits in `pointFlag`. */
  readonly pointFlags: Uint16Array;
  readonly roadLength: Float32Array;
  /** Row of the attributes of the way, which all its roads share. */
  readonly roadWay: Uint32Array;
  /** Forward and backward edge of a road, -1 where that direction is closed. */
  readonly roadForward: Int32Array;
  readonly roadBackward: Int32Array;

  /** OpenStreetMap's id of each way, 0 where a map names none. */
  readonly wayId: Float64Array;
  readonly wayClass: Uint8Array;
  /** Bits in `wayFlag`. */
  readonly wayFlags: Uint16Array;
  readonly wayLayer: Int8Array;
  /** Width of the carriageway. */
  readonly wayWidth: Float32Array;
  readonly wayLanesForward: Uint8Array;
  readonly wayLanesBackward: Uint8Array;
  /** Posted limit, NaN where the map has none. */
  readonly wayLimitForward: Float32Array;
  readonly wayLimitBackward: Float32Array;
  /** What may be driven where no limit is posted. */
  readonly waySpeed: Float32Array;
  /** Indices into `names`; 0 is the empty name. */
  readonly wayName: Uint32Array;
  readonly wayRef: Uint32Array;
  /** Other names people use or other languages give, joined by ";". */
  readonly wayAlias: Uint32Array;
  readonly wayDestination: Uint32Array;
  /** Number of the exit that a slip road is signed as (`junction:ref`). */
  readonly wayExits: Uint32Array;
  readonly wayPronunciation: Uint32Array;
  readonly wayTurnLanesForward: Uint32Array;
  readonly wayTurnLanesBackward: Uint32Array;

  readonly edgeFrom: Uint32Array;
  readonly edgeTo: Uint32Array;
  readonly edgeRoad: Uint32Array;
  /** Duration of free traffic. */
  readonly edgeMs: Uint32Array;
  /** What the router counts: the duration, more for alleys, narrow roads and others that are no through ways. */
  readonly edgeWeight: Uint32Array;
  /** Bits in `edgeFlag`. */
  readonly edgeFlags: Uint8Array;

  /** The edge behind each state. */
  readonly stateEdge: Uint32Array;
  /** Turns out of state s are `turnFirst[s]` (inclusive) to `turnFirst[s + 1]` (exclusive). */
  readonly turnFirst: Uint32Array;
  readonly turnTo: Uint32Array;
  /** What the turn takes, and what the router counts for it on top (keeping through traffic out of restricted roads). */
  readonly turnMs: Uint16Array;
  readonly turnExtraMs: Uint32Array;

  /** Flatbush over short runs of road segments in 1e-7 degrees; run i begins at point `runPoint[i]` of road `runRoad[i]` (`eachSegment`). */
  readonly runIndex: Flatbush;
  readonly runPoint: Uint32Array;
  readonly runRoad: Uint32Array;

  readonly names: readonly string[];
}

/** A point of the map that somebody may look for: a suburb, a stop, a shop, a charger, a house number. */
export interface NamedPlace extends LatLon {
  /** Empty where the map knows only what it is. */
  readonly name: string;
  /** The map's own word for it ("suburb", "cafe"), or "address". */
  readonly kind: string;
  readonly category?: PlaceCategory;
  /** Its other names, joined by ";". */
  readonly alias?: string;
  readonly street?: string;
  readonly number?: string;
  /** Invented for the simulation, and to be shown as such. */
  readonly simulated?: true;
  /** What the map says of a charging station, in OpenStreetMap's keys. */
  readonly tags?: Readonly<Record<string, string>>;
}

/** One city, ready to be driven in: who it is, and its road graph. */
export interface City {
  readonly name: string;
  /** Changes whenever the map or the way it is imported changes. */
  readonly version: string;
  readonly bounds: Bounds;
  readonly centre: LatLon;
  /** The map holds buildings, water and land use, not only roads. */
  readonly detailed: boolean;
  readonly attribution: string;
  /** The side of the road traffic keeps to. */
  readonly drivingSide: "right" | "left";
  readonly graph: Graph;
  /** What the engine needs to find ways over the graph, whatever they shall be short in. */
  readonly hierarchy: Hierarchy;
  readonly places: readonly NamedPlace[];
  /** How Chinese names are said, in Latin syllables: "人民广场" -> "ren min guang chang". */
  readonly sounds: ReadonlyMap<string, string>;
}

/** A city fresh from its map, with what is drawn and not driven on; only such a one can be made into tiles. */
export interface ImportedCity extends City {
  readonly scenery: Scenery;
}

/** What is drawn of a city: all but the hierarchy by which ways are found. */
export type Land = Omit<ImportedCity, "hierarchy">;

/** Where a thing holds for one direction only, forward and backward are those of the way. */
export const pointFlag = {
  signalsForward: 1,
  signalsBackward: 2,
  stopForward: 4,
  stopBackward: 8,
  giveWayForward: 16,
  giveWayBackward: 32,
  crossing: 64,
  calming: 128,
  railCrossing: 256,
  /** A car cannot pass here. */
  blocked: 512,
  /** A speed camera stands here. */
  camera: 1_024,
  tollBooth: 2_048,
  ferryLanding: 4_096,
  /** Made for turning round: a turning circle or loop. */
  turningPlace: 8_192,
} as const;

export const wayFlag = {
  oneWay: 1,
  roundabout: 2,
  bridge: 4,
  tunnel: 8,
  link: 16,
  /** Only for those who have business there, in one direction at least: private, destination, customers, delivery. */
  restricted: 32,
  toll: 64,
  lanesAreAssumed: 128,
  /** The car is carried: ferry or shuttle train. */
  ferry: 256,
  /** Motorways and their slip roads. */
  motorway: 512,
  unpaved: 1_024,
  /** No route begins or ends here: on the water, on private drives. */
  noStart: 2_048,
  /** A ring without the rules of a roundabout. */
  circular: 4_096,
  /** Traffic keeps to the left. */
  leftHand: 8_192,
} as const;

export const edgeFlag = {
  /** The biggest connected part of the network can be reached from here. */
  leadsOut: 1,
  /** It can be reached from the biggest connected part. */
  isReached: 2,
  /** In this direction only for those who have business there. */
  restricted: 4,
} as const;

/** What a road is, by its place in the network. */
export type { RoadClass };
