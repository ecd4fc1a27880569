import type { Signal } from "./signal.ts";
import type { Store } from "./store.ts";

interface Conversion {
  readonly si: string;
  readonly factor: number;
  readonly offset?: number;
}

/** SI value = VSS value * factor + offset. The names on the left are those of VSS. */
const conversions: Readonly<Record<string, Conversion>> = {
  "km/h": { si: "m/s", factor: 1 / 3.6 },
  "m/s": { si: "m/s", factor: 1 },
  "m/s^2": { si: "m/s^2", factor: 1 },
  m: { si: "m", factor: 1 },
  mm: { si: "m", factor: 1e-3 },
  cm: { si: "m", factor: 1e-2 },
  km: { si: "m", factor: 1e3 },
  inch: { si: "m", factor: 0.0254 },
  degrees: { si: "rad", factor: Math.PI / 180 },
  "degrees/s": { si: "rad/s", factor: Math.PI / 180 },
  "rad/s": { si: "rad/s", factor: 1 },
  rpm: { si: "rad/s", factor: Math.PI / 30 },
  percent: { si: "1", factor: 0.01 },
  ratio: { si: "1", factor: 1 },
  Celsius: { si: "K", factor: 1, offset: 273.15 },
  W: { si: "W", factor: 1 },
  kW: { si: "W", factor: 1e3 },
  kWh: { si: "J", factor: 3.6e6 },
  Ah: { si: "C", factor: 3_600 },
  V: { si: "V", factor: 1 },
  A: { si: "A", factor: 1 },
  s: { si: "s", factor: 1 },
  ms: { si: "s", factor: 1e-3 },
  min: { si: "s", factor: 60 },
  h: { si: "s", factor: 3_600 },
  kg: { si: "kg", factor: 1 },
  g: { si: "kg", factor: 1e-3 },
  N: { si: "N", factor: 1 },
  Nm: { si: "N.m", factor: 1 },
  Pa: { si: "Pa", factor: 1 },
  kPa: { si: "Pa", factor: 1e3 },
  l: { si: "m^3", factor: 1e-3 },
  "cm^3": { si: "m^3", factor: 1e-6 },
  "g/s": { si: "kg/s", factor: 1e-3 },
  "g/km": { si: "kg/m", factor: 1e-6 },
  "kWh/100km": { si: "J/m", factor: 36 },
  "l/100km": { si: "m^2", factor: 1e-8 },
  "km/l": { si: "m^-2", factor: 1e6 },
  cpm: { si: "Hz", factor: 1 / 60 },
  bpm: { si: "Hz", factor: 1 / 60 },
};

const plain: Conversion = { si: "1", factor: 1 };

function conversionOf(signal: Signal): Conversion {
  if (signal.unit === undefined) return plain;
  const conversion = conversions[signal.unit];
  if (!conversion) throw new TypeError(`${signal.path} is in ${signal.unit}, which has no SI conversion`);
  return conversion;
}

/** The SI unit that `si` answers in. */
export const siUnit = (signal: Signal<number>): string => conversionOf(signal).si;

/** A VSS value of this signal in SI: km/h become m/s, degrees radians, Celsius kelvin, percent a ratio, kWh joules. */
export function toSi(signal: Signal<number>, value: number): number {
  const { factor, offset = 0 } = conversionOf(signal);
  return value * factor + offset;
}

/** The other way: an SI value as this signal's VSS unit has it. */
export function fromSi(signal: Signal<number>, value: number): number {
  const { factor, offset = 0 } = conversionOf(signal);
  return (value - offset) / factor;
}

/** The latest value in SI (see `toSi`); undefined where the car has none. Latitude and longitude become radians too: take `store.value` for degrees. */
export function si(store: Store, signal: Signal<number>): number | undefined {
  const value = store.value(signal);
  return value === undefined ? undefined : toSi(signal, value);
}
