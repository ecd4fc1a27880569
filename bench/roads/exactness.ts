import type { City } from "@caravan/roads";
import type { EdgeEnd, Engine, MetricChoice } from "@caravan/roads/routing";
import { edgeCostsOf } from "../../packages/roads/src/engine/costs.ts";
import { costToGoals, Dijkstra } from "../../packages/roads/test/dijkstra.ts";
import { chance } from "./figures.ts";
import { randomEnds, randomTraffic } from "./random-ends.ts";

const choice: MetricChoice = { aim: "time", avoid: [] };

/** How many pairs were asked, and how many of the engine's answers were not those of a plain Dijkstra. */
export interface Exactness {
  readonly pairs: number;
  readonly differences: number;
  /** Pairs where no way leads; both have to say so. */
  readonly without: number;
}

/**
 * The engine beside one tree of a plain Dijkstra for each source, after each of some re-weightings with closures. Sources and targets lie
 * anywhere on their roads, on one side or both; every twentieth target lies on the road of its source, ahead or behind.
 */
export function compareWithDijkstra(
  city: City,
  engine: Engine,
  { weightings, sources, targets }: { readonly weightings: number; readonly sources: number; readonly targets: number },
): Exactness {
  const { graph } = city;
  const random = chance(2026);
  const plain = new Dijkstra(graph);
  let differences = 0;
  let without = 0;
  for (let w = 0; w < weightings; w++) {
    const traffic = randomTraffic(city, random);
    engine.setTraffic(traffic);
    while (engine.advance());
    const costs = edgeCostsOf(graph, choice, traffic);
    const goals = Array.from({ length: targets }, () => randomEnds(city, random));
    for (let s = 0; s < sources; s++) {
      const starts = randomEnds(city, random);
      plain.run(costs, starts);
      for (const [t, others] of goals.entries()) {
        const target = t % 20 === 0 ? onSameRoad(starts, random()) : others;
        const expected = costToGoals(graph, costs, plain.cost, starts, target);
        if (expected === Infinity) without++;
        if (engine.cost(choice, starts, target) !== expected) differences++;
      }
    }
  }
  engine.setTraffic(undefined);
  while (engine.advance());
  return { pairs: weightings * sources * targets, differences, without };
}

/** The same edges at another place. */
function onSameRoad(starts: readonly EdgeEnd[], share: number): readonly EdgeEnd[] {
  return starts.map(({ edge }, i) => ({ edge, share: i === 0 ? share : 1 - share }));
}
