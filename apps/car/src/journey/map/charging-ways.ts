import { legEnergy, planCharging } from "@caravan/roads/charging";
import type { Charger, ChargingPlan, ChargingStop } from "@caravan/roads/charging";
import type { EdgeEnd, Engine, MetricChoice, Router } from "@caravan/roads/routing";
import type { LatLon } from "@caravan/roads";

import type { ChargingNeed } from "./questions.ts";

/** Chargers that are weighed against each other: those that cost the least detour. */
const mostWeighed = 40;

export interface ChargingTask {
  readonly stops: readonly LatLon[];
  readonly need: ChargingNeed;
  readonly choice: MetricChoice;
  readonly chargers: readonly Charger[];
  readonly engine: Engine;
  readonly router: Router;
}

/** The reserve is for what nobody foresees; who has no more than that may use it to reach a charger, but for this much (0..1). */
const leastReserve = 0.03;

/** Where to charge on the way through `stops`, the first of which is where the car is. */
export function chargingFor(task: ChargingTask): ChargingPlan | undefined {
  const plan = planWith(task, task.need.reserve);
  if (plan?.kind !== "impossible" || task.need.reserve <= leastReserve) return plan;
  const daring = planWith(task, leastReserve);
  return daring?.kind === "stops" ? daring : plan;
}

function planWith(
  { stops, need, choice, chargers, engine, router }: ChargingTask,
  reserve: number,
): ChargingPlan | undefined {
  const [start, ...rest] = stops;
  const destination = rest.at(-1);
  if (start === undefined || destination === undefined) return undefined;
  const ends = new Map<LatLon, readonly EdgeEnd[]>();
  const endsOf = (place: LatLon): readonly EdgeEnd[] => {
    const known = ends.get(place) ?? router.near(place, 1)[0]?.ends ?? [];
    ends.set(place, known);
    return known;
  };
  return planCharging({
    car: need.car,
    start,
    via: rest.slice(0, -1),
    destination,
    chargers: nearTheWay(chargers, start, destination),
    charge: need.charge,
    reserve,
    arrival: need.reserve,
    aim: "time",
    ...(need.temperature === undefined ? {} : { temperature: need.temperature }),
    legs: (from, to) => {
      const table = engine.matrix(choice, from.map(endsOf), to.map(endsOf), { duration: true, distance: true });
      const seconds = table.durations ?? new Float64Array(from.length * to.length).fill(NaN);
      const wattHours = Float64Array.from(seconds, (time, i) =>
        Number.isNaN(time) ? NaN : need.factor * legEnergy(need.model, table.distances?.[i] ?? NaN, time),
      );
      return { seconds, wattHours };
    },
  });

  function nearTheWay(all: readonly Charger[], from: LatLon, to: LatLon): readonly Charger[] {
    if (all.length <= mostWeighed) return all;
    const detours = engine.detours(choice, endsOf(from), endsOf(to), all.map(endsOf));
    return all
      .map((charger, i) => ({ charger, detour: detours[i] ?? NaN }))
      .filter(({ detour }) => !Number.isNaN(detour))
      .toSorted((a, b) => a.detour - b.detour)
      .slice(0, mostWeighed)
      .map(({ charger }) => charger);
  }
}

/** The stops with the chargers among them; `charges` tells which stop of the result is which charge. */
export function withCharges(
  stops: readonly LatLon[],
  plan: Extract<ChargingPlan, { kind: "stops" }>,
): { readonly stops: readonly LatLon[]; readonly charges: ReadonlyMap<number, ChargingStop> } {
  const [start, ...rest] = stops;
  const all: LatLon[] = start === undefined ? [] : [start];
  const charges = new Map<number, ChargingStop>();
  rest.forEach((place, i) => {
    for (const stop of plan.stops.filter(({ after }) => after === i)) {
      charges.set(all.length, stop);
      all.push({ lat: stop.charger.lat, lon: stop.charger.lon });
    }
    all.push(place);
  });
  return { stops: all, charges };
}
