import { wrapAngle } from "../geometry.ts";
import { groupByRow } from "./compressed-rows.ts";
import { headingArriving, headingLeaving } from "./headings.ts";
import type { ForbiddenSequence } from "./restrictions.ts";
import { RestrictionAutomaton } from "./restriction-automaton.ts";
import type { Network } from "./split-ways.ts";

/** Constants of the turn cost of OSRM's car profile (BSD-2-Clause), which were fitted to real drives. */
const turnMs = 7_500;
const turnBias = 1.075;
const uTurnMs = 20_000;

/** Entering a road that is only for those with business there counts this much, so that nobody drives through. */
const restrictedEntryMs = 600_000;

/** Milliseconds that a turn by `angle` (radians, right positive) costs at a junction; the way across the oncoming lane costs more. */
function turnCost(angle: number, drivingSide: "right" | "left"): number {
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
  const leave = Float32Array.from({ length: edgeCount }, (_, edge) => headingLeaving(network, edge));
  const arrive = Float32Array.from({ length: edgeCount }, (_, edge) => headingArriving(network, edge));
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
