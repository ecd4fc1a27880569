import type { Charger, ChargePrice, Connector } from "./charger.ts";
import { chargerOf } from "./charger.ts";
import type { ChargingTask, Legs } from "./charging-plan.ts";
import type { ChargingCar } from "./curve.ts";

/** For tests: 50 kWh, 130 kW at most, tapering from 60 %. */
export const testCar: ChargingCar = {
  plugs: ["type2", "ccs2"],
  capacity: 50_000,
  curve: [
    [0, 130_000],
    [0.6, 110_000],
    [1, 12_000],
  ],
  acPower: 11_000,
  efficiency: 0.93,
};

export const perKwh = (minor: number, currency = "EUR"): ChargePrice => ({
  currency,
  perKwh: minor,
  perMinute: 0,
  flat: 0,
  taxIncluded: true,
  isPartial: false,
});

/** A charger at so many kilometres of a straight road (a degree of longitude each). */
export function chargerAt(km: number, power: number, change: Partial<Connector> = {}): Charger {
  const charger = chargerOf({
    id: `km ${km} ${power}`,
    name: `Charger at ${km} km`,
    lat: 0,
    lon: km,
    source: "ocpi",
    connectors: [
      {
        plug: power > 22_000 ? "ccs2" : "type2",
        current: power > 22_000 ? "dc" : "ac",
        power,
        powerIsAssumed: false,
        count: 2,
        free: 1,
        ...change,
      },
    ],
  });
  if (charger === undefined) throw new Error("no charger");
  return charger;
}

/** Along the straight road at 90 km/h and 180 Wh/km; latitude is a detour of so many kilometres. */
export function straightLegs(
  from: readonly { lat: number; lon: number }[],
  to: readonly { lat: number; lon: number }[],
): Legs {
  const km = from.flatMap((a) => to.map((b) => Math.abs(a.lon - b.lon) + Math.abs(a.lat - b.lat)));
  return { seconds: Float64Array.from(km, (d) => d * 40), wattHours: Float64Array.from(km, (d) => d * 180) };
}

/** 400 km with half a battery, unless told otherwise. */
export const task = (change: Partial<ChargingTask> = {}): ChargingTask => ({
  car: testCar,
  start: { lat: 0, lon: 0 },
  destination: { lat: 0, lon: 400 },
  chargers: [50, 100, 150, 200, 250, 300, 350].map((km) => chargerAt(km, 150_000, { price: perKwh(50) })),
  legs: straightLegs,
  charge: 0.5,
  reserve: 0.1,
  arrival: 0.2,
  aim: "time",
  ...change,
});
