import type { LatLon } from "../city.ts";
import { chargeCost } from "./charger.ts";
import type { Charger, ChargePrice, Connector } from "./charger.ts";
import type { ChargingCaveat, ChargingPlan, ChargingStop, ChargingTask, ChargingWhy } from "./charging-plan.ts";
import { atPercent, bestConnector, powerInto, secondsTo, temperatureShare } from "./curve.ts";
import { searchStops } from "./search-stops.ts";
import type { StopPlan, StopProblem } from "./search-stops.ts";

const usualStopSeconds = 240;
const usualMostStops = 5;
/** Seconds counted where all plugs were taken when last heard of. */
const occupiedSeconds = 600;
/** With the price as aim a minute still counts so many minor units, or nobody would ever arrive. */
const minorPerMinute = 5;
/** The search takes as many places as this at most; with stops between start and destination a place counts once for each part. */
const mostPlaces = 250;

/** A charger in one part of the way: after `after` of the places to pass. */
interface Candidate {
  readonly charger: Charger;
  readonly connector: Connector;
  readonly after: number;
  readonly index: number;
}

interface Prepared {
  readonly task: ChargingTask;
  readonly candidates: readonly Candidate[];
  /** Seconds and Wh as the search's matrices: start and candidates by candidates and destination. */
  readonly seconds: Float64Array;
  readonly wattHours: Float64Array;
  readonly problem: StopProblem;
  readonly share: number;
  readonly timeTo: readonly Float64Array[];
}

/**
 * Where to charge, how long and why: the least time (or price) over all sequences of at most five stops and all whole percents to leave with,
 * exactly (`searchStops`), for this car's plugs, charging curve and temperature. Energy falls below the reserve nowhere. Where the wanted
 * arrival charge cannot be had but the reserve can, the plan says so. A price is an estimate by the charger's tariff; where it is not known, the price as aim takes the dearest
 * known one for it.
 */
export function planCharging(task: ChargingTask): ChargingPlan {
  const prepared = prepare(task);
  const { problem, wattHours, seconds } = prepared;
  const directEnergy = wattHours[problem.count] ?? NaN;
  if (Number.isNaN(directEnergy)) return { kind: "impossible", why: { kind: "no-way" } };
  const plan = searchStops(problem);
  if (plan === undefined) {
    const modest =
      problem.arrival > problem.reserve ? searchStops({ ...problem, arrival: problem.reserve }) : undefined;
    if (modest === undefined) return impossible(prepared);
    return describe({ ...prepared, problem: { ...problem, arrival: problem.reserve } }, modest, ["arrival-below-wish"]);
  }
  if (plan.stops.length === 0) {
    return { kind: "not-needed", arrivalCharge: plan.arrival, seconds: seconds[problem.count] ?? 0 };
  }
  return describe(prepared, plan, []);
}

function prepare(task: ChargingTask): Prepared {
  const { car, via = [], charge } = task;
  const share = temperatureShare(task.temperature ?? 20);
  const fitting = task.chargers.flatMap((charger) => {
    const connector = bestConnector(car, charger);
    return connector === undefined ? [] : [{ charger, connector }];
  });
  const parts = via.length + 1;
  const chosen = fitting.slice(0, Math.floor(mostPlaces / parts));
  const candidates: Candidate[] = [];
  for (let after = 0; after < parts; after++) {
    for (const [index, one] of chosen.entries()) candidates.push({ ...one, after, index });
  }
  const { seconds, wattHours } = matrices(
    task,
    chosen.map(({ charger }) => charger),
    candidates,
  );
  const timeTo = timesTo(task, chosen, share);
  const stopSeconds = candidates.map(({ connector }) => stopTime(task, connector));
  const worth = task.aim === "time" ? 1 : minorPerMinute / 60;
  const prices = task.aim === "time" ? undefined : assumedPrices(chosen.map(({ connector }) => connector));
  const percent = car.capacity / 100;
  // A car that comes with more than its limit charges nothing, but may come.
  const most = Math.max(Math.floor((task.limit ?? 1) * 100), Math.ceil(charge * 100));
  const chargeCost = chosen.map((_, i) => {
    const price = prices?.[i];
    const perPercent = price === undefined ? 0 : (price.perKwh * percent) / car.efficiency / 1_000;
    const perSecond = worth + (price === undefined ? 0 : price.perMinute / 60);
    return Float64Array.from(timeTo[i] ?? [], (time, level) =>
      level > most ? Infinity : level * perPercent + time * perSecond,
    );
  });
  return {
    task,
    candidates,
    seconds,
    wattHours,
    share,
    timeTo,
    problem: {
      count: candidates.length,
      driveCost: seconds.map((value) => value * worth),
      driveEnergy: wattHours.map((value) => value / percent),
      stopCost: Float64Array.from(
        candidates,
        ({ index }, i) => (stopSeconds[i] ?? 0) * worth + (prices?.[index]?.flat ?? 0),
      ),
      chargeCost: candidates.map(({ index }) => chargeCost[index] ?? new Float64Array(101)),
      charge: charge * 100,
      reserve: task.reserve * 100,
      arrival: task.arrival * 100,
      mostStops: task.mostStops ?? usualMostStops,
    },
  };
}

