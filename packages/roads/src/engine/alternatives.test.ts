import fc from "fast-check";
import { expect, test } from "vitest";
import { gridMap } from "../../test/grid-map.ts";
import { costAlong, endsAt } from "../../test/paths.ts";
import { smallCity } from "../../test/small-map.ts";
import type { MetricChoice } from "./choice.ts";
import { edgeCostsOf } from "./costs.ts";
import { createEngine } from "./engine.ts";

const byTime: MetricChoice = { aim: "time", avoid: [] };

test("other ways are real ones, little dearer than the best, mostly different from it, and drive no road twice", () => {
  let others = 0;
  fc.assert(
    fc.property(gridMap, fc.nat(1000), fc.nat(1000), (map, from, to) => {
      fc.pre(map.ways.length > 0);
      const city = smallCity(map);
      const { graph } = city;
      const engine = createEngine(city);
      const costs = edgeCostsOf(graph, byTime, {});
      const starts = endsAt(city, from % graph.edgeCount, 0.5, true);
      const goals = endsAt(city, to % graph.edgeCount, 0.5, true);
      const found = engine.alternatives(byTime, starts, goals, 2);
      expect(found.length).toBeLessThanOrEqual(3);
      expect(found[0]).toEqual(engine.find(byTime, starts, goals));
      for (const path of found) expect(costAlong(city, costs, path.states, starts, goals)).toBe(path.cost);
      const [best, ...rest] = found;
      others += rest.length;
      for (const [i, { states, cost }] of rest.entries()) {
        expect(cost).toBeGreaterThanOrEqual(found[i].cost);
        expect(cost).toBeLessThanOrEqual(best.cost * 1.25);
        const before = new Set(found.slice(0, i + 1).flatMap((path) => path.states));
        const inner = states.slice(1, -1).filter((state) => before.has(state));
        const shared = inner.reduce((sum, state) => sum + costs.edge[graph.stateEdge[state]], 0);
        expect(shared).toBeLessThanOrEqual(0.75 * best.cost);
        expect(new Set(states.map((state) => graph.edgeRoad[graph.stateEdge[state]])).size).toBe(states.length);
      }
    }),
    { numRuns: 150, seed: 7 },
  );
  expect(others).toBeGreaterThan(5);
});

test("round an island both sides are offered, but not a way that leaves the street only to come back to it", () => {
  const city = smallCity({
    nodes: { a: [0, 0], b: [300, 0], c: [600, 90], d: [600, -100], e: [900, 0], f: [1200, 0], g: [1050, 40] },
    ways: [
      { nodes: "a b" },
      { nodes: "b c e" },
      { nodes: "b d e" },
      { nodes: "e f" },
      { nodes: "e g f", tags: { highway: "service" } },
    ],
  });
  const { roadForward } = city.graph;
  const found = createEngine(city).alternatives(
    byTime,
    [{ edge: roadForward[0], share: 0.5 }],
    [{ edge: roadForward[3], share: 1 }],
    2,
  );
  expect(found.map(({ states }) => states)).toEqual([
    [0, 1, 3].map((road) => roadForward[road]),
    [0, 2, 3].map((road) => roadForward[road]),
  ]);
});

test("where there is one way only, it is alone, and where there is none, so is nothing", () => {
  const city = smallCity({
    nodes: { a: [0, 0], b: [300, 0], c: [600, 0] },
    ways: [
      { nodes: "a b", tags: { oneway: "yes" } },
      { nodes: "b c", tags: { oneway: "yes" } },
    ],
  });
  const engine = createEngine(city);
  const at = (edge: number) => [{ edge, share: 0.5 }];
  expect(engine.alternatives(byTime, at(0), at(1), 2)).toHaveLength(1);
  expect(engine.alternatives(byTime, at(1), at(0), 2)).toEqual([]);
});
