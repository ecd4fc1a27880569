import fc from "fast-check";
import { expect, test } from "vitest";
import { costToGoals, dijkstra } from "../../test/dijkstra.ts";
import { gridMap } from "../../test/grid-map.ts";
import { endsAt } from "../../test/paths.ts";
import { smallCity } from "../../test/small-map.ts";
import type { MetricChoice } from "./choice.ts";
import { edgeCostsOf } from "./costs.ts";
import type { Conditions } from "./costs.ts";
import { createEngine } from "./engine.ts";

const choices: readonly MetricChoice[] = [
  { aim: "time", avoid: [] },
  { aim: "time", avoid: ["toll"] },
  { aim: "time", avoid: ["toll", "tunnel"] },
  { aim: "distance", avoid: [] },
  { aim: "distance", avoid: ["restricted"] },
  { aim: "energy", avoid: [] },
  { aim: "time", avoid: [], exclude: ["toll"] },
];

const event = fc.oneof(
  fc.record({ kind: fc.constant("ask" as const), choice: fc.constantFrom(...choices) }),
  fc.record({ kind: fc.constant("advance" as const), slices: fc.integer({ min: 1, max: 4 }) }),
  fc.record({ kind: fc.constant("traffic" as const), factor: fc.constantFrom(1, 2, 5) }),
  fc.record({ kind: fc.constant("energy" as const), each: fc.integer({ min: 1, max: 900 }) }),
);

test("many choices share little memory, and each is answered by what counts at that moment", () => {
  fc.assert(
    fc.property(gridMap, fc.array(event, { minLength: 10, maxLength: 40 }), (map, events) => {
      fc.pre(map.ways.length > 0);
      const city = smallCity(map);
      const { graph } = city;
      const starts = endsAt(city, 0, 0.3, true);
      const goals = endsAt(city, graph.edgeCount - 1, 0.6, true);
      const engine = createEngine(city);
      let now: Conditions = {};
      let told: Conditions = {};
      for (const event of events) {
        switch (event.kind) {
          case "ask": {
            const costs = edgeCostsOf(graph, event.choice, now);
            const plain = costToGoals(graph, costs, dijkstra(graph, costs, starts), starts, goals);
            expect(engine.cost(event.choice, starts, goals)).toBe(plain);
            break;
          }
          case "advance": {
            for (let i = 0; i < event.slices; i++) if (!engine.advance()) now = told;
            break;
          }
          case "traffic": {
            told = { ...told, edgeMs: graph.edgeMs.map((ms, edge) => (edge % 3 === 0 ? ms * event.factor : ms)) };
            engine.setTraffic({ edgeMs: told.edgeMs ?? graph.edgeMs });
            break;
          }
          case "energy": {
            told = { ...told, edgeMilliWattHours: graph.edgeMs.map((_, edge) => (edge % 4) * event.each) };
            engine.setEnergy(told.edgeMilliWattHours);
          }
        }
      }
    }),
    { numRuns: 60 },
  );
});
