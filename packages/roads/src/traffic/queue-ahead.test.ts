import { expect, test } from "vitest";
import { smallCity } from "../../test/small-map.ts";
import { Segments } from "./segments.ts";
import { createTraffic } from "./traffic.ts";
import type { TrafficLevel } from "./level.ts";

/** High Street runs east over two crossings, with a point every 50 m; its last part has another name. */
const nodes = {
  a: [0, 0],
  b: [100, 0],
  c: [200, 0],
  d: [300, 0],
  x: [400, 0],
  e: [450, 0],
  f: [500, 0],
  y: [550, 0],
  g: [600, 0],
  h: [700, 0],
  i: [750, 0],
  s: [400, -100],
  n: [400, 100],
  t: [550, -100],
  m: [550, 100],
} as const;
const city = smallCity({
  nodes,
  ways: [
    { nodes: "a b c d x e f y g h", tags: { name: "High Street", maxspeed: "50" } },
    { nodes: "h i", tags: { name: "Other Street", maxspeed: "50" } },
    { nodes: "s x n", tags: { name: "First Street" } },
    { nodes: "t y m", tags: { name: "Second Street" } },
    { nodes: "h m", tags: { name: "Third Street" } },
  ],
});
const { graph } = city;
const names = Object.keys(nodes);
const own = new Segments(graph);
const at = 1_700_000_000_000;

/** Levels and milliseconds of the street's three parts, going east, when these speeds (m/s) were measured: "a b" is the road from a to b. */
function heard(speeds: Readonly<Record<string, number>>) {
  const traffic = createTraffic(city);
  const numbers = (pair: string) => pair.split(" ").map((name) => names.indexOf(name) + 1);
  const told = Object.entries(speeds).map(([pair, speed]) => {
    const [from = 0, to = 0] = numbers(pair);
    return { from, to, speed, at, probes: 3 };
  });
  traffic.hear({ speeds: told, incidents: [] });
  const edgeMs = traffic.times(at)?.edgeMs ?? graph.edgeMs;
  const parts = ["a b", "x e", "y g"].map((pair) => {
    const [from = 0, to = 0] = numbers(pair);
    const [segment = -1] = own.find(from, to);
    return own.edgeOf(segment);
  });
  return {
    levels: parts.map((edge): TrafficLevel => traffic.level(edge)),
    delays: parts.map((edge) => Math.round((edgeMs[edge] - graph.edgeMs[edge]) / 1_000)),
  };
}

test("where cars queue, the road ahead of them up to the next junction is taken for a queue, and none beyond it", () => {
  const { levels, delays } = heard({ "a b": 13, "b c": 0.6 });
  expect(levels).toEqual(["queue", "unknown", "unknown"]);
  // 100 m at 0.6 m/s, and 200 m at no less than 2 m/s, in place of half a minute on a free road.
  expect(delays[0]).toBeGreaterThan(0.8 * (100 / 0.6 + 100));
  expect(delays[0]).toBeLessThan(100 / 0.6 + 100);
});

test("a car that has come out of the queue shows where it ends", () => {
  const seen = heard({ "a b": 13, "b c": 0.6, "d x": 13 });
  const unseen = heard({ "a b": 13, "b c": 0.6 });
  expect(seen.delays[0]).toBeLessThan((unseen.delays[0] ?? 0) - 60);
});

test("between two queues on one street the road is one queue, over a crossing too", () => {
  const { levels, delays } = heard({ "d x": 0.6, "y g": 0.6, "g h": 0.6 });
  expect(levels).toEqual(["queue", "queue", "queue"]);
  expect(delays[1]).toBeGreaterThan(50);
});

test("a queue, a free part and a queue stay three", () => {
  expect(heard({ "d x": 0.6, "e f": 13, "y g": 0.6, "g h": 0.6 }).levels).toEqual(["queue", "free", "queue"]);
});

test("a wait at the crossing is no queue and reaches nowhere", () => {
  const { levels } = heard({ "a b": 13, "b c": 13, "c d": 13, "d x": 6, "y g": 0.6, "g h": 0.6 });
  expect(levels).toEqual(["free", "unknown", "queue"]);
});
