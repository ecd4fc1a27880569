import fc from "fast-check";
import { expect, test } from "vitest";
import { placeAt, smallCity, smallMap } from "../../test/small-map.ts";
import type { SmallMap } from "../../test/small-map.ts";
import type { Graph } from "../city.ts";
import { buildGraph, roadsOf } from "../graph/build-graph.ts";
import { forbiddenSequences } from "../graph/restrictions.ts";
import { roadWaysOf } from "../graph/road-ways.ts";
import { splitWays } from "../graph/split-ways.ts";
import { createEngine } from "../engine/engine.ts";
import { createRouter } from "./router.ts";

/** A cross: west - middle - east, south - middle - north, 200 m each. */
const cross: SmallMap["nodes"] = { w: [-200, 0], m: [0, 0], e: [200, 0], s: [0, -200], n: [0, 200] };
const streets = [
  { nodes: "w m", tags: { name: "Väster" } },
  { nodes: "m e", tags: { name: "Öster" } },
  { nodes: "s m", tags: { name: "Söder" } },
  { nodes: "m n", tags: { name: "Norr" } },
];
const south = placeAt(0, -150);
const west = placeAt(-150, 0);
const north = placeAt(0, 150);

function drive(map: SmallMap, from: { lat: number; lon: number; heading?: number }, to: { lat: number; lon: number }) {
  const route = createRouter(smallCity(map)).route(from, to);
  if (route.kind !== "route") throw new Error(route.kind);
  return route;
}

const namesOf = (route: { streets: readonly { name: string }[] }) => route.streets.map((street) => street.name);

test("a route goes along the streets from where one is to where one wants to be", () => {
  const route = drive({ nodes: cross, ways: streets }, south, west);
  expect(namesOf(route)).toEqual(["Söder", "Väster"]);
  expect(route.distance).toBeCloseTo(300, 0);
  expect(route.geometry.length).toBe(6);
  expect(route.along.at(-1)).toBe(route.distance);
  expect(route.time.at(-1)).toBe(route.duration);
  expect(route.manoeuvres.map(({ kind, modifier, street }) => [kind, modifier, street])).toEqual([
    ["depart", "straight", "Söder"],
    ["turn", "left", "Väster"],
    ["arrive", "straight", "Väster"],
  ]);
  expect(route.events).toEqual([
    { kind: "turn", along: expect.closeTo(150, 0), angle: expect.closeTo(Math.PI / 2, 2) },
  ]);
});

test("a place a few metres on along the same street is reached directly, in either direction", () => {
  const map = { nodes: cross, ways: streets };
  expect(drive(map, placeAt(0, -150), placeAt(0, -100)).distance).toBeCloseTo(50, 0);
  expect(drive(map, placeAt(0, -100), placeAt(0, -150)).distance).toBeCloseTo(50, 0);
});

test("on a one-way street a place just behind is reached around the block", () => {
  const nodes: SmallMap["nodes"] = { a: [0, 0], b: [200, 0], c: [200, 200], d: [0, 200] };
  const ways = ["a b", "b c", "c d", "d a"].map((line) => ({ nodes: line, tags: { oneway: "yes" } }));
  const route = drive({ nodes, ways }, placeAt(120, 0), placeAt(100, 0));
  expect(route.distance).toBeCloseTo(780, 0);
  expect(route.edges[0]).toBe(route.edges.at(-1));
});

test("a street that is one-way against its drawing is driven that way only", () => {
  const map = { nodes: cross, ways: [...streets.slice(1), { nodes: "w m", tags: { oneway: "-1" } }] };
  expect(drive(map, south, west).distance).toBeCloseTo(300, 0);
  expect(createRouter(smallCity(map)).route(west, south)).toEqual({ kind: "no-route" });
});