/** Chargers of the same kind charge alike. */
function timesTo(
  task: ChargingTask,
  chosen: readonly { readonly connector: Connector }[],
  share: number,
): readonly Float64Array[] {
  const known = new Map<string, Float64Array>();
  return chosen.map(({ connector }) => {
    const key = `${connector.current} ${connector.power}`;
    const times = known.get(key) ?? secondsTo(task.car, connector, share);
    known.set(key, times);
    return times;
  });
}

const isOccupied = (connector: Connector): boolean => connector.free === 0;

const stopTime = (task: ChargingTask, connector: Connector): number =>
  (task.stopSeconds ?? usualStopSeconds) + (isOccupied(connector) ? occupiedSeconds : 0);

/** Prices that can be compared: those in the currency most chargers have; the others count as the dearest of them. */
function assumedPrices(connectors: readonly Connector[]): readonly (ChargePrice | undefined)[] {
  const counts = new Map<string, number>();
  for (const { price } of connectors) {
    if (price !== undefined && price.currency !== "") counts.set(price.currency, (counts.get(price.currency) ?? 0) + 1);
  }
  const [currency] = [...counts].toSorted((a, b) => b[1] - a[1])[0] ?? [""];
  const known = (price: ChargePrice | undefined): price is ChargePrice =>
    price !== undefined && (price.currency === currency || price.currency === "");
  let dearest: ChargePrice | undefined;
  for (const { price } of connectors) {
    if (known(price) && (dearest === undefined || price.perKwh > dearest.perKwh)) dearest = price;
  }
  return connectors.map(({ price }) => (known(price) ? price : dearest));
}

/** Ways from the start and every candidate to every candidate and the destination, through the places to pass between them. */
function matrices(task: ChargingTask, chargers: readonly Charger[], candidates: readonly Candidate[]) {
  const { start, via = [], destination, legs } = task;
  const passed = [...via, destination];
  const from = [start, ...via, ...chargers];
  const to: readonly LatLon[] = [...passed, ...chargers];
  const table = legs(from, to);
  const rowOf = (candidate: Candidate): number => 1 + via.length + candidate.index;
  const width = candidates.length + 1;
  const whole = (column: Float64Array): Float64Array => {
    const cell = (row: number, target: number): number => column[row * to.length + target] ?? NaN;
    // From the k-th place to pass on to the next ones, added up.
    const between = (k: number, until: number): number => {
      let sum = 0;
      for (let i = k; i < until; i++) sum += cell(1 + i, i + 1);
      return sum;
    };
    const way = (row: number, after: number, target: number, until: number): number =>
      after === until ? cell(row, target) : cell(row, after) + between(after, until - 1) + cell(until, target);
    const out = new Float64Array(width * width).fill(NaN);
    const last = via.length;
    for (let r = 0; r < width; r++) {
      const origin = candidates[r - 1];
      const row = origin === undefined ? 0 : rowOf(origin);
      const after = origin?.after ?? 0;
      for (const [c, target] of candidates.entries()) {
        if (target.after >= after) out[r * width + c] = way(row, after, passed.length + target.index, target.after);
      }
      out[r * width + candidates.length] = way(row, after, last, last);
    }
    return out;
  };
  return { seconds: whole(table.seconds), wattHours: whole(table.wattHours) };
}

