import { Dissection } from "./dissection.ts";
import type { Part } from "./dissection.ts";
import type { RoadNet } from "./road-net.ts";

/** Parts of fewer roads are not worth handing to another thread. */
const fewestToShare = 500;

/** The largest part that one thread orders alone, as a share of all. */
const sharedParts = 64;

/** Where on the board stands what: a lock, parts that are not yet ordered, parts that lie here, a count of all changes, then the parts. */
const at = { lock: 0, open: 1, waiting: 2, changes: 3, parts: 4 } as const;

/** The roads of a net that several threads order together: each is sent all of this, the net as a copy and the rest shared. */
export interface SharedOrder {
  readonly net: RoadNet;
  /** In their order as soon as all threads are done. */
  readonly roads: Int32Array<SharedArrayBuffer>;
  readonly board: Int32Array<SharedArrayBuffer>;
}

function largestAlone(net: RoadNet): number {
  return Math.max(fewestToShare, Math.floor(net.from.length / sharedParts));
}

/** A net before its ordering begins. */
export function shareOrder(net: RoadNet): SharedOrder {
  const count = net.from.length;
  const roads = new Int32Array(new SharedArrayBuffer(4 * count));
  for (let road = 0; road < count; road++) roads[road] = road;
  // Parts that lie here have no road in common.
  const mostParts = 1 + Math.ceil(count / largestAlone(net));
  const board = new Int32Array(new SharedArrayBuffer(4 * (at.parts + 2 * mostParts)));
  board.set([0, count], at.parts);
  board[at.open] = 1;
  board[at.waiting] = 1;
  return { net, roads, board };
}

/** Orders roads of a shared net until all are ordered; the same order whoever takes which part. Waits for the others, so not for a main thread. */
export function helpToOrder({ net, roads, board }: SharedOrder): void {
  const dissection = new Dissection(net);
  const alone = largestAlone(net);
  for (let part = take(board); part !== undefined; part = take(board)) {
    const parts = dissection.cut(roads, part);
    const isLarge = ({ begin, end }: Part) => end - begin > alone;
    change(board, parts.filter(isLarge), 0);
    for (const small of parts) if (!isLarge(small)) dissection.order(roads, small);
    change(board, [], 1);
  }
}

/** The largest part that waits, if need be for as long as there may come another; undefined when all are ordered. */
function take(board: Int32Array<SharedArrayBuffer>): Part | undefined {
  for (;;) {
    lock(board);
    const changes = board[at.changes];
    const isDone = board[at.open] === 0;
    const part = takeLargest(board);
    unlock(board);
    if (part !== undefined || isDone) return part;
    Atomics.wait(board, at.changes, changes);
  }
}

function takeLargest(board: Int32Array): Part | undefined {
  const waiting = board[at.waiting];
  if (waiting === 0) return undefined;
  let best = at.parts;
  for (let i = best; i < at.parts + 2 * waiting; i += 2) {
    if (board[i + 1] - board[i] > board[best + 1] - board[best]) best = i;
  }
  const part = { begin: board[best], end: board[best + 1] };
  const last = at.parts + 2 * (waiting - 1);
  board.copyWithin(best, last, last + 2);
  board[at.waiting] = waiting - 1;
  return part;
}

function change(board: Int32Array<SharedArrayBuffer>, added: readonly Part[], done: number): void {
  lock(board);
  for (const { begin, end } of added) board.set([begin, end], at.parts + 2 * board[at.waiting]++);
  board[at.open] += added.length - done;
  board[at.changes]++;
  unlock(board);
  Atomics.notify(board, at.changes);
}

function lock(board: Int32Array<SharedArrayBuffer>): void {
  while (Atomics.compareExchange(board, at.lock, 0, 1) !== 0) Atomics.wait(board, at.lock, 1);
}

function unlock(board: Int32Array<SharedArrayBuffer>): void {
  Atomics.store(board, at.lock, 0);
  Atomics.notify(board, at.lock, 1);
}