test("a forbidden left turn is not made; there is another way or none", () => {
  const noLeft = { tags: { type: "restriction", restriction: "no_left_turn" }, members: ["from 3", "via m", "to 1"] };
  // The way on: up to the dead end in the north, back, and then right.
  const route = drive({ nodes: cross, ways: streets, relations: [noLeft] }, { ...south, heading: 0 }, west);
  expect(route.distance).toBeCloseTo(150 + 200 + 200 + 150, 0);
  expect(route.manoeuvres.some(({ modifier }) => modifier === "uturn")).toBe(true);
});

test("a restriction that does not mean cars changes nothing", () => {
  for (const tags of [
    { type: "restriction", restriction: "no_left_turn", except: "bus;motorcar" },
    { type: "restriction", "restriction:hgv": "no_left_turn" },
    { type: "other", restriction: "no_left_turn" },
  ] as Record<string, string>[]) {
    const relations = [{ tags, members: ["from 3", "via m", "to 1"] }];
    expect(drive({ nodes: cross, ways: streets, relations }, south, west).distance).toBeCloseTo(300, 0);
  }
});

test("an only-restriction forbids all other turns", () => {
  const only = { tags: { type: "restriction", restriction: "only_straight_on" }, members: ["from 3", "via m", "to 4"] };
  const route = drive({ nodes: cross, ways: streets, relations: [only] }, { ...south, heading: 0 }, placeAt(150, 0));
  expect(namesOf(route)).toEqual(["Söder", "Norr", "Öster"]);
});

test("a restriction over a way between holds only for those who came from its beginning", () => {
  // A dual carriageway: turning round over the short piece b-e is forbidden for those from a.
  const nodes: SmallMap["nodes"] = {
    a: [-300, 0],
    b: [0, 0],
    c: [300, 0],
    d: [300, 20],
    e: [0, 20],
    f: [-300, 20],
    x: [0, -300],
  };
  const ways = [
    { nodes: "a b", tags: { oneway: "yes" } },
    { nodes: "b c", tags: { oneway: "yes" } },
    { nodes: "d e", tags: { oneway: "yes" } },
    { nodes: "e f", tags: { oneway: "yes" } },
    { nodes: "b e" },
    { nodes: "x b" },
    { nodes: "c d" },
  ];
  const relations = [{ tags: { type: "restriction", restriction: "no_u_turn" }, members: ["from 1", "via 5", "to 4"] }];
  const away = placeAt(-250, 20);
  const withRule = drive({ nodes, ways, relations }, placeAt(-250, 0), away);
  const without = drive({ nodes, ways }, placeAt(-250, 0), away);
  expect(without.distance).toBeCloseTo(250 + 20 + 250, 0);
  expect(withRule.distance).toBeCloseTo(250 + 300 + 20 + 300 + 250, 0);
  const fromSide = drive({ nodes, ways, relations }, placeAt(0, -250), away);
  expect(fromSide.distance).toBeCloseTo(250 + 20 + 250, 0);
});

test("a bollard in the street ends it for cars", () => {
  const nodes: SmallMap["nodes"] = { ...cross, p: [0, -100, { barrier: "bollard" }] };
  const ways = [...streets.filter((street) => street.nodes !== "s m"), { nodes: "s p m" }];
  const outcome = createRouter(smallCity({ nodes, ways })).route(south, west, { reach: 20 });
  expect(outcome).toEqual({ kind: "no-route" });
});

test("nobody drives through a street that is only for its residents, but to it one may", () => {
  const nodes: SmallMap["nodes"] = { a: [0, 0], b: [100, 0], c: [100, 900], d: [0, 900], h: [0, 450] };
  const ways = [
    { nodes: "a h d", tags: { motor_vehicle: "destination" } },
    { nodes: "a b" },
    { nodes: "b c" },
    { nodes: "c d" },
  ];
  expect(drive({ nodes, ways }, placeAt(50, 0), placeAt(50, 900)).distance).toBeCloseTo(1000, 0);
  expect(drive({ nodes, ways }, placeAt(50, 0), placeAt(0, 450)).distance).toBeCloseTo(500, 0);
});