function describe(prepared: Prepared, plan: StopPlan, caveats: readonly ChargingCaveat[]): ChargingPlan {
  const { task, problem, seconds } = prepared;
  const stops = plan.stops.map((stop) => stopOf(prepared, stop));
  const driving = drivingOf(prepared, plan);
  const charging = stops.reduce((sum, stop) => sum + stop.seconds, 0);
  const stopping = stops.reduce((sum, stop) => sum + stop.stopSeconds - stop.seconds, 0);
  const price = sumOf(stops);
  const other = nextBest(prepared, plan, driving + charging + stopping, price?.minor);
  const why: ChargingWhy = {
    withoutCharging: problem.charge - (problem.driveEnergy[problem.count] ?? NaN),
    wanted: task.arrival * 100,
    driving,
    detour: driving - (seconds[problem.count] ?? 0),
    charging,
    stopping,
    fitting: new Set(prepared.candidates.map(({ index }) => index)).size,
    known: task.chargers.length,
    ...(other !== undefined && { nextBest: other }),
    caveats: [...new Set([...caveats, ...caveatsOf(prepared, stops)])],
  };
  return {
    kind: "stops",
    stops,
    arrivalCharge: plan.arrival,
    seconds: driving + charging + stopping,
    ...(price !== undefined && { price }),
    why,
  };
}

function drivingOf({ problem, seconds }: Prepared, plan: StopPlan): number {
  const width = problem.count + 1;
  let row = 0;
  let sum = 0;
  for (const { place } of plan.stops) {
    sum += seconds[row * width + place] ?? 0;
    row = place + 1;
  }
  return sum + (seconds[row * width + problem.count] ?? 0);
}

function stopOf(prepared: Prepared, stop: StopPlan["stops"][number]): ChargingStop {
  const { task, candidates, timeTo, share } = prepared;
  const { car } = task;
  const candidate = candidates[stop.place];
  if (candidate === undefined) throw new Error("a plan stops at a place it was not given");
  const { charger, connector, after, index } = candidate;
  const column = timeTo[index] ?? new Float64Array(101);
  const seconds = atPercent(column, stop.leave) - atPercent(column, stop.arrive);
  const wattHours = ((stop.leave - stop.arrive) * car.capacity) / 100 / car.efficiency;
  let power = 0;
  for (let percent = Math.floor(stop.arrive); percent <= stop.leave; percent++) {
    power = Math.max(power, powerInto(car, connector, percent / 100, share));
  }
  const { price } = connector;
  return {
    charger,
    connector,
    after,
    arriveCharge: stop.arrive,
    leaveCharge: stop.leave,
    seconds,
    stopSeconds: seconds + stopTime(task, connector),
    wattHours,
    power,
    ...(price !== undefined && {
      price: { minor: chargeCost(price, wattHours, seconds), currency: price.currency, isPartial: isOpen(price) },
    }),
  };
}

const isOpen = (price: ChargePrice): boolean => price.isPartial || !price.taxIncluded;

/** The sum where all stops tell a price in one currency; what is free is free in any. */
function sumOf(stops: readonly ChargingStop[]): { readonly minor: number; readonly currency: string } | undefined {
  let minor = 0;
  let currency = "";
  for (const { price } of stops) {
    if (price === undefined || (currency !== "" && price.currency !== "" && price.currency !== currency))
      return undefined;
    minor += price.minor;
    if (price.currency !== "") ({ currency } = price);
  }
  return currency === "" ? undefined : { minor, currency };
}

