import { expect, test } from "vitest";
import { placeAt, smallCity } from "../../test/small-map.ts";
import { noWay } from "../engine/costs.ts";
import { trafficTimes } from "./edge-times.ts";
import { Segments } from "./segments.ts";
import { createTraffic } from "./traffic.ts";
import type { HeardSpeed } from "./traffic.ts";

/** West - 1 km with a bend in the middle - east, and a street north from its east end. */
const city = smallCity({
  nodes: { a: [0, 0], b: [400, 0], c: [1_000, 0], d: [1_000, 500], e: [1_400, 0] },
  ways: [{ nodes: "a b c", tags: { maxspeed: "50" } }, { nodes: "c d" }, { nodes: "c e" }],
});
const { graph } = city;
const segments = new Segments(graph);
const edgeOfRoad = (road: number, forward: boolean) => (forward ? graph.roadForward[road] : graph.roadBackward[road]);
const east = edgeOfRoad(0, true);
const west = edgeOfRoad(0, false);
const node = (segment: number) => [segments.fromOf(segment), segments.toOf(segment)] as const;
const [first, second] = segments.ofEdge(east);
const at = 1_700_000_000_000;

function heard(segment: number, speed: number, more: Partial<HeardSpeed> = {}): HeardSpeed {
  const [from, to] = node(segment);
  return { from, to, speed, at, probes: 3, ...more };
}

test("every segment is found by its nodes and leads back to its edge", () => {
  for (let edge = 0; edge < graph.edgeCount; edge++) {
    for (const segment of segments.ofEdge(edge)) {
      expect(segments.edgeOf(segment)).toBe(edge);
      expect(segments.find(...node(segment))).toEqual([segment]);
    }
  }
  expect(segments.find(1, 999_999_999)).toEqual([]);
});

test("the parts of an edge between two places are found in driving order, and a stop lies on one", () => {
  expect(segments.within(east, 300, 700).map(({ segment, metres }) => [segment, Math.round(metres)])).toEqual([
    [first, 100],
    [second, 300],
  ]);
  expect(segments.within(east, 500, 500)).toEqual([{ segment: second, metres: 0 }]);
  const whole = segments.within(west, 0, Infinity);
  expect(whole.map(({ segment }) => node(segment).toReversed())).toEqual(
    [node(second), node(first)].map((pair) => [...pair]),
  );
});

test("speeds of a file become times of edges, a part without a speed takes what the map says", () => {
  const speed = (segment: number, kmh: number) => ({ from: node(segment)[0], to: node(segment)[1], speed: kmh / 3.6 });
  const whole = trafficTimes(city, [speed(first, 36), speed(second, 18)]).edgeMs;
  expect(whole[east]).toBeCloseTo((400 / 10 + 600 / 5) * 1_000, -2);
  expect(whole[west]).toBe(graph.edgeMs[west]);
  const part = trafficTimes(city, [speed(first, 36)]).edgeMs;
  expect(part[east]).toBeCloseTo(40_000 + 0.6 * graph.edgeMs[east], -2);
  expect(trafficTimes(city, [speed(first, 0)]).edgeMs[east]).toBe(noWay);
  expect(trafficTimes(city, [{ from: 77, to: 78, speed: 1 }]).edgeMs).toEqual(graph.edgeMs);
});

test("slow cars make a queue on their direction only, and one car alone counts less than several", () => {
  const traffic = createTraffic(city);
  expect(traffic.times(at)).toBeUndefined();
  traffic.hear({ speeds: [heard(first, 1.5), heard(second, 1.5)], incidents: [] });
  const several = traffic.times(at)?.edgeMs[east] ?? 0;
  expect(several).toBeGreaterThan(500_000);
  expect([traffic.level(east), traffic.level(west)]).toEqual(["queue", "unknown"]);
  expect(traffic.slow(10)).toMatchObject([{ edge: east, level: "queue", line: { length: 6 } }]);
  traffic.hear({ speeds: [heard(first, 1.5, { probes: 1 }), heard(second, 1.5, { probes: 1 })], incidents: [] });
  const single = traffic.times(at)?.edgeMs[east] ?? 0;
  expect(single).toBeLessThan(several);
  expect(single).toBeGreaterThan(graph.edgeMs[east] * 3);
});

