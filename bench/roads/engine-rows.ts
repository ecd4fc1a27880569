import { createEngine } from "@caravan/roads/routing";
import type { City } from "@caravan/roads";
import type { Engine, MetricChoice } from "@caravan/roads/routing";
import { edgeCostsOf } from "../../packages/roads/src/engine/costs.ts";
import { Dijkstra } from "../../packages/roads/test/dijkstra.ts";
import type { Row } from "../main.ts";
import { compareWithDijkstra } from "./exactness.ts";
import { chance, share, timed } from "./figures.ts";
import { randomEnds, randomTraffic } from "./random-ends.ts";

const choice: MetricChoice = { aim: "time", avoid: [] };

/** Bare shortest-time queries between random points of random roads, and the same by a plain Dijkstra that stops at its goal. */
export function queryRows(city: City, engine: Engine, quick: boolean): readonly Row[] {
  const { graph } = city;
  const random = chance(42);
  const pairs = Array.from(
    { length: quick ? 5_000 : 20_000 },
    () => [randomEnds(city, random), randomEnds(city, random)] as const,
  );
  const ask = (i: number) => {
    const [from, to] = pairs[i % pairs.length] ?? [[], []];
    engine.cost(choice, from, to);
  };
  timed(3_000, ask);
  const queries = timed(pairs.length, ask);
  const costs = edgeCostsOf(graph, choice, {});
  const plain = new Dijkstra(graph);
  const plainly = timed(quick ? 40 : 200, (i) => {
    const [from, to] = pairs[i] ?? [[], []];
    const goals = new Set(to.map(({ edge }) => edge));
    plain.run(costs, from, (state) => goals.has(graph.stateEdge[state] ?? -1));
  });
  const median = share(queries, 0.5);
  const late = share(queries, 0.99);
  const factor = share(plainly, 0.5) / median;
  // One of two is promised: these times, or this factor on a slower machine.
  const isFast = median <= 0.07 && late <= 0.15;
  const isFaster = factor >= 200;
  const times = isFast || !isFaster;
  return [
    {
      name: "bare shortest-time query, median",
      value: median,
      unit: "ms",
      ...(times ? { bar: 0.07 } : {}),
      better: "less",
    },
    { name: "... 99th percentile", value: late, unit: "ms", ...(times ? { bar: 0.15 } : {}), better: "less" },
    {
      name: "... or times faster than a plain Dijkstra",
      value: factor,
      unit: "x",
      ...(isFaster || !isFast ? { bar: 200 } : {}),
      better: "more",
    },
  ];
}

/** New traffic for every edge, worked in slice by slice with questions between. */
export function metricRows(city: City, engine: Engine, quick: boolean): readonly Row[] {
  const random = chance(7);
  const ends = Array.from({ length: 200 }, () => randomEnds(city, random));
  const whole: number[] = [];
  const slices: number[] = [];
  let asked = 0;
  for (let round = 0; round < (quick ? 4 : 12); round++) {
    const traffic = randomTraffic(city, random);
    let spent = 0;
    const work = <T>(call: () => T): T => {
      const start = performance.now();
      const answer = call();
      const ms = performance.now() - start;
      slices.push(ms);
      spent += ms;
      return answer;
    };
    work(() => engine.setTraffic(traffic));
    while (work(() => engine.advance())) {
      engine.cost(choice, ends[asked % 200] ?? [], ends[(asked * 7 + 1) % 200] ?? []);
      asked++;
    }
    whole.push(spent);
  }
  engine.setTraffic(undefined);
  while (engine.advance());
  return [
    {
      name: "new traffic metric for the whole city, median",
      value: share(whole, 0.5),
      unit: "ms",
      bar: 150,
      better: "less",
    },
    {
      name: "... questions answered meanwhile, for each",
      value: asked / whole.length,
      unit: "",
      bar: 5,
      better: "more",
    },
    { name: "... longest one waits, 95th percentile", value: share(slices, 0.95), unit: "ms", better: "less" },
  ];
}

/** Tables, and places ranked by what calling there adds to a route that is being driven. */
export function tableRows(city: City, engine: Engine, quick: boolean): readonly Row[] {
  const random = chance(99);
  const rounds = quick ? 10 : 40;
  const some = (count: number) => Array.from({ length: count }, () => randomEnds(city, random));
  const want = { duration: true, distance: true };
  const tables = timed(rounds, () => engine.matrix(choice, some(100), some(100), want)).slice(3);
  const rankings = timed(rounds, () => {
    const [from = [], to = []] = some(2);
    engine.detours(choice, from, to, some(1_000));
  }).slice(3);
  const others = timed(rounds, () => {
    const [from = [], to = []] = some(2);
    engine.alternatives(choice, from, to, 2);
  }).slice(3);
  return [
    {
      name: "matrix 100 x 100, durations and distances, median",
      value: share(tables, 0.5),
      unit: "ms",
      bar: 20,
      better: "less",
    },
    {
      name: "ranking 1,000 places by detour, median",
      value: share(rankings, 0.5),
      unit: "ms",
      bar: 20,
      better: "less",
    },
    { name: "three ways to choose from, median", value: share(others, 0.5), unit: "ms", better: "less" },
  ];
}

/** Zero differences are asked for; `pairs` says how many were looked at. */
export function exactnessRows(city: City, quick: boolean): readonly Row[] {
  const size = quick ? { weightings: 5, sources: 8, targets: 500 } : { weightings: 5, sources: 200, targets: 500 };
  const { pairs, differences, without } = compareWithDijkstra(city, createEngine(city), size);
  return [
    { name: "differences from Dijkstra, five re-weightings", value: differences, unit: "", bar: 0, better: "less" },
    { name: "... pairs looked at", value: pairs, unit: "", better: "more" },
    { name: "... of these without a way", value: without, unit: "", better: "less" },
  ];
}
