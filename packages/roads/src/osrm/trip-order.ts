/** What is fixed about the order in which places are visited. */
export interface OrderWish {
  /** Back to where it began. */
  readonly roundtrip: boolean;
  /** The first place given comes first, the last one last. */
  readonly first: boolean;
  readonly last: boolean;
}

/** Up to so many places the best order is found for certain (Held and Karp, 1962); it takes some 10 ms for the most. */
const mostExact = 12;

/** Rounds of improvement; each ends early when nothing gets better. */
const mostRounds = 50;

/**
 * The order in which to visit `count` places so that the whole takes least. `cost` is the matrix of what each way costs, row by row. A
 * round trip begins at the first place unless only the last is fixed. Exact for few places, else farthest insertion and exchanges.
 */
export function bestOrder(cost: Float64Array, count: number, wish: OrderWish): readonly number[] {
  const costs = withFreeEnds(cost, count, wish);
  const cycle = count <= mostExact ? exactCycle(costs, count + 1) : improvedCycle(costs, count + 1);
  // The cycle goes through an extra place that stands for where one is not driving: before the first and after the last.
  const start = cycle.indexOf(count);
  const order = [...cycle.slice(start + 1), ...cycle.slice(0, start)];
  if (!wish.roundtrip) return order;
  const first = order.indexOf(wish.last && !wish.first ? count - 1 : 0);
  const turned = [...order.slice(first), ...order.slice(0, first)];
  return turned;
}

/** The matrix with one place more, from and to which the ends of the trip are free where they may lie. */
function withFreeEnds(cost: Float64Array, count: number, { roundtrip, first, last }: OrderWish): Float64Array {
  const size = count + 1;
  const costs = new Float64Array(size * size).fill(0);
  for (let from = 0; from < count; from++) {
    for (let to = 0; to < count; to++) costs[from * size + to] = cost[from * count + to];
  }
  // No way is as dear as this, and a sum of them stays exact.
  const never = 1e9;
  for (let place = 0; place < count; place++) {
    if (roundtrip) {
      // Where the round is cut open costs what closing it would: the extra place stands in front of the first one given.
      const anchor = last && !first ? count - 1 : 0;
      costs[count * size + place] = place === anchor ? 0 : never;
      costs[place * size + count] = place === anchor ? never : cost[place * count + anchor];
    } else {
      costs[count * size + place] = !first || place === 0 ? 0 : never;
      costs[place * size + count] = !last || place === count - 1 ? 0 : never;
    }
  }
  return costs;
}

/** The cheapest round through all places, by dynamic programming over sets of places; begins at the last one. */
function exactCycle(cost: Float64Array, size: number): readonly number[] {
  const others = size - 1;
  const sets = 1 << others;
  const best = new Float64Array(sets * others).fill(Infinity);
  const before = new Int8Array(sets * others).fill(-1);
  for (let to = 0; to < others; to++) best[(1 << to) * others + to] = cost[others * size + to];
  for (let set = 1; set < sets; set++) {
    for (let at = 0; at < others; at++) {
      const here = best[set * others + at];
      if (here === Infinity) continue;
      for (let to = 0; to < others; to++) {
        if ((set & (1 << to)) !== 0) continue;
        const next = (set | (1 << to)) * others + to;
        const whole = here + cost[at * size + to];
        if (whole < best[next]) {
          best[next] = whole;
          before[next] = at;
        }
      }
    }
  }
  let set = sets - 1;
  let at = 0;
  for (let end = 1; end < others; end++) {
    const end0 = best[set * others + at] + cost[at * size + others];
    if (best[set * others + end] + cost[end * size + others] < end0) at = end;
  }
  const order: number[] = [];
  while (at >= 0) {
    order.push(at);
    const previous = before[set * others + at];
    set &= ~(1 << at);
    at = previous;
  }
  return [others, ...order.toReversed()];
}

/** A good round: the place farthest from the round goes in where it costs least, then stretches are moved and turned while that helps. */
function improvedCycle(cost: Float64Array, size: number): readonly number[] {
  const order = farthestInsertion(cost, size);
  for (let round = 0; round < mostRounds; round++) {
    const moved = moveStretches(cost, size, order);
    const turned = turnStretches(cost, size, order);
    if (!moved && !turned) break;
  }
  return order;
}

function farthestInsertion(cost: Float64Array, size: number): number[] {
  const order = [size - 1];
  const open = new Set(Array.from({ length: size - 1 }, (_, place) => place));
  const gap = Float64Array.from({ length: size }, (_, place) => cost[(size - 1) * size + place]);
  while (open.size > 0) {
    let next = -1;
    for (const place of open) if (next < 0 || gap[place] > gap[next]) next = place;
    open.delete(next);
    let position = 0;
    let least = Infinity;
    for (let i = 0; i < order.length; i++) {
      const from = order[i];
      const to = order[(i + 1) % order.length];
      const more = cost[from * size + next] + cost[next * size + to] - cost[from * size + to];
      if (more < least) {
        least = more;
        position = i + 1;
      }
    }
    order.splice(position, 0, next);
    for (const place of open) gap[place] = Math.min(gap[place], cost[next * size + place]);
  }
  return order;
}

function lengthOf(cost: Float64Array, size: number, order: readonly number[]): number {
  let sum = 0;
  for (let i = 0; i < order.length; i++) sum += cost[order[i] * size + order[(i + 1) % order.length]];
  return sum;
}

/** Takes the first better order among the candidates in place of the present one, again and again. */
function improve(
  cost: Float64Array,
  size: number,
  order: number[],
  next: (i: number, j: number) => readonly number[],
): boolean {
  let isBetter = false;
  let length = lengthOf(cost, size, order);
  for (let i = 0; i < size; i++) {
    for (let j = i + 1; j < size; j++) {
      const other = next(i, j);
      const otherLength = lengthOf(cost, size, other);
      if (otherLength >= length - 1e-6) continue;
      length = otherLength;
      order.splice(0, size, ...other);
      isBetter = true;
    }
  }
  return isBetter;
}

/** 2-opt: a stretch driven the other way round. */
function turnStretches(cost: Float64Array, size: number, order: number[]): boolean {
  return improve(cost, size, order, (i, j) => [
    ...order.slice(0, i),
    ...order.slice(i, j + 1).toReversed(),
    ...order.slice(j + 1),
  ]);
}

/** One place moved to elsewhere. */
function moveStretches(cost: Float64Array, size: number, order: number[]): boolean {
  return improve(cost, size, order, (i, j) => {
    const without = [...order.slice(0, i), ...order.slice(i + 1)];
    without.splice(j, 0, order[i]);
    return without;
  });
}
