// Hot: its inner loop runs some million times for one plan.

/**
 * A charging problem as numbers. Charges and energies are percents of the battery; costs are anything that adds up. `count` places to charge;
 * the matrices have `count` + 1 rows (the start comes first) and `count` + 1 columns (the destination comes last); NaN where no way leads.
 */
export interface StopProblem {
  readonly count: number;
  readonly driveCost: Float64Array;
  readonly driveEnergy: Float64Array;
  /** What a stop at each place costs besides charging. */
  readonly stopCost: Float64Array;
  /** For each place what charging from 0 to each whole percent costs, 101 values, rising; Infinity above what may be charged to. */
  readonly chargeCost: readonly Float64Array[];
  /** Percent now, the least anywhere on the way, the least at the destination. */
  readonly charge: number;
  readonly reserve: number;
  readonly arrival: number;
  readonly mostStops: number;
}

export interface StopPlan {
  readonly cost: number;
  /** Percent at the destination. */
  readonly arrival: number;
  readonly stops: readonly { readonly place: number; readonly arrive: number; readonly leave: number }[];
}

const levels = 101;
const none = -1;

/** What is known after so many stops: the least cost of leaving each place with each whole percent. */
interface Layer {
  readonly cost: Float64Array;
  /** For each place and percent, at which whole percent (rounded up) it was arrived at best, and from where with how much. */
  readonly arrivedAt: Int16Array;
  readonly fromPlace: Int16Array;
  readonly fromLevel: Int16Array;
}

/**
 * The cheapest way to charge on the way, exactly: dynamic programming over places x charge x number of stops, where cars leave with whole percents
 * (the resolution of `Charging.ChargeLimit`) and arrive with whatever is left. Undefined where the destination cannot be reached so.
 */
export function searchStops(problem: StopProblem): StopPlan | undefined {
  const { count, driveCost, driveEnergy, charge, reserve } = problem;
  const width = count + 1;
  const least = Math.max(problem.arrival, reserve);
  let best = Infinity;
  let found: { readonly layer: number; readonly place: number; readonly level: number } | undefined;
  const direct = charge - (driveEnergy[count] ?? NaN);
  if (direct >= least) best = driveCost[count] ?? Infinity;
  const toGo = cheapestOn(problem);
  const known = new Float64Array(count * levels).fill(Infinity);
  const layers: Layer[] = [];
  for (let stop = 1; stop <= problem.mostStops; stop++) {
    const before = layers.at(-1);
    const layer = emptyLayer(count);
    const offset = new Float64Array(count * levels).fill(Infinity);
    if (before === undefined) {
      for (let place = 0; place < count; place++) {
        const arrive = charge - driveEnergy[place];
        if (arrive >= reserve) begin(problem, layer, offset, place, arrive);
      }
    } else spread(problem, before, layer, offset, toGo, best);
    if (!settle(problem, layer, offset, known, toGo, best)) break;
    layers.push(layer);
    for (let place = 0; place < count; place++) {
      const energy = driveEnergy[(place + 1) * width + count] ?? NaN;
      const cost = driveCost[(place + 1) * width + count] ?? NaN;
      for (let level = Math.ceil(least + energy); level < levels; level++) {
        const total = (layer.cost[place * levels + level] ?? Infinity) + cost;
        if (!(total < best)) continue;
        best = total;
        found = { layer: stop - 1, place, level };
      }
    }
  }
  if (best === Infinity) return undefined;
  if (found === undefined) return { cost: best, arrival: direct, stops: [] };
  return trace(problem, layers, found, best);
}

const emptyLayer = (count: number): Layer => ({
  cost: new Float64Array(count * levels).fill(Infinity),
  arrivedAt: new Int16Array(count * levels).fill(none),
  fromPlace: new Int16Array(count * levels).fill(none),
  fromLevel: new Int16Array(count * levels),
});

/** Takes an arrival from the start. Kept is its cost less what charging up to there would have cost. */
function begin(problem: StopProblem, layer: Layer, offset: Float64Array, place: number, arrive: number): void {
  const column = problem.chargeCost[place];
  const low = Math.floor(arrive);
  // What cannot be charged to costs Infinity, which must not meet a zero.
  const paid = arrive === low ? column[low] : column[low] + (arrive - low) * (column[low + 1] - column[low]);
  const at = place * levels + Math.ceil(arrive);
  offset[at] = problem.driveCost[place] - paid;
  layer.fromPlace[at] = none;
}

