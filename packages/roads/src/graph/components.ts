import { edgeFlag } from "../city.ts";
import { groupByRow } from "./compressed-rows.ts";
import type { Rows } from "./compressed-rows.ts";
import type { Turns } from "./turns.ts";

/** Strongly connected component of each state (Tarjan, 1972, without recursion), the number of the biggest one and its size. */
function biggestComponent(turns: Turns): {
  readonly component: Int32Array;
  readonly biggest: number;
  readonly size: number;
} {
  const count = turns.stateEdge.length;
  const order = new Int32Array(count).fill(-1);
  const low = new Int32Array(count);
  const component = new Int32Array(count).fill(-1);
  const open: number[] = [];
  const path: number[] = [];
  const cursor = new Uint32Array(count);
  let counter = 0;
  let components = 0;
  let biggest = -1;
  let biggestSize = 0;
  for (let root = 0; root < count; root++) {
    if (order[root] !== -1) continue;
    path.push(root);
    while (path.length > 0) {
      const state = path.at(-1) ?? 0;
      if (order[state] === -1) {
        order[state] = low[state] = counter++;
        cursor[state] = turns.turnFirst[state];
        open.push(state);
      }
      const at = cursor[state];
      if (at < turns.turnFirst[state + 1]) {
        cursor[state] = at + 1;
        const next = turns.turnTo[at];
        if (order[next] === -1) path.push(next);
        else if (component[next] === -1) low[state] = Math.min(low[state], order[next]);
        continue;
      }
      path.pop();
      const parent = path.at(-1);
      if (parent !== undefined) low[parent] = Math.min(low[parent], low[state]);
      if (low[state] !== order[state]) continue;
      let size = 0;
      let member: number | undefined;
      do {
        member = open.pop();
        if (member === undefined) break;
        component[member] = components;
        size++;
      } while (member !== state);
      if (size > biggestSize) {
        biggestSize = size;
        biggest = components;
      }
      components++;
    }
  }
  return { component, biggest, size: biggestSize };
}

/**
 * A part of the network of fewer edges is no world that all others can be said to be cut off from. OSRM takes 1,000, which would leave
 * the cut-out of a city's centre without one.
 */
const smallestWorld = 200;

/** The states from which a turn leads into each state. */
function statesBefore({ turnFirst, turnTo }: Turns): Rows {
  const { first, values } = groupByRow(turnFirst.length - 1, turnTo);
  const stateOfTurn = new Uint32Array(turnTo.length);
  for (let state = 0; state + 1 < turnFirst.length; state++) {
    stateOfTurn.fill(state, turnFirst[state], turnFirst[state + 1]);
  }
  return { first, values: values.map((turn) => stateOfTurn[turn]) };
}

/** `edgeFlag` bits of each edge: whether it leads to, and is reached from, the biggest part of the network where one can drive from everywhere to everywhere. On a map without such a part all edges count alike. */
export function connectivityFlags(edgeCount: number, turns: Turns): Uint8Array {
  const { component, biggest, size } = biggestComponent(turns);
  if (size < smallestWorld) return new Uint8Array(edgeCount).fill(edgeFlag.leadsOut | edgeFlag.isReached);
  const flags = new Uint8Array(turns.stateEdge.length);
  const queue: number[] = [];
  for (let state = 0; state < flags.length; state++) {
    if (component[state] !== biggest) continue;
    flags[state] = edgeFlag.isReached | edgeFlag.leadsOut;
    queue.push(state);
  }
  const seeds = [...queue];
  for (let state = queue.pop(); state !== undefined; state = queue.pop()) {
    for (let turn = turns.turnFirst[state]; turn < turns.turnFirst[state + 1]; turn++) {
      const next = turns.turnTo[turn];
      if ((flags[next] & edgeFlag.isReached) !== 0) continue;
      flags[next] = flags[next] | edgeFlag.isReached;
      queue.push(next);
    }
  }
  const before = statesBefore(turns);
  for (const seed of seeds) queue.push(seed);
  for (let state = queue.pop(); state !== undefined; state = queue.pop()) {
    for (let i = before.first[state]; i < before.first[state + 1]; i++) {
      const origin = before.values[i];
      if ((flags[origin] & edgeFlag.leadsOut) !== 0) continue;
      flags[origin] = flags[origin] | edgeFlag.leadsOut;
      queue.push(origin);
    }
  }
  const edgeFlags = new Uint8Array(edgeCount);
  for (let state = 0; state < flags.length; state++) {
    const edge = turns.stateEdge[state];
    edgeFlags[edge] = edgeFlags[edge] | flags[state];
  }
  return edgeFlags;
}