function caveatsOf(prepared: Prepared, stops: readonly ChargingStop[]): readonly ChargingCaveat[] {
  const found: ChargingCaveat[] = [];
  for (const { connector, price } of stops) {
    if (price === undefined) found.push("price-unknown");
    else if (price.isPartial) found.push("price-partial");
    if (connector.powerIsAssumed) found.push("power-assumed");
    if (connector.free === undefined) found.push("waiting-unknown");
    if (isOccupied(connector)) found.push("occupied-now");
  }
  if (prepared.share < 0.9) found.push("cold-battery");
  return found;
}

/** What choosing otherwise would cost: the same search without the charger of the first stop. */
function nextBest(
  prepared: Prepared,
  plan: StopPlan,
  seconds: number,
  minor: number | undefined,
): ChargingWhy["nextBest"] {
  const { problem, candidates } = prepared;
  const first = candidates[plan.stops[0]?.place ?? -1]?.index;
  const width = problem.count + 1;
  const driveEnergy = problem.driveEnergy.slice();
  for (const [place, { index }] of candidates.entries()) {
    if (index === first) for (let row = 0; row < width; row++) driveEnergy[row * width + place] = NaN;
  }
  const other = searchStops({ ...problem, driveEnergy });
  const place = other?.stops[0]?.place;
  const candidate = place === undefined ? undefined : candidates[place];
  if (other === undefined || candidate === undefined) return undefined;
  const stops = other.stops.map((stop) => stopOf(prepared, stop));
  const total = drivingOf(prepared, other) + stops.reduce((sum, stop) => sum + stop.stopSeconds, 0);
  const price = sumOf(stops)?.minor;
  return {
    charger: candidate.charger,
    seconds: total - seconds,
    ...(price !== undefined && minor !== undefined && { minor: price - minor }),
  };
}

function impossible({ task, problem, candidates, seconds }: Prepared): ChargingPlan {
  const { count, driveEnergy, charge, reserve } = problem;
  if (count === 0) {
    const missing = (driveEnergy[count] ?? 0) + reserve - charge;
    return { kind: "impossible", why: { kind: "no-charger", known: task.chargers.length }, missing };
  }
  const width = count + 1;
  let nearest = -1;
  for (let place = 0; place < count; place++) {
    const energy = driveEnergy[place] ?? NaN;
    if (!Number.isNaN(energy) && (nearest < 0 || energy < (driveEnergy[nearest] ?? Infinity))) nearest = place;
  }
  const candidate = candidates[nearest];
  if (candidate === undefined) return { kind: "impossible", why: { kind: "no-charger", known: task.chargers.length } };
  const arriveCharge = charge - (driveEnergy[nearest] ?? 0);
  const near = { charger: candidate.charger, seconds: seconds[nearest] ?? 0, arriveCharge };
  const reached = reachable(problem);
  if (reached.every((isReached) => !isReached)) {
    return { kind: "impossible", why: { kind: "out-of-reach" }, missing: reserve - arriveCharge, nearest: near };
  }
  // The least leap that is too long: from somewhere with a full battery to the destination or a charger not reached.
  let missing = Infinity;
  for (let row = 0; row < width; row++) {
    if (row > 0 && !reached[row - 1]) continue;
    const full = row === 0 ? charge : 100;
    for (let column = 0; column <= count; column++) {
      if (column < count && reached[column]) continue;
      const lacks = (driveEnergy[row * width + column] ?? NaN) + reserve - full;
      if (lacks > 0) missing = Math.min(missing, lacks);
    }
  }
  return {
    kind: "impossible",
    why: { kind: "gap" },
    ...(missing !== Infinity && { missing }),
    nearest: near,
  };
}

/** Which places can be come to with any number of stops. */
function reachable({ count, driveEnergy, charge, reserve }: StopProblem): readonly boolean[] {
  const width = count + 1;
  const isReached = Array.from({ length: count }, (_, place) => charge - (driveEnergy[place] ?? NaN) >= reserve);
  const open = isReached.flatMap((reached, place) => (reached ? [place] : []));
  for (let place = open.pop(); place !== undefined; place = open.pop()) {
    for (let next = 0; next < count; next++) {
      if (isReached[next] || !(100 - (driveEnergy[(place + 1) * width + next] ?? NaN) >= reserve)) continue;
      isReached[next] = true;
      open.push(next);
    }
  }
  return isReached;
}
