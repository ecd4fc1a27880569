import type { Leg } from "./journey.ts";

/** For tests: a leg of 1,000 m straight east along the 57th parallel, in ten segments, with one turn half way. */
export function testLeg(change: Partial<Pick<Leg, "by">> & { readonly name?: string } = {}): Leg {
  const lon = (metres: number): number => 12 + metres / (111_195.08 * Math.cos((57 * Math.PI) / 180));
  const along = Float64Array.from({ length: 11 }, (_, i) => i * 100);
  const geometry = Float64Array.from({ length: 22 }, (_, i) => (i % 2 === 0 ? lon((i / 2) * 100) : 57));
  const manoeuvres = (["depart", "turn", "arrive"] as const).map((kind, i) => ({
    kind,
    modifier: "straight" as const,
    along: i * 500,
    lat: 57,
    lon: lon(i * 500),
    street: `Street ${i}`,
    ref: "",
    destination: "",
    text: `Street ${i}`,
  }));
  const to = { lat: 57, lon: lon(1_000), name: change.name ?? "Harbour" };
  return {
    by: change.by ?? "person",
    summary: {
      id: change.name ?? "way",
      to,
      stops: [{ ...to, kind: "destination", along: 1_000, after: 100, arrivalCharge: 79 }],
      via: "",
      delay: 0,
      traffic: [],
      notices: [],
      distance: 1_000,
      duration: 100,
      energy: 0.2,
      arrivalCharge: 79,
      geometry: Array.from(geometry),
      manoeuvres,
    },
    route: {
      kind: "route",
      distance: 1_000,
      duration: 100,
      geometry,
      along,
      time: Float64Array.from(along, (metres) => metres / 10),
      limits: new Float32Array(10).fill(50 / 3.6),
      speeds: new Float32Array(10).fill(50 / 3.6),
      edges: new Int32Array(0),
      pieces: [],
      manoeuvres,
      events: [],
      streets: [],
      startGap: 0,
      endGap: 0,
    },
    path: testPath,
  };
}

const none = new Float64Array(0);
const testPath: Leg["path"] = {
  origin: { lat: 57, lon: 12 },
  x: none,
  y: none,
  s: none,
  heading: none,
  curvature: none,
  limit: none,
  along: none,
  stops: [],
};