test("a measurement fades with its age, to what is usual and without that to what the map says", () => {
  const traffic = createTraffic(city);
  const slow = [heard(first, 2), heard(second, 2)];
  traffic.hear({ speeds: slow, incidents: [] });
  const ages = [0, 4, 10, 15].map((minutes) => traffic.times(at + minutes * 60_000)?.edgeMs[east] ?? 0);
  expect(ages[1]).toBe(ages[0]);
  expect(ages[2]).toBeLessThan(ages[1]);
  expect(ages[3]).toBeLessThan(ages[2]);
  expect(traffic.times(at + 21 * 60_000)).toBeUndefined();
  const usual = [heard(first, 7, { probes: 0 }), heard(second, 7, { probes: 0 })];
  traffic.hear({ speeds: [...slow, ...usual], incidents: [] });
  const [now, later] = [0, 30].map((minutes) => traffic.times(at + minutes * 60_000)?.edgeMs[east] ?? 0);
  expect(now / ages[0]).toBeCloseTo(1, 1);
  expect(later).toBeCloseTo((1_000 / 7) * 1_000 - 8_000, -3);
});

test("a stop at a red light or a junction is no queue", () => {
  const lights = smallCity({
    nodes: { a: [0, 0], b: [120, 0], s: [130, 0, { highway: "traffic_signals" }], c: [300, 0], d: [130, 200] },
    ways: [{ nodes: "a b s c", tags: { maxspeed: "50" } }, { nodes: "s d" }],
  });
  const traffic = createTraffic(lights);
  const own = new Segments(lights.graph);
  const edge = lights.graph.roadForward[0];
  const [, last] = own.ofEdge(edge);
  traffic.hear({
    speeds: [{ from: own.fromOf(last), to: own.toOf(last), speed: 10 / 25, at, probes: 1 }],
    incidents: [],
  });
  traffic.times(at);
  expect(traffic.level(edge)).toBe("free");
});

test("a closure shuts the nearest road while it lasts, in one direction or both", () => {
  const traffic = createTraffic(city);
  const closure = { id: "1", kind: "closure" as const, ...placeAt(500, 3), until: at + 60_000 };
  traffic.hear({ speeds: [heard(first, 10), heard(second, 10)], incidents: [closure] });
  const both = traffic.times(at)?.edgeMs;
  expect([both?.[east], both?.[west]]).toEqual([noWay, noWay]);
  expect(traffic.level(west)).toBe("closed");
  expect(traffic.incidents()).toMatchObject([
    { id: "1", kind: "closure", edges: expect.arrayContaining([east, west]) },
  ]);
  expect(traffic.times(at + 60_000)?.edgeMs[west]).toBe(graph.edgeMs[west]);
  traffic.hear({ speeds: [], incidents: [{ ...closure, heading: 85 }] });
  const one = traffic.times(at)?.edgeMs;
  expect([one?.[east], one?.[west]]).toEqual([noWay, graph.edgeMs[west]]);
  traffic.hear({
    speeds: [],
    incidents: [
      { ...closure, kind: "works" },
      { ...closure, id: "2", ...placeAt(5_000, 0) },
    ],
  });
  expect(traffic.times(at)).toBeUndefined();
  expect(traffic.incidents().map(({ edges }) => edges.length)).toEqual([2, 0]);
});

test("an incident on a junction is one of the bigger road", () => {
  const junction = smallCity({
    nodes: { s: [0, -200], m: [0, 0], n: [0, 200], w: [-200, 0], e: [200, 0] },
    ways: [{ nodes: "s m n" }, { nodes: "w m e", tags: { highway: "primary" } }],
  });
  const traffic = createTraffic(junction);
  traffic.hear({ speeds: [], incidents: [{ id: "1", kind: "accident", ...placeAt(0, 0) }] });
  traffic.times(at);
  const [incident] = traffic.incidents();
  expect(incident.edges).toHaveLength(2);
  for (const edge of incident.edges) expect(junction.graph.roadWay[junction.graph.edgeRoad[edge]]).toBe(1);
});

test("a file's speeds hold until something fresh is measured", () => {
  const traffic = createTraffic(city);
  traffic.feed([heard(first, 5), heard(second, 5)]);
  expect(traffic.times(at)?.edgeMs[east]).toBeCloseTo(200_000, -2);
  traffic.hear({ speeds: [heard(first, 14), heard(second, 14)], incidents: [] });
  expect(traffic.times(at)?.edgeMs[east] ?? Infinity).toBeLessThan(85_000);
  expect(traffic.times(at + 3_600_000)?.edgeMs[east]).toBeCloseTo(200_000, -2);
});
