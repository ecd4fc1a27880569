import { readFileSync } from "node:fs";
import { join } from "node:path";
import { inflateSync } from "node:zlib";
import { expect, test } from "vitest";
import { costToGoals, Dijkstra } from "../../test/dijkstra.ts";
import { costAlong, endsAt } from "../../test/paths.ts";
import { importCity } from "../import/import-city.ts";
import type { MetricChoice } from "./choice.ts";
import { edgeCostsOf, noWay } from "./costs.ts";
import { createEngine } from "./engine.ts";

const data = process.env["CARAVAN_TESTDATA"];

/** Another part of the city each day. */
const day = Math.floor(Date.now() / 86_400_000);

test.skipIf(data === undefined)(
  `in Monaco no way is cheaper than the one found, before and after some roads are closed (sample ${day})`,
  async () => {
    const bytes = readFileSync(join(data ?? "", "maps", "monaco.osm.pbf"));
    const inflate = (packed: Uint8Array, size: number) => inflateSync(packed, { maxOutputLength: Math.max(1, size) });
    const city = await importCity({ kind: "pbf", bytes, inflate }, { name: "Monaco" });
    const { graph } = city;
    let state = day;
    const random = () => {
      state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
      return state / 2 ** 32;
    };
    const place = () => endsAt(city, Math.floor(random() * graph.edgeCount), random(), random() < 0.5);
    const engine = createEngine(city);
    const plain = new Dijkstra(graph);
    const closures = graph.edgeMs.map((ms) => (random() < 0.02 ? noWay : Math.round(ms * (1 + 2 * random()))));
    for (const edgeMs of [undefined, closures]) {
      if (edgeMs !== undefined) engine.setTraffic({ edgeMs });
      while (engine.advance());
      for (const choice of [
        { aim: "time", avoid: [] },
        { aim: "distance", avoid: ["toll", "tunnel"] },
      ] satisfies readonly MetricChoice[]) {
        const costs = edgeCostsOf(graph, choice, { edgeMs });
        for (let s = 0; s < 6; s++) {
          const starts = place();
          plain.run(costs, starts);
          for (let t = 0; t < 100; t++) {
            const goals = place();
            const found = engine.find(choice, starts, goals);
            expect(found?.cost ?? Infinity).toBe(costToGoals(graph, costs, plain.cost, starts, goals));
            if (found !== undefined) expect(costAlong(city, costs, found.states, starts, goals)).toBe(found.cost);
          }
        }
      }
    }
  },
  60_000,
);