test("a car that stands the wrong way does not turn on the spot", () => {
  const map = { nodes: cross, ways: streets };
  const away = drive(map, { ...placeAt(0, -100), heading: 180 }, north);
  expect(away.distance).toBeCloseTo(100 + 200 + 150, 0);
  expect(away.manoeuvres[1]).toMatchObject({ kind: "continue", modifier: "uturn" });
  expect(drive(map, { ...placeAt(0, -100), heading: 10 }, north).distance).toBeCloseTo(250, 0);
});

test("places far from every road are told apart from places without a way", () => {
  const nodes: SmallMap["nodes"] = { ...cross, i: [5000, 0], j: [5200, 0] };
  const router = createRouter(smallCity({ nodes, ways: [...streets, { nodes: "i j" }] }));
  expect(router.route(placeAt(2000, 2000), south)).toEqual({ kind: "not-on-a-road", end: "from" });
  expect(router.route(south, placeAt(2000, 2000))).toEqual({ kind: "not-on-a-road", end: "to" });
  expect(router.route(south, placeAt(5100, 0))).toEqual({ kind: "no-route" });
});

test("the posted limit and what one may drive without one are kept apart", () => {
  const ways = [
    { nodes: "w m", tags: { maxspeed: "40", name: "A" } },
    { nodes: "m e", tags: { name: "B" } },
  ];
  const route = drive({ nodes: cross, ways }, west, placeAt(150, 0));
  expect(route.pieces.map(({ limit }) => limit)).toEqual([expect.closeTo(40 / 3.6, 4), undefined]);
  expect(route.pieces.map(({ speed }) => Math.round(speed * 3.6))).toEqual([40, 30]);
  expect(Number.isNaN(route.limits[1])).toBe(true);
});

test("signals, crossings and stops on the way are told in order, those of the other direction are not", () => {
  const nodes: SmallMap["nodes"] = {
    ...cross,
    z: [-150, 0, { highway: "crossing", crossing: "zebra" }],
    g: [-100, 0, { highway: "give_way", direction: "backward" }],
    t: [-50, 0, { highway: "traffic_signals" }],
    q: [100, 0, { highway: "stop", direction: "forward" }],
  };
  const ways = [{ nodes: "w z g t m" }, { nodes: "m q e" }, ...streets.slice(2)];
  const route = drive({ nodes, ways }, placeAt(-190, 0), placeAt(190, 0));
  expect(route.events.map(({ kind, along }) => [kind, Math.round(along)])).toEqual([
    ["crossing", 40],
    ["signals", 140],
    ["stop", 290],
  ]);
});

/** All random maps are grids of crossroads with some streets missing, one-way or slow, and some turns forbidden. */
const side = 4;
const gridMap = fc
  .record({
    ways: fc.array(
      fc.record({ kind: fc.constantFrom("both", "yes", "-1", "none"), limit: fc.constantFrom("20", "50", "90") }),
      {
        minLength: 2 * side * (side - 1),
        maxLength: 2 * side * (side - 1),
      },
    ),
    rules: fc.array(
      fc.record({ from: fc.nat(200), steps: fc.array(fc.nat(3), { minLength: 1, maxLength: 3 }), only: fc.boolean() }),
      {
        maxLength: 4,
      },
    ),
  })
  .map(({ ways, rules }): SmallMap => {
    const nodes: Record<string, readonly [number, number]> = {};
    for (let x = 0; x < side; x++)
      for (let y = 0; y < side; y++) nodes[`n${x}${y}`] = [x * 200 + y * 13, y * 170 + x * 7];
    const lines: [string, string][] = [];
    for (let x = 0; x < side; x++) {
      for (let y = 0; y < side; y++) {
        if (x + 1 < side) lines.push([`n${x}${y}`, `n${x + 1}${y}`]);
        if (y + 1 < side) lines.push([`n${x}${y}`, `n${x}${y + 1}`]);
      }
    }
    const kept = lines.flatMap((line, i) => (ways[i].kind === "none" ? [] : [{ line, ...ways[i] }]));
    const relations = rules.flatMap(({ from, steps, only }) => {
      if (kept.length === 0) return [];
      const path = [from % kept.length];
      let [, node] = kept[path[0]].line;
      const nodesOnPath = [node];
      for (const step of steps) {
        const next = kept.flatMap(({ line }, i) => (line.includes(node) && i !== path.at(-1) ? [i] : []));
        if (next.length === 0) return [];
        const chosen = next[step % next.length];
        path.push(chosen);
        const { line } = kept[chosen];
        node = line[0] === node ? line[1] : line[0];
        nodesOnPath.push(node);
      }
      const via = path.length === 2 ? [`via ${nodesOnPath[0]}`] : path.slice(1, -1).map((way) => `via ${way + 1}`);
      return [
        {
          tags: { type: "restriction", restriction: only ? "only_straight_on" : "no_left_turn" },
          members: [`from ${path[0] + 1}`, ...via, `to ${(path.at(-1) ?? 0) + 1}`],
        },
      ];
    });
    return {
      nodes,
      ways: kept.map(({ line, kind, limit }) => ({
        nodes: line.join(" "),
        tags: { maxspeed: limit, ...(kind === "both" ? {} : { oneway: kind }) },
      })),
      relations,
    };
  });

