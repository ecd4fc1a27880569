import { bearingInUnits, distanceInUnits, wrapAngle } from "../geometry.ts";
import { groupByRow } from "./compressed-rows.ts";
import type { ForbiddenSequence } from "./restrictions.ts";
import { RestrictionAutomaton } from "./restriction-automaton.ts";
import type { Network } from "./split-ways.ts";

/** Constants of the turn cost of OSRM's car profile (BSD-2-Clause), which were fitted to real drives. */
const turnMs = 7_500;
const turnBias = 1.075;
const uTurnMs = 20_000;

/** Entering a road that is only for those with business there counts this much, so that nobody drives through. */
const restrictedEntryMs = 600_000;

/** The heading of a road at a junction is taken this far from it, in metres; the last metres are often only the mapper's corner. */
const headingReach = 12;

/** Milliseconds that a turn by `angle` (radians, right positive) costs at a junction; the way across the oncoming lane costs more. */
export function turnCost(angle: number, drivingSide: "right" | "left"): number {
  const share = angle / Math.PI;
  const bias = drivingSide === "right" ? turnBias : 1 / turnBias;
  const steepness = share >= 0 ? (13 / bias) * share - 6.5 * bias : 13 * bias * -share - 6.5 / bias;
  return Math.round(turnMs / (1 + Math.exp(-steepness)));
}

export interface Turns {
  readonly stateEdge: Uint32Array;
  readonly turnFirst: Uint32Array;
  readonly turnTo: Uint32Array;
  readonly turnMs: Uint16Array;
  readonly turnExtraMs: Uint32Array;
  readonly turnInFirst: Uint32Array;
  readonly turnIn: Uint32Array;
  readonly turnInFrom: Uint32Array;
}

/** Headings (radians clockwise from north) of each edge as it leaves its first node and as it comes to its last one. */
function edgeHeadings(network: Network): { readonly leave: Float32Array; readonly arrive: Float32Array } {
  const count = network.edgeFrom.length;
  const leave = new Float32Array(count);
  const arrive = new Float32Array(count);
  const { pointX, pointY, roadPoint } = network;
  const x = (i: number) => pointX[i];
  const y = (i: number) => pointY[i];
  for (let road = 0; road + 1 < roadPoint.length; road++) {
    const first = roadPoint[road];
    const last = roadPoint[road + 1] - 1;
    let near = first + 1;
    while (near < last && distanceInUnits(x(first), y(first), x(near), y(near)) < headingReach) near++;
    let far = last - 1;
    while (far > first && distanceInUnits(x(far), y(far), x(last), y(last)) < headingReach) far--;
    const outward = bearingInUnits(x(first), y(first), x(near), y(near));
    const inward = bearingInUnits(x(far), y(far), x(last), y(last));
    const forward = network.roadForward[road];
    const backward = network.roadBackward[road];
    if (forward >= 0) {
      leave[forward] = outward;
      arrive[forward] = inward;
    }
    if (backward >= 0) {
      leave[backward] = inward + Math.PI;
      arrive[backward] = outward + Math.PI;
    }
  }
  return { leave, arrive };
}

/** Roads that meet at each node, one-way ones and both ends of loops included. */
function countRoads(network: Network): Uint16Array {
  const counts = new Uint16Array(network.nodeCount);
  for (let road = 0; road < network.roadForward.length; road++) {
    const forward = network.roadForward[road];
    const edge = forward >= 0 ? forward : network.roadBackward[road];
    for (const node of [network.edgeFrom[edge], network.edgeTo[edge]]) counts[node] = counts[node] + 1;
  }
  return counts;
}

/** Every legal turn of the network. Back the same road goes only where nothing else does (dead ends, barriers). */
export function buildTurns(
  network: Network,
  forbidden: readonly ForbiddenSequence[],
  drivingSide: "right" | "left",
): Turns {
  const edgeCount = network.edgeFrom.length;
  const automaton = new RestrictionAutomaton(edgeCount, forbidden);
  const leaving = groupByRow(network.nodeCount, network.edgeFrom);
  const { leave, arrive } = edgeHeadings(network);
  const roads = countRoads(network);
  const stateCount = automaton.stateCount;
  const turnFirst = new Uint32Array(stateCount + 1);
  const to: number[] = [];
  const from: number[] = [];
  const cost: number[] = [];
  const extra: number[] = [];

  for (let state = 0; state < stateCount; state++) {
    turnFirst[state] = to.length;
    const edge = automaton.edgeOf(state);
    const node = network.edgeTo[edge];
    const begin = leaving.first[node];
    const end = leaving.first[node + 1];
    const isBlocked = network.nodeBlocked[node] === 1;
    let back = -1;
    let ways = 0;
    for (let i = begin; i < end; i++) {
      const next = leaving.values[i];
      const sameRoad = network.edgeRoad[next] === network.edgeRoad[edge];
      // A loop comes back to its own node without turning round.
      if (sameRoad && next !== edge) {
        back = next;
        continue;
      }
      if (isBlocked) continue;
      ways++;
      if (automaton.forbids(state, next)) continue;
      const angle = wrapAngle(leave[next] - arrive[edge]);
      from.push(state);
      to.push(automaton.after(state, next));
      cost.push(roads[node] > 2 ? turnCost(angle, drivingSide) : 0);
      extra.push(network.edgeRestricted[next] === 1 && network.edgeRestricted[edge] === 0 ? restrictedEntryMs : 0);
    }
    if (ways === 0 && back >= 0 && !automaton.forbids(state, back)) {
      from.push(state);
      to.push(automaton.after(state, back));
      cost.push(uTurnMs);
      extra.push(0);
    }
  }
  turnFirst[stateCount] = to.length;
  const turnTo = Uint32Array.from(to);
  const incoming = groupByRow(stateCount, turnTo);
  return {
    stateEdge: Uint32Array.from({ length: stateCount }, (_, state) => automaton.edgeOf(state)),
    turnFirst,
    turnTo,
    turnMs: Uint16Array.from(cost),
    turnExtraMs: Uint32Array.from(extra),
    turnInFirst: incoming.first,
    turnIn: incoming.values,
    turnInFrom: Uint32Array.from(incoming.values, (turn) => from[turn]),
  };
}
