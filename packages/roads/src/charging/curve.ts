import type { Charger, Connector, Plug } from "./charger.ts";

/** What a planner must know of a car's battery and inlets. */
export interface ChargingCar {
  /** What fits its inlets, adapters that lie in the car included. */
  readonly plugs: readonly Plug[];
  /** Usable Wh: between 0 and 100 % as the dashboard counts. */
  readonly capacity: number;
  /** W into the battery with direct current at so much charge (0..1), rising in charge; constant beyond its ends. */
  readonly curve: readonly (readonly [charge: number, power: number])[];
  /** W that the car's own charger takes of alternating current. */
  readonly acPower: number;
  /** Share of what comes out of the plug that reaches the battery. */
  readonly efficiency: number;
}

/** W that the battery takes at a charge of 0..1. */
export function curvePower(car: Pick<ChargingCar, "curve">, charge: number): number {
  const { curve } = car;
  const first = curve[0];
  if (first === undefined) return 0;
  let before = first;
  for (const point of curve) {
    if (charge <= point[0]) {
      const span = point[0] - before[0];
      return span <= 0 ? point[1] : before[1] + ((charge - before[0]) / span) * (point[1] - before[1]);
    }
    before = point;
  }
  return before[1];
}

/** Share of its power that a battery takes when it is cold: all from 20 °C on, a fifth at -10 °C and below, and none beyond 55 °C. */
export function temperatureShare(celsius: number): number {
  const byCold = Math.min(Math.max((celsius + 17.5) / 37.5, 0.2), 1);
  const byHeat = Math.min(Math.max((60 - celsius) / 8, 0), 1);
  return byCold * byHeat;
}

/** W into the battery from a connector. `share`: what the temperature leaves of the curve. */
export function powerInto(
  car: ChargingCar,
  connector: Pick<Connector, "current" | "power">,
  charge: number,
  share = 1,
): number {
  const offered =
    (connector.current === "ac" ? Math.min(connector.power, car.acPower) : connector.power) * car.efficiency;
  return Math.min(offered, curvePower(car, charge) * share);
}

/** The connector of a charger with which this car charges fastest; undefined where none fits. */
export function bestConnector(car: ChargingCar, charger: Charger): Connector | undefined {
  let best: Connector | undefined;
  for (const connector of charger.connectors) {
    if (!car.plugs.includes(connector.plug)) continue;
    if (best === undefined || powerInto(car, connector, 0.3) > powerInto(car, best, 0.3)) best = connector;
  }
  return best;
}

const stepsPerPercent = 5;
/** A battery that takes next to nothing is not waited for. */
const leastPower = 100; // W

/** Seconds from empty to each whole percent, 0 to 100; the difference of two is the time between them. */
export function secondsTo(car: ChargingCar, connector: Pick<Connector, "current" | "power">, share = 1): Float64Array {
  const seconds = new Float64Array(101);
  const wattHours = car.capacity / 100 / stepsPerPercent;
  for (let percent = 1; percent <= 100; percent++) {
    let sum = 0;
    for (let k = 0; k < stepsPerPercent; k++) {
      const charge = (percent - 1 + (k + 0.5) / stepsPerPercent) / 100;
      sum += (wattHours * 3_600) / Math.max(powerInto(car, connector, charge, share), leastPower);
    }
    seconds[percent] = (seconds[percent - 1] ?? 0) + sum;
  }
  return seconds;
}

/** A column over whole percents at any percent between, linear. */
export function atPercent(column: Float64Array, percent: number): number {
  const low = Math.min(Math.max(Math.floor(percent), 0), 100);
  const below = column[low] ?? 0;
  const above = column[Math.min(low + 1, 100)] ?? below;
  return below + (percent - low) * (above - below);
}

/** Seconds at a connector from one charge to another (0..1); 0 where there is nothing to charge. */
export function chargeSeconds(
  car: ChargingCar,
  connector: Pick<Connector, "current" | "power">,
  from: number,
  to: number,
  share = 1,
): number {
  if (to <= from) return 0;
  const times = secondsTo(car, connector, share);
  return atPercent(times, to * 100) - atPercent(times, from * 100);
}
