import { wrapAngle } from "../geometry.ts";
import { groupByRow } from "./compressed-rows.ts";
import type { Rows } from "./compressed-rows.ts";
import { headingArriving, headingLeaving } from "./headings.ts";
import type { ForbiddenSequence } from "./restrictions.ts";
import { RestrictionAutomaton } from "./restriction-automaton.ts";
import type { RoadWay } from "./road-ways.ts";
import type { Network } from "./split-ways.ts";

// Constants of the turn cost of OSRM's car profile (BSD-2-Clause), which were fitted to real drives.
const turnSeconds = 7.5;
const turnBias = 1.075;
const uTurnSeconds = 20;
/** At turning circles, loops and small roundabouts. */
const easyUTurnSeconds = 5;

/** Entering a road that is only for those with business there counts this much, so that nobody drives through. */
const restrictedEntryMs = 3_276_700;

/** Metres over which the angle of a turn is taken at least; found on OSRM's durations over Porto. */
const angleReach = 1;

/** Metres; a stop sign is told for the side on which it stands this near a junction. */
const stopReach = 20;

/** Seconds that a turn by `angle` (radians, right positive) costs; the way across the oncoming lane costs more. */
function turnCost(angle: number, leftHand: boolean): number {
  const share = angle / Math.PI;
  const bias = leftHand ? 1 / turnBias : turnBias;
  const steepness = share >= 0 ? (13 / bias) * share - 6.5 * bias : 13 * bias * -share - 6.5 / bias;
  return turnSeconds / (1 + Math.exp(-steepness));
}

export interface Turns {
  readonly stateEdge: Uint32Array;
  readonly turnFirst: Uint32Array;
  readonly turnTo: Uint32Array;
  readonly turnMs: Uint16Array;
  readonly turnExtraMs: Uint32Array;
}

/**
 * The other half of each road that is drawn twice, once for each direction: its edge back, by the edge. Such roads are straight from node to
 * node and open in one direction.
 */
function otherHalves(network: Network): ReadonlyMap<number, number> {
  const { nodeCount, edgeFrom, edgeTo, roadForward, roadBackward, roadPoint } = network;
  const halves = new Map<number, number>();
  for (let road = 0; road < roadForward.length; road++) {
    const isOpenBothWays = roadForward[road] >= 0 && roadBackward[road] >= 0;
    if (isOpenBothWays || roadPoint[road + 1] - roadPoint[road] !== 2) continue;
    const edge = Math.max(roadForward[road], roadBackward[road]);
    halves.set(edgeFrom[edge] * nodeCount + edgeTo[edge], edge);
  }
  const pairs = new Map<number, number>();
  for (const edge of halves.values()) {
    const back = halves.get(edgeTo[edge] * nodeCount + edgeFrom[edge]);
    if (back !== undefined && back !== edge) pairs.set(edge, back);
  }
  return pairs;
}

/** Roads that meet at each node, both ends of loops included, and how many of them are open in both directions. Two halves are one road. */
function countRoads(network: Network, halves: ReadonlyMap<number, number>) {
  const all = new Uint16Array(network.nodeCount);
  const twoWay = new Uint16Array(network.nodeCount);
  for (let road = 0; road < network.roadForward.length; road++) {
    const forward = network.roadForward[road];
    const backward = network.roadBackward[road];
    const edge = forward >= 0 ? forward : backward;
    const half = halves.get(edge);
    if (half !== undefined && half < edge) continue;
    const isTwoWay = half !== undefined || (forward >= 0 && backward >= 0);
    for (const node of [network.edgeFrom[edge], network.edgeTo[edge]]) {
      all[node] = all[node] + 1;
      if (isTwoWay) twoWay[node] = twoWay[node] + 1;
    }
  }
  return { all, twoWay };
}

/** Makes the turns of a network, one node after the other. */
class TurnBuilder {
  private readonly network: Network;
  private readonly ways: readonly RoadWay[];
  private readonly automaton: RestrictionAutomaton;
  private readonly leaving: Rows;
  private readonly halves: ReadonlyMap<number, number>;
  private readonly roads: ReturnType<typeof countRoads>;
  private readonly leave: Float32Array;
  private readonly arrive: Float32Array;

  constructor(network: Network, ways: readonly RoadWay[], automaton: RestrictionAutomaton) {
    const edgeCount = network.edgeFrom.length;
    this.network = network;
    this.ways = ways;
    this.automaton = automaton;
    this.leaving = groupByRow(network.nodeCount, network.edgeFrom);
    this.halves = otherHalves(network);
    this.roads = countRoads(network, this.halves);
    this.leave = Float32Array.from({ length: edgeCount }, (_, edge) => headingLeaving(network, edge, angleReach));
    this.arrive = Float32Array.from({ length: edgeCount }, (_, edge) => headingArriving(network, edge, angleReach));
  }

  /** The edges on which a state may go on. */
  next(state: number): readonly number[] {
    const { network, automaton, leaving } = this;
    const edge = automaton.edgeOf(state);
    const node = network.edgeTo[edge];
    const isBlocked = network.nodeBlocked[node] === 1;
    const onward: number[] = [];
    let back = -1;
    for (let i = leaving.first[node]; i < leaving.first[node + 1]; i++) {
      const next = leaving.values[i];
      if (this.leadsBack(edge, next)) back = next;
      else if (!isBlocked && !automaton.forbids(state, next)) onward.push(next);
    }
    if (back >= 0 && this.mayTurnRound(edge, back) && !automaton.forbids(state, back)) onward.push(back);
    return onward;
  }

