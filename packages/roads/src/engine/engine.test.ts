import fc from "fast-check";
import { expect, test } from "vitest";
import { costToGoals, dijkstra } from "../../test/dijkstra.ts";
import { gridMap } from "../../test/grid-map.ts";
import { costAlong, endsAt } from "../../test/paths.ts";
import { smallCity } from "../../test/small-map.ts";
import type { MetricChoice } from "./choice.ts";
import { edgeCostsOf, noWay, unreachable } from "./costs.ts";
import type { Conditions } from "./costs.ts";
import { createEngine } from "./engine.ts";

const byTime: MetricChoice = { aim: "time", avoid: [] };

const choice: fc.Arbitrary<MetricChoice> = fc.record({
  aim: fc.constantFrom("time", "distance", "energy"),
  avoid: fc.constantFrom([], ["toll"], ["tunnel", "restricted"]),
  exclude: fc.constantFrom([], [], ["toll"]),
});

const question = fc.record({
  from: fc.nat(1000),
  to: fc.nat(1000),
  leaves: fc.double({ min: 0, max: 1, noNaN: true }),
  arrives: fc.double({ min: 0, max: 1, noNaN: true }),
  bothWays: fc.boolean(),
});

test("every way is the cheapest one, whatever is wanted, wherever it begins and ends", () => {
  fc.assert(
    fc.property(gridMap, choice, fc.array(question, { minLength: 4, maxLength: 8 }), (map, choice, questions) => {
      fc.pre(map.ways.length > 0);
      const city = smallCity(map);
      const { graph } = city;
      const costs = edgeCostsOf(graph, choice, {});
      const engine = createEngine(city);
      for (const { from, to, leaves, arrives, bothWays } of questions) {
        const starts = endsAt(city, from % graph.edgeCount, leaves, bothWays);
        // Every third question stays on its road.
        const goals = endsAt(city, (to % 3 === 0 ? from : to) % graph.edgeCount, arrives, bothWays);
        const plain = costToGoals(graph, costs, dijkstra(graph, costs, starts), starts, goals);
        const found = engine.find(choice, starts, goals);
        expect(found?.cost ?? Infinity).toBe(plain);
        expect(engine.cost(choice, starts, goals)).toBe(plain);
        if (found !== undefined) expect(costAlong(city, costs, found.states, starts, goals)).toBe(plain);
      }
    }),
    { numRuns: 80 },
  );
});

test("new times count from one moment on, closed roads are not driven through, and until then the old ones hold", () => {
  fc.assert(
    fc.property(
      gridMap,
      fc.array(fc.constantFrom(0.5, 1, 3, Infinity), { minLength: 60, maxLength: 60 }),
      question,
      (map, factors, { from, to, leaves, arrives, bothWays }) => {
        fc.pre(map.ways.length > 0);
        const city = smallCity(map);
        const { graph } = city;
        const starts = endsAt(city, from % graph.edgeCount, leaves, bothWays);
        const goals = endsAt(city, to % graph.edgeCount, arrives, bothWays);
        const engine = createEngine(city);
        const plain = (conditions: Conditions) => {
          const costs = edgeCostsOf(graph, byTime, conditions);
          return costToGoals(graph, costs, dijkstra(graph, costs, starts), starts, goals);
        };
        const before = plain({});
        expect(engine.cost(byTime, starts, goals)).toBe(before);
        const edgeMs = graph.edgeMs.map((ms, edge) => {
          const factor = factors[edge % factors.length];
          return factor === Infinity ? noWay : Math.round(ms * factor);
        });
        engine.setTraffic({ edgeMs });
        do {
          expect(engine.cost(byTime, starts, goals)).toBe(before);
          expect(engine.edgeMs()).toBe(graph.edgeMs);
        } while (engine.advance());
        expect(engine.cost(byTime, starts, goals)).toBe(plain({ edgeMs }));
        expect(engine.edgeMs()).toBe(edgeMs);
        engine.setTraffic(undefined);
        while (engine.advance());
        expect(engine.cost(byTime, starts, goals)).toBe(before);
      },
    ),
    { numRuns: 40 },
  );
});

const ringRoad = smallCity({
  nodes: { a: [0, 0], b: [400, 0], c: [400, 300], d: [0, 300] },
  ways: [
    { nodes: "a b", tags: { oneway: "yes" } },
    { nodes: "b c", tags: { oneway: "yes" } },
    { nodes: "c d", tags: { oneway: "yes", toll: "yes" } },
    { nodes: "d a", tags: { oneway: "yes" } },
  ],
});

test("a goal behind the car on a one-way ring is reached by going round, one ahead at once", () => {
  const engine = createEngine(ringRoad);
  const at = (share: number) => [{ edge: 0, share }];
  expect(engine.find(byTime, at(0.2), at(0.7))?.states).toEqual([0]);
  expect(engine.find(byTime, at(0.7), at(0.2))?.states).toEqual([0, 1, 2, 3, 0]);
});

test("a road that is to be avoided is driven where nothing else leads on, and never where it is excluded", () => {
  const engine = createEngine(ringRoad);
  const [start, goal] = [[{ edge: 1, share: 0.5 }], [{ edge: 3, share: 0.5 }]];
  expect(engine.find({ aim: "time", avoid: ["toll"] }, start, goal)?.states).toEqual([1, 2, 3]);
  expect(engine.find({ aim: "time", avoid: [], exclude: ["toll"] }, start, goal)).toBeUndefined();
});

test("a closed road may be left and arrived on, but nobody drives through it", () => {
  const engine = createEngine(ringRoad);
  engine.setTraffic({ edgeMs: ringRoad.graph.edgeMs.map((ms, edge) => (edge === 2 ? noWay : ms)) });
  while (engine.advance());
  const on = (edge: number) => [{ edge, share: 0.5 }];
  expect(engine.find(byTime, on(1), on(2))?.states).toEqual([1, 2]);
  expect(engine.find(byTime, on(2), on(3))?.states).toEqual([2, 3]);
  expect(engine.find(byTime, on(1), on(3))).toBeUndefined();
  expect(engine.cost(byTime, on(1), on(3))).toBe(Infinity);
});

test("costs beyond all ways are no ways", () => {
  const engine = createEngine(ringRoad);
  engine.setTraffic({ edgeMs: ringRoad.graph.edgeMs.map((ms, edge) => (edge === 2 ? unreachable * 2 : ms)) });
  while (engine.advance());
  expect(engine.find(byTime, [{ edge: 1, share: 0.5 }], [{ edge: 3, share: 0.5 }])).toBeUndefined();
});