/**
 * Dijkstra over whole histories: the last four edges are the state, and a step is refused if the history it makes ends in a forbidden
 * sequence. It shares nothing with the automaton of the graph but the list of sequences and the cost of a turn.
 */
function plainSearch(graph: Graph, forbidden: readonly (readonly number[])[], start: number, goal: number): number {
  const turnCosts = new Map<string, number>();
  for (let state = 0; state < graph.stateCount; state++) {
    for (let turn = graph.turnFirst[state]; turn < graph.turnFirst[state + 1]; turn++) {
      turnCosts.set(
        `${graph.stateEdge[state]}>${graph.stateEdge[graph.turnTo[turn]]}`,
        graph.turnMs[turn] + graph.turnExtraMs[turn],
      );
    }
  }
  const costs = new Map<string, number>([[String(start), graph.edgeWeight[start]]]);
  const done = new Set<string>();
  for (;;) {
    let best: string | undefined;
    for (const [key, cost] of costs)
      if (!done.has(key) && (best === undefined || cost < (costs.get(best) ?? 0))) best = key;
    if (best === undefined) return Infinity;
    const history = best.split(",").map(Number);
    const edge = history.at(-1) ?? 0;
    const cost = costs.get(best) ?? 0;
    if (edge === goal) return cost;
    done.add(best);
    const outs = [...graph.edgeFrom.keys()].filter((next) => graph.edgeFrom[next] === graph.edgeTo[edge]);
    for (const next of outs.filter((out) => turnCosts.has(`${edge}>${out}`))) {
      const whole = [...history, next];
      if (forbidden.some((sequence) => sequence.every((part, i) => whole[whole.length - sequence.length + i] === part)))
        continue;
      const key = whole.slice(-4).join(",");
      const sum = cost + (turnCosts.get(`${edge}>${next}`) ?? NaN) + graph.edgeWeight[next];
      if (sum < (costs.get(key) ?? Infinity)) costs.set(key, sum);
    }
  }
}

test("every route is as quick as the quickest that a plain search over all histories finds", () => {
  fc.assert(
    fc.property(
      gridMap,
      fc.array(fc.tuple(fc.nat(1000), fc.nat(1000)), { minLength: 1, maxLength: 4 }),
      (map, pairs) => {
        fc.pre(map.ways.length > 0);
        const data = smallMap(map);
        const graph = buildGraph(data, roadsOf(data, "right"), {});
        const ways = roadWaysOf(data, "right");
        const forbidden = forbiddenSequences(data, ways, splitWays(data, ways, new Uint16Array(data.pointX.length)));
        const engine = createEngine(smallCity(map));
        for (const [a, b] of pairs) {
          const start = a % graph.edgeCount;
          const goal = b % graph.edgeCount;
          if (start === goal) continue;
          const found = engine.find(
            { aim: "time", avoid: [] },
            [{ edge: start, share: 0 }],
            [{ edge: goal, share: 1 }],
          );
          expect(found?.cost ?? Infinity).toBe(plainSearch(graph, forbidden, start, goal));
          for (const [i, state] of (found?.states ?? []).entries()) {
            if (i > 0)
              expect(graph.edgeFrom[graph.stateEdge[state]]).toBe(
                graph.edgeTo[graph.stateEdge[found?.states[i - 1] ?? 0]],
              );
          }
        }
      },
    ),
    { numRuns: 60 },
  );
});