  /** Whether an edge is the way back; a loop comes back to its own node without turning round. */
  private leadsBack(edge: number, next: number): boolean {
    const { edgeRoad } = this.network;
    return next !== edge && (edgeRoad[next] === edgeRoad[edge] || this.halves.get(edge) === next);
  }

  /**
   * Back the same road one goes where nothing else is possible (dead ends, barriers), where no other road is open in both directions, at
   * places made for it, and from lanes marked for it.
   */
  private mayTurnRound(edge: number, back: number): boolean {
    const { network, automaton, leaving } = this;
    const node = network.edgeTo[edge];
    if (network.nodeBlocked[node] === 1 || this.roads.all[node] === 1 || this.roads.twoWay[node] <= 1) return true;
    if (network.nodeObstacle.get(node)?.kind === "turning place") return true;
    const { travelled, isForward } = this.wayOf(edge);
    const { turnLanes } = travelled;
    if ((isForward ? turnLanes.forward : turnLanes.backward).includes("reverse")) return true;
    for (let i = leaving.first[node]; i < leaving.first[node + 1]; i++) {
      const next = leaving.values[i];
      if (next !== back && !automaton.forbids(edge, next)) return false;
    }
    return true;
  }

  private wayOf(edge: number): { readonly travelled: RoadWay; readonly isForward: boolean } {
    const road = this.network.edgeRoad[edge];
    return {
      travelled: this.ways[this.network.roadWay[road]],
      isForward: this.network.roadForward[road] === edge,
    };
  }

  /** Milliseconds from one edge into the next, in whole tenths of a second. */
  cost(edge: number, next: number): number {
    const { network } = this;
    const node = network.edgeTo[edge];
    const isUTurn = this.leadsBack(edge, next);
    const from = this.wayOf(edge).travelled;
    let seconds = this.delay(edge, next);
    if (isUTurn || this.roads.all[node] > 2 || from.carried !== this.wayOf(next).travelled.carried) {
      seconds += turnCost(isUTurn ? Math.PI : wrapAngle(this.leave[next] - this.arrive[edge]), from.leftHand);
    }
    if (isUTurn) seconds += network.nodeObstacle.get(node)?.kind === "turning place" ? easyUTurnSeconds : uTurnSeconds;
    return Math.floor(seconds * 10 + 1e-9) * 100;
  }

  /** Seconds lost at signals and signs that stand for the direction from which a car comes. */
  private delay(edge: number, next: number): number {
    const { network } = this;
    const node = network.edgeTo[edge];
    const obstacle = network.nodeObstacle.get(node);
    if (obstacle === undefined || obstacle.ms === 0) return 0;
    const { direction, kind, ms } = obstacle;
    const isForward = network.roadForward[network.edgeRoad[edge]] === edge;
    if (direction === (isForward ? "backward" : "forward")) return 0;
    if (kind === "minor stop" && !this.isMinor(edge)) return 0;
    // A sign between two junctions belongs to the nearer one, ahead of which it stands.
    const isBehind =
      kind === "stop" &&
      direction === undefined &&
      this.roads.all[node] === 2 &&
      network.roadLength[network.edgeRoad[edge]] < stopReach &&
      network.roadLength[network.edgeRoad[next]] > stopReach;
    return isBehind ? 0 : ms / 1_000;
  }

  /** Whether another road at the end of this edge is quicker. */
  private isMinor(edge: number): boolean {
    const { network, leaving } = this;
    const node = network.edgeTo[edge];
    const speed = (one: number) => network.roadLength[network.edgeRoad[one]] / network.edgeMs[one];
    // Rounded times make equal roads differ by a few per cent.
    const own = speed(edge) * 1.03;
    for (let i = leaving.first[node]; i < leaving.first[node + 1]; i++) {
      if (speed(leaving.values[i]) > own) return true;
    }
    return false;
  }
}

/** Every legal turn of the network, with what it costs. */
export function buildTurns(network: Network, forbidden: readonly ForbiddenSequence[], ways: readonly RoadWay[]): Turns {
  const automaton = new RestrictionAutomaton(network.edgeFrom.length, forbidden);
  const builder = new TurnBuilder(network, ways, automaton);
  const stateCount = automaton.stateCount;
  const turnFirst = new Uint32Array(stateCount + 1);
  const to: number[] = [];
  const cost: number[] = [];
  const extra: number[] = [];
  for (let state = 0; state < stateCount; state++) {
    turnFirst[state] = to.length;
    const edge = automaton.edgeOf(state);
    for (const next of builder.next(state)) {
      const ms = builder.cost(edge, next);
      const isEntry = network.edgeRestricted[next] === 1 && network.edgeRestricted[edge] === 0;
      to.push(automaton.after(state, next));
      cost.push(ms);
      extra.push(isEntry ? restrictedEntryMs - ms : 0);
    }
  }
  turnFirst[stateCount] = to.length;
  return {
    stateEdge: Uint32Array.from({ length: stateCount }, (_, state) => automaton.edgeOf(state)),
    turnFirst,
    turnTo: Uint32Array.from(to),
    turnMs: Uint16Array.from(cost),
    turnExtraMs: Uint32Array.from(extra),
  };
}
