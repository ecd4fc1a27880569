import { expect, test } from "vitest";
import { smallCity } from "../../test/small-map.ts";
import type { SmallMap } from "../../test/small-map.ts";
import { edgeFlag, wayFlag } from "../city.ts";

const cross: SmallMap["nodes"] = { a: [0, -200], j: [0, 0], b: [0, 200], c: [200, 0] };

/** Milliseconds of the turns out of the only edge from one node to another, by the node each leads to. */
function turnsFrom(map: SmallMap, from: string, via: string): Readonly<Record<string, number>> {
  const { graph } = smallCity(map);
  const names = Object.keys(map.nodes);
  const nameOf = new Map<number, string>();
  for (let edge = 0; edge < graph.edgeCount; edge++) {
    const road = graph.edgeRoad[edge];
    const [first, last] = [graph.roadPoint[road], graph.roadPoint[road + 1] - 1];
    const [start, end] = graph.roadForward[road] === edge ? [first, last] : [last, first];
    nameOf.set(graph.edgeFrom[edge], names[graph.pointNode[start] - 1]);
    nameOf.set(graph.edgeTo[edge], names[graph.pointNode[end] - 1]);
  }
  const edge = graph.edgeFrom.findIndex(
    (node, one) => nameOf.get(node) === from && nameOf.get(graph.edgeTo[one]) === via,
  );
  const turns: Record<string, number> = {};
  for (let turn = graph.turnFirst[edge]; turn < graph.turnFirst[edge + 1]; turn++) {
    turns[nameOf.get(graph.edgeTo[graph.stateEdge[graph.turnTo[turn]]]) ?? ""] = graph.turnMs[turn];
  }
  return turns;
}

test("a turn across the oncoming lane costs more than one away from it, and straight on next to nothing", () => {
  const turns = turnsFrom(
    { nodes: { ...cross, d: [-200, 0] }, ways: [{ nodes: "a j b" }, { nodes: "d j c" }] },
    "a",
    "j",
  );
  expect(turns).toEqual({ b: 0, c: 2_100, d: 5_300 });
});

test("one turns back at a dead end and where the other roads are one-way, not at a usual junction", () => {
  const ways = [{ nodes: "a j" }, { nodes: "j b" }, { nodes: "j c" }];
  expect(Object.keys(turnsFrom({ nodes: cross, ways }, "a", "j"))).toEqual(["b", "c"]);
  expect(turnsFrom({ nodes: cross, ways }, "j", "a")).toEqual({ j: 27_400 });
  const oneWays = [ways[0], { nodes: "j b", tags: { oneway: "yes" } }, { nodes: "c j", tags: { oneway: "yes" } }];
  expect(Object.keys(turnsFrom({ nodes: cross, ways: oneWays }, "a", "j")).toSorted()).toEqual(["a", "b"]);
});

test("a lane marked for turning back, and a turning circle, let one turn back", () => {
  const lanes = { "turn:lanes:forward": "reverse;left|through" };
  const marked = [{ nodes: "a j", tags: lanes }, { nodes: "j b" }, { nodes: "j c" }];
  expect(Object.keys(turnsFrom({ nodes: cross, ways: marked }, "a", "j"))).toContain("a");
  const circle: SmallMap = {
    nodes: { ...cross, j: [0, 0, { highway: "turning_circle" }] },
    ways: [{ nodes: "a j b" }],
  };
  expect(Object.keys(turnsFrom(circle, "a", "j")).toSorted()).toEqual(["a", "b"]);
});

test("a signal in the middle of a road costs its time from the side it stands for", () => {
  const tags = { highway: "traffic_signals", "traffic_signals:direction": "forward" };
  const map: SmallMap = { nodes: { ...cross, j: [0, 0, tags] }, ways: [{ nodes: "a j b" }] };
  expect(turnsFrom(map, "a", "j")).toEqual({ b: 2_000 });
  expect(turnsFrom(map, "b", "j")).toEqual({ a: 0 });
});

test("entering a road for residents counts as much as an hour to the router, leaving it nothing", () => {
  const { graph } = smallCity({
    nodes: cross,
    ways: [{ nodes: "a j" }, { nodes: "j b", tags: { access: "destination" } }],
  });
  const [into, out] = [graph.roadForward[0], graph.roadBackward[1]];
  expect(graph.turnExtraMs[graph.turnFirst[into]] + graph.turnMs[graph.turnFirst[into]]).toBe(3_276_700);
  expect(graph.turnExtraMs[graph.turnFirst[out]]).toBe(0);
  expect([...graph.wayFlags].map((flags) => flags & wayFlag.restricted)).toEqual([0, wayFlag.restricted]);
  expect([...graph.edgeFlags].map((flags) => flags & edgeFlag.restricted)).toEqual([0, 0, 4, 4]);
});

test("an alley takes its time but counts twice, and a ferry takes what its timetable says", () => {
  const { graph } = smallCity({
    nodes: cross,
    ways: [
      { nodes: "a j", tags: { highway: "service", service: "alley" } },
      { nodes: "j b", tags: { highway: "", route: "ferry", duration: "00:20" } },
    ],
  });
  const [alley, ferry] = [graph.roadForward[0], graph.roadForward[1]];
  expect(graph.edgeWeight[alley]).toBe(2 * graph.edgeMs[alley]);
  expect(graph.edgeMs[ferry]).toBe(1_200_000);
  expect(graph.wayFlags[1] & (wayFlag.ferry | wayFlag.noStart)).toBe(wayFlag.ferry | wayFlag.noStart);
});