test("a route's line, distances and times agree with each other wherever it begins and ends", () => {
  const place = fc.tuple(fc.integer({ min: -20, max: 640 }), fc.integer({ min: -20, max: 560 }));
  fc.assert(
    fc.property(gridMap, place, place, (map, [x1, y1], [x2, y2]) => {
      fc.pre(map.ways.length > 0);
      const route = createRouter(smallCity(map)).route(placeAt(x1, y1), placeAt(x2, y2));
      if (route.kind !== "route") return;
      const points = route.geometry.length / 2;
      expect(route.along.length).toBe(points);
      expect(route.time.length).toBe(points);
      expect(route.limits.length).toBe(points - 1);
      for (let i = 1; i < points; i++) {
        expect(route.along[i]).toBeGreaterThanOrEqual(route.along[i - 1]);
        expect(route.time[i]).toBeGreaterThanOrEqual(route.time[i - 1]);
      }
      expect(route.pieces[0].from).toBe(0);
      expect(route.pieces.at(-1)?.to).toBe(route.distance);
      for (const [i, piece] of route.pieces.entries()) {
        if (i > 0) expect([piece.from, piece.first]).toEqual([route.pieces[i - 1].to, route.pieces[i - 1].last]);
      }
      expect(route.manoeuvres[0].kind).toBe("depart");
      expect(route.manoeuvres.at(-1)).toMatchObject({ kind: "arrive", along: route.distance });
    }),
    { numRuns: 60 },
  );
});

test("a route over several stops has a leg for each, and goes on straight at a stop unless it may turn round", () => {
  const router = createRouter(smallCity({ nodes: cross, ways: streets }));
  const stops = [south, placeAt(0, 100), west];
  const round = router.routes({ stops, straight: false });
  if (round.kind !== "routes") throw new Error(round.kind);
  const [route] = round.routes;
  expect(route?.legs.map(({ from, to }) => [Math.round(from), Math.round(to)])).toEqual([
    [0, 250],
    [250, 500],
  ]);
  expect(route?.manoeuvres.map(({ kind }) => kind)).toEqual(["depart", "arrive", "depart", "turn", "arrive"]);
  expect(route?.legs.map(({ firstManoeuvre, lastManoeuvre }) => [firstManoeuvre, lastManoeuvre])).toEqual([
    [0, 1],
    [2, 4],
  ]);
  const straight = router.routes({ stops });
  if (straight.kind !== "routes") throw new Error(straight.kind);
  expect(straight.routes[0]?.distance).toBeCloseTo(250 + 100 + 200 + 150, 0);
  expect(router.routes({ stops: [south, placeAt(5_000, 5_000), west] })).toEqual({ kind: "not-on-a-road", stop: 1 });
});

test("a stop to be reached on its own side of the road is reached from there", () => {
  const router = createRouter(smallCity({ nodes: cross, ways: streets }));
  const east = router.routes({ stops: [south, placeAt(-100, 10)], side: "curb" });
  if (east.kind !== "routes") throw new Error(east.kind);
  expect(east.routes[0]?.manoeuvres.at(-1)).toMatchObject({ kind: "arrive", modifier: "right" });
  const west = router.routes({ stops: [south, placeAt(-100, -10)], side: "curb" });
  if (west.kind !== "routes") throw new Error(west.kind);
  expect(west.routes[0]?.distance).toBeGreaterThan(400);
});
