import type { RoutePiece } from "@caravan/roads/routing";

import type { Way } from "./way.ts";

const metresPerDegreeEast = 111_195.08 * Math.cos((57 * Math.PI) / 180);
const lonAt = (metres: number): number => 12 + metres / metresPerDegreeEast;

export interface TestWay {
  readonly id?: string;
  readonly name?: string;
  readonly by?: Way["by"];
  /** Metres at which there are stops before the destination. */
  readonly stops?: readonly number[];
  /** Changes each of the ten pieces of 100 m. */
  readonly piece?: (index: number) => Partial<RoutePiece>;
}

/** For tests: a way of 1,000 m straight east along the 57th parallel, in ten pieces at 10 m/s, with one turn half way. */
export function testWay({ id = "way", name = "Harbour", by = "person", stops = [], piece }: TestWay = {}): Way {
  const along = Float64Array.from({ length: 11 }, (_, i) => i * 100);
  const geometry = Float64Array.from({ length: 22 }, (_, i) => (i % 2 === 0 ? lonAt((i / 2) * 100) : 57));
  const pieces = Array.from({ length: 10 }, (_, i) => ({ ...usual(i), ...piece?.(i) }));
  const manoeuvres = (["depart", "turn", "arrive"] as const).map((kind, i) => ({
    kind,
    modifier: "straight" as const,
    along: i * 500,
    point: i * 5,
    piece: Math.min(9, i * 5),
    lat: 57,
    lon: lonAt(i * 500),
    bearingBefore: 90,
    bearingAfter: 90,
    street: `Street ${i}`,
    pronunciation: "",
    ref: "",
    destination: "",
    junction: "",
    drivingSide: "right" as const,
    mode: "driving" as const,
    text: `Street ${i}`,
  }));
  const ends = [...stops, 1_000];
  const asked = ends.map((metres, i) => ({
    lat: 57,
    lon: lonAt(metres),
    name: i === ends.length - 1 ? name : `Stop ${i + 1}`,
  }));
  const to = { lat: 57, lon: lonAt(1_000), name };
  const duration = pieces.reduce((sum, { seconds }) => sum + seconds, 0);
  return {
    by,
    asked,
    mayCharge: true,
    cost: { pace: 1, energyOf: (metres) => metres * 0.000_2, percentPerKwh: 2, charge: 80 },
    summary: {
      id,
      to,
      stops: asked.map((place, i) => ({
        ...place,
        kind: i === asked.length - 1 ? "destination" : "stop",
        along: ends[i] ?? 0,
        after: (ends[i] ?? 0) / 10,
        arrivalCharge: 79,
      })),
      via: "",
      distance: 1_000,
      duration,
      delay: duration - 100,
      energy: 0.2,
      arrivalCharge: 79,
      geometry: Array.from(geometry),
      manoeuvres,
      traffic: [],
      notices: [],
    },
    route: {
      kind: "route",
      distance: 1_000,
      duration,
      freeDuration: 100,
      weight: 100,
      geometry,
      along,
      time: Float64Array.from(along, (metres) => metres / 10),
      nodes: new Float64Array(11),
      limits: new Float32Array(10).fill(50 / 3.6),
      speeds: new Float32Array(10).fill(50 / 3.6),
      edges: Int32Array.from({ length: 10 }, (_, i) => i),
      pieces,
      manoeuvres,
      intersections: [],
      legs: ends.map((metres, i) => ({
        from: ends[i - 1] ?? 0,
        to: metres,
        firstManoeuvre: 0,
        lastManoeuvre: 2,
        firstPiece: 0,
        firstNode: 0,
        lastNode: 0,
        firstIntersection: 0,
        lastPiece: 9,
        duration: (metres - (ends[i - 1] ?? 0)) / 10,
        weight: 0,
      })),
      events: [],
      streets: [],
      startGap: 0,
      endGap: 0,
    },
  };
}

function usual(i: number): RoutePiece {
  return {
    edge: i,
    first: i,
    last: i + 1,
    from: i * 100,
    to: (i + 1) * 100,
    limit: 50 / 3.6,
    speed: 50 / 3.6,
    seconds: 10,
    freeSeconds: 10,
    turnSeconds: 0,
    weightSeconds: 10,
    turnWeight: 0,
    class: "residential",
    lanes: 1,
    width: 7,
    oneWay: false,
    roundabout: false,
    bridge: false,
    tunnel: false,
    toll: false,
    motorway: false,
    ferry: false,
    unpaved: false,
    restricted: false,
    street: "",
    ref: "",
  };
}
