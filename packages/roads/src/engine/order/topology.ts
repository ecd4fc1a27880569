import { findArc, noArc, noRank } from "../hierarchy.ts";
import type { Hierarchy, RankRows } from "../hierarchy.ts";
import { chordalRows } from "./chordal-rows.ts";
import type { TurnNet } from "./chordal-rows.ts";

/** Which way the arcs of chordal rows lead: up, down, both or neither. */
const leads = { up: 1, down: 2 } as const;

/** Marks where turns lead, and then, lowest rank first, where the ways over each rank lead. */
function directionsOf(net: TurnNet, rankOfState: Uint32Array, rows: RankRows): Uint8Array {
  const { first, to } = rows;
  const directions = new Uint8Array(to.length);
  for (let state = 0; state < rankOfState.length; state++) {
    const a = rankOfState[state];
    for (let turn = net.turnFirst[state]; turn < net.turnFirst[state + 1]; turn++) {
      const b = rankOfState[net.turnTo[turn]];
      if (a < b) directions[findArc(rows, a, b)] |= leads.up;
      else if (b < a) directions[findArc(rows, b, a)] |= leads.down;
    }
  }
  for (let rank = 0; rank < rankOfState.length; rank++) {
    const end = first[rank + 1];
    for (let i = first[rank]; i < end - 1; i++) {
      const one = directions[i];
      if (one === 0) continue;
      let arc = first[to[i]];
      for (let j = i + 1; j < end; j++) {
        while (to[arc] !== to[j]) arc++;
        const other = directions[j];
        if ((one & leads.down) !== 0 && (other & leads.up) !== 0) directions[arc] |= leads.up;
        if ((one & leads.up) !== 0 && (other & leads.down) !== 0) directions[arc] |= leads.down;
      }
    }
  }
  return directions;
}

/** The arcs of rows that lead one way. */
function only(rows: RankRows, directions: Uint8Array, way: number): RankRows {
  const count = rows.first.length - 1;
  const first = new Uint32Array(count + 1);
  let total = 0;
  for (const direction of directions) if ((direction & way) !== 0) total++;
  const to = new Uint32Array(total);
  let length = 0;
  for (let rank = 0; rank < count; rank++) {
    for (let i = rows.first[rank]; i < rows.first[rank + 1]; i++) {
      if ((directions[i] & way) !== 0) to[length++] = rows.to[i];
    }
    first[rank + 1] = length;
  }
  return { first, to };
}

/** The same arcs, grouped by their higher end. */
function fromAbove({ first, to }: RankRows): RankRows {
  const count = first.length - 1;
  const below = new Uint32Array(count + 1);
  for (const rank of to) below[rank + 1]++;
  for (let rank = 0; rank < count; rank++) below[rank + 1] += below[rank];
  const next = below.slice(0, count);
  const lower = new Uint32Array(to.length);
  for (let rank = 0; rank < count; rank++) {
    for (let arc = first[rank]; arc < first[rank + 1]; arc++) lower[next[to[arc]]++] = rank;
  }
  return { first: below, to: lower };
}

function arcsOfTurns(
  { turnFirst, turnTo }: TurnNet,
  rankOfState: Uint32Array,
  up: RankRows,
  down: RankRows,
): Uint32Array {
  const turnArc = new Uint32Array(turnTo.length);
  for (let state = 0; state < rankOfState.length; state++) {
    const a = rankOfState[state];
    for (let turn = turnFirst[state]; turn < turnFirst[state + 1]; turn++) {
      const b = rankOfState[turnTo[turn]];
      turnArc[turn] = a < b ? 2 * findArc(up, a, b) : b < a ? 2 * findArc(down, b, a) + 1 : noArc;
    }
  }
  return turnArc;
}

/** The hierarchy that follows from contracting the states in the given order, most important last. */
export function topologyOf(net: TurnNet, stateOfRank: Uint32Array): Hierarchy {
  const rankOfState = new Uint32Array(stateOfRank.length);
  for (let rank = 0; rank < stateOfRank.length; rank++) rankOfState[stateOfRank[rank]] = rank;
  const rows = chordalRows(net, rankOfState);
  const directions = directionsOf(net, rankOfState, rows);
  const up = only(rows, directions, leads.up);
  const down = only(rows, directions, leads.down);
  return {
    stateOfRank,
    rankOfState,
    parent: Uint32Array.from(stateOfRank, (_, rank) =>
      rows.first[rank] === rows.first[rank + 1] ? noRank : rows.to[rows.first[rank]],
    ),
    up,
    down,
    belowUp: fromAbove(up),
    belowDown: fromAbove(down),
    turnArc: arcsOfTurns(net, rankOfState, up, down),
  };
}
