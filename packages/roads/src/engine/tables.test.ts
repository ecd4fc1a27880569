import fc from "fast-check";
import { expect, test } from "vitest";
import { dijkstra } from "../../test/dijkstra.ts";
import { gridMap } from "../../test/grid-map.ts";
import { smallCity } from "../../test/small-map.ts";
import type { City } from "../city.ts";
import type { EdgeEnd, MetricChoice } from "./choice.ts";
import { edgeCostsOf } from "./costs.ts";
import { createEngine } from "./engine.ts";
import type { Engine } from "./engine.ts";

const choice: fc.Arbitrary<MetricChoice> = fc.constantFrom(
  { aim: "time", avoid: [] },
  { aim: "distance", avoid: ["toll"] },
  { aim: "time", avoid: [], exclude: ["toll", "tunnel"] },
);

const places = fc.array(
  fc.record({ edge: fc.nat(1000), share: fc.double({ min: 0, max: 1, noNaN: true }), bothWays: fc.boolean() }),
  { minLength: 2, maxLength: 6 },
);

type Places = typeof places extends fc.Arbitrary<infer T> ? T : never;

function endsOf({ graph }: City, chosen: Places): readonly (readonly EdgeEnd[])[] {
  return chosen.map(({ edge: any, share, bothWays }) => {
    const edge = any % graph.edgeCount;
    const road = graph.edgeRoad[edge];
    const other = graph.roadForward[road] === edge ? graph.roadBackward[road] : graph.roadForward[road];
    return bothWays && other >= 0
      ? [
          { edge, share },
          { edge: other, share: 1 - share },
        ]
      : [{ edge, share }];
  });
}

/** Seconds and metres of the path that the engine finds, added up along it. */
function alongPath(
  { graph }: City,
  engine: Engine,
  choice: MetricChoice,
  starts: readonly EdgeEnd[],
  goals: readonly EdgeEnd[],
): { readonly seconds: number; readonly metres: number } {
  const states = engine.find(choice, starts, goals)?.states;
  if (states === undefined) return { seconds: NaN, metres: NaN };
  let ms = 0;
  let metres = 0;
  for (const [i, state] of states.entries()) {
    const edge = graph.stateEdge[state];
    const from = i === 0 ? (starts.find((start) => start.edge === edge)?.share ?? NaN) : 0;
    const to = i === states.length - 1 ? (goals.find((goal) => goal.edge === edge)?.share ?? NaN) : 1;
    ms += (to - from) * graph.edgeMs[edge];
    metres += (to - from) * graph.roadLength[graph.edgeRoad[edge]];
    if (i === 0) continue;
    for (let turn = graph.turnFirst[states[i - 1]]; turn < graph.turnFirst[states[i - 1] + 1]; turn++) {
      if (graph.turnTo[turn] === state) ms += graph.turnMs[turn];
    }
  }
  return { seconds: ms / 1000, metres };
}

test("a table tells for every pair what the cheapest way costs, and how long and how far that way is", () => {
  fc.assert(
    fc.property(gridMap, choice, places, places, (map, choice, from, to) => {
      fc.pre(map.ways.length > 0);
      const city = smallCity(map);
      const engine = createEngine(city);
      const sources = endsOf(city, from);
      // Some targets are sources, too.
      const targets = [...endsOf(city, to), sources[0]];
      const table = engine.matrix(choice, sources, targets, { duration: true, distance: true, weight: true });
      for (const [s, starts] of sources.entries()) {
        for (const [t, goals] of targets.entries()) {
          const cell = s * targets.length + t;
          const cost = engine.cost(choice, starts, goals);
          expect(table.weights?.[cell]).toBe(cost === Infinity ? NaN : cost);
          const { seconds, metres } = alongPath(city, engine, choice, starts, goals);
          // Of several cheapest ways the table may mean another one, which is as long in what the choice is about.
          if (Number.isNaN(seconds)) expect([table.durations?.[cell], table.distances?.[cell]]).toEqual([NaN, NaN]);
          else if (choice.aim === "time") expect(table.durations?.[cell]).toBeCloseTo(seconds, 2);
          else expect(table.distances?.[cell]).toBeCloseTo(metres, 0);
        }
      }
    }),
    { numRuns: 40 },
  );
});

test("what can be reached in time is what plain searches reach", () => {
  fc.assert(
    fc.property(gridMap, places, fc.integer({ min: 5, max: 200 }), (map, from, limit) => {
      fc.pre(map.ways.length > 0);
      const city = smallCity(map);
      const { graph } = city;
      const choice: MetricChoice = { aim: "time", avoid: [] };
      const [starts] = endsOf(city, from);
      const { edges, seconds, entered } = createEngine(city).reach(choice, starts, limit);
      const cost = dijkstra(graph, edgeCostsOf(graph, choice, {}), starts);
      const direct = new Set(starts.map(({ edge }) => edge));
      for (let edge = 0; edge < graph.edgeCount; edge++) {
        const at = edges.indexOf(edge);
        if (at >= 0) expect(seconds[at] - entered[at]).toBeCloseTo(graph.edgeMs[edge] / 1000, 6);
        // The time never exceeds what the router counts, and equals it on roads without extras.
        if (!direct.has(edge) && cost[edge] <= limit * 1000) expect(at).toBeGreaterThanOrEqual(0);
        if (cost[edge] === Infinity && !direct.has(edge)) {
          const isCopy = [...graph.stateEdge].some((e, state) => e === edge && cost[state] < Infinity);
          if (!isCopy) expect(at).toBe(-1);
        }
        if (at >= 0) expect(entered[at]).toBeLessThanOrEqual(limit);
      }
    }),
    { numRuns: 40 },
  );
});

test("a detour is the way there and the way on, less the way without it", () => {
  fc.assert(
    fc.property(gridMap, places, places, (map, ends, stops) => {
      fc.pre(map.ways.length > 0);
      const city = smallCity(map);
      const choice: MetricChoice = { aim: "time", avoid: [], exclude: ["tunnel"] };
      const engine = createEngine(city);
      const [starts, goals] = endsOf(city, ends);
      const places = endsOf(city, stops);
      const extra = engine.detours(choice, starts, goals, places);
      const plain = alongPath(city, engine, choice, starts, goals).seconds;
      for (const [i, place] of places.entries()) {
        const there = alongPath(city, engine, choice, starts, place).seconds;
        const onward = alongPath(city, engine, choice, place, goals).seconds;
        const expected = there + onward - plain;
        if (Number.isNaN(expected)) expect(extra[i]).toBeNaN();
        else expect(extra[i]).toBeCloseTo(Math.max(0, expected), 1);
      }
    }),
    { numRuns: 60 },
  );
});

test("places on the way cost nothing more", () => {
  const city = smallCity({
    nodes: { a: [0, 0], b: [400, 0], c: [800, 0], d: [400, 300] },
    ways: [{ nodes: "a b" }, { nodes: "b c" }, { nodes: "b d", tags: { oneway: "yes" } }],
  });
  const { roadForward } = city.graph;
  const at = (road: number, share: number): readonly EdgeEnd[] => [{ edge: roadForward[road], share }];
  const engine = createEngine(city);
  const choice: MetricChoice = { aim: "time", avoid: [] };
  const extra = engine.detours(choice, at(0, 0.1), at(1, 0.9), [at(0, 0.5), at(1, 0.2), at(0, 0.05), at(2, 0.5)]);
  expect(extra[0]).toBeCloseTo(0, 9);
  expect(extra[1]).toBeCloseTo(0, 9);
  expect(extra[2]).toBeGreaterThan(10);
  expect(extra[3]).toBeNaN();
});