/** Drives on from everywhere to everywhere else. */
function spread(
  problem: StopProblem,
  before: Layer,
  layer: Layer,
  offset: Float64Array,
  toGo: Float64Array,
  best: number,
): void {
  const { count, driveCost, driveEnergy, reserve, stopCost } = problem;
  const { cost } = before;
  const width = count + 1;
  const least = cheapestLevels(cost, count);
  for (let to = 0; to < count; to++) {
    const column = problem.chargeCost[to];
    const row = to * levels;
    for (let from = 0; from < count; from++) {
      const cell = (from + 1) * width + to;
      const energy = driveEnergy[cell];
      const drive = driveCost[cell];
      if (from === to || !(energy <= 100 - reserve)) continue;
      const bound = best - drive - stopCost[to] - toGo[to];
      if (!(least[from] < bound)) continue;
      // Every level arrives with the same fraction of a percent above a whole one.
      const whole = Math.ceil(energy);
      const share = whole - energy;
      const up = share > 0 ? 1 : 0;
      const base = from * levels;
      for (let level = Math.ceil(reserve + energy); level < levels; level++) {
        const sum = cost[base + level];
        if (!(sum < bound)) continue;
        const low = level - whole;
        const below = column[low];
        const value = sum + drive - (up === 0 ? below : below + share * (column[low + 1] - below));
        const at = row + low + up;
        if (value >= offset[at]) continue;
        offset[at] = value;
        layer.fromPlace[at] = from;
        layer.fromLevel[at] = level;
      }
    }
  }
}

/** For each place the least that leaving it costs, with whatever charge. */
function cheapestLevels(cost: Float64Array, count: number): Float64Array {
  const least = new Float64Array(count).fill(Infinity);
  for (let at = 0; at < count * levels; at++) {
    const place = Math.floor(at / levels);
    if (cost[at] < least[place]) least[place] = cost[at];
  }
  return least;
}

/** Charges: from the best arrival so far upwards. What fewer stops do as well is forgotten. False: nothing new. */
function settle(
  problem: StopProblem,
  layer: Layer,
  offset: Float64Array,
  known: Float64Array,
  toGo: Float64Array,
  best: number,
): boolean {
  let isNew = false;
  for (let place = 0; place < problem.count; place++) {
    const column = problem.chargeCost[place];
    const stop = problem.stopCost[place] ?? 0;
    const bound = best - (toGo[place] ?? Infinity);
    let lowest = Infinity;
    let arrivedAt = none;
    for (let level = 0; level < levels; level++) {
      const at = place * levels + level;
      const value = offset[at] ?? Infinity;
      if (value < lowest) {
        lowest = value;
        arrivedAt = level;
      }
      const cost = lowest + stop + (column?.[level] ?? Infinity);
      if (!(cost < (known[at] ?? Infinity)) || !(cost < bound)) continue;
      known[at] = cost;
      layer.cost[at] = cost;
      layer.arrivedAt[at] = arrivedAt;
      isNew = true;
    }
  }
  return isNew;
}

/** From each place at least this much is to be paid until the destination, whatever the charge (Dijkstra over the matrix). */
function cheapestOn({ count, driveCost, stopCost }: StopProblem): Float64Array {
  const width = count + 1;
  const cost = new Float64Array(count);
  for (let place = 0; place < count; place++) {
    const direct = driveCost[(place + 1) * width + count] ?? NaN;
    cost[place] = Number.isNaN(direct) ? Infinity : direct;
  }
  const isDone = new Uint8Array(count);
  for (let round = 0; round < count; round++) {
    let next = none;
    for (let place = 0; place < count; place++) {
      if (isDone[place] === 0 && (next === none || (cost[place] ?? 0) < (cost[next] ?? 0))) next = place;
    }
    if (next === none || cost[next] === Infinity) break;
    isDone[next] = 1;
    const on = (cost[next] ?? 0) + (stopCost[next] ?? 0);
    for (let place = 0; place < count; place++) {
      const total = (driveCost[(place + 1) * width + next] ?? NaN) + on;
      if (total < (cost[place] ?? Infinity)) cost[place] = total;
    }
  }
  return cost;
}

function trace(
  problem: StopProblem,
  layers: readonly Layer[],
  last: { readonly layer: number; readonly place: number; readonly level: number },
  cost: number,
): StopPlan {
  const { count, driveEnergy, charge } = problem;
  const width = count + 1;
  const stops: { place: number; arrive: number; leave: number }[] = [];
  let { place, level } = last;
  for (let k = last.layer; k >= 0; k--) {
    const layer = layers[k];
    if (layer === undefined) break;
    const at = place * levels + (layer.arrivedAt[place * levels + level] ?? 0);
    const from = layer.fromPlace[at] ?? none;
    const fromLevel = layer.fromLevel[at] ?? 0;
    const energy = driveEnergy[(from + 1) * width + place] ?? 0;
    stops.unshift({ place, arrive: (from === none ? charge : fromLevel) - energy, leave: level });
    place = from;
    level = fromLevel;
  }
  const left = last.level - (driveEnergy[(last.place + 1) * width + count] ?? 0);
  return { cost, arrival: left, stops };
}
