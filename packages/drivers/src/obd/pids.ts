import { Vehicle } from "@caravan/signals";
import type { Signal } from "@caravan/signals";

const { CombustionEngine, FuelSystem, TractionBattery } = Vehicle.Powertrain;

/** One figure of the engine computer that a car's vocabulary has a word for (SAE J1979, service 01). */
export interface Pid {
  readonly pid: number;
  /** Bytes of its answer. */
  readonly bytes: number;
  readonly signal: Signal<number>;
  /** ms between two questions, where the adapter is quick enough. */
  readonly everyMs: number;
  /** From the answer's bytes to the signal's unit. */
  decode(data: Uint8Array): number;
}

const byte = (data: Uint8Array, index: number): number => data[index] ?? 0;
const word = (data: Uint8Array): number => byte(data, 0) * 256 + byte(data, 1);
const percent = (data: Uint8Array): number => (byte(data, 0) * 100) / 255;
const wholePercent = (data: Uint8Array): number => Math.round(percent(data));
const celsius = (data: Uint8Array): number => byte(data, 0) - 40;

const often = 100;
const sometimes = 1_000;
const seldom = 10_000;

/** Scaling and length as SAE J1979 (ISO 15031-5) tells them. */
export const pids: readonly Pid[] = [
  { pid: 0x05, bytes: 1, signal: CombustionEngine.EngineCoolant.Temperature, everyMs: seldom, decode: celsius },
  {
    pid: 0x0b,
    bytes: 1,
    signal: CombustionEngine.MAP,
    everyMs: sometimes,
    decode: (data) => byte(data, 0),
  },
  { pid: 0x0c, bytes: 2, signal: CombustionEngine.Speed, everyMs: often, decode: (data) => word(data) / 4 },
  { pid: 0x0d, bytes: 1, signal: Vehicle.Speed, everyMs: often, decode: (data) => byte(data, 0) },
  {
    pid: 0x10,
    bytes: 2,
    signal: CombustionEngine.MAF,
    everyMs: sometimes,
    decode: (data) => Math.round(word(data) / 100),
  },
  { pid: 0x11, bytes: 1, signal: CombustionEngine.TPS, everyMs: often, decode: wholePercent },
  { pid: 0x2f, bytes: 1, signal: FuelSystem.RelativeLevel, everyMs: seldom, decode: wholePercent },
  {
    pid: 0x42,
    bytes: 2,
    signal: Vehicle.LowVoltageBattery.CurrentVoltage,
    everyMs: sometimes,
    decode: (data) => word(data) / 1_000,
  },
  { pid: 0x46, bytes: 1, signal: Vehicle.Exterior.AirTemperature, everyMs: seldom, decode: celsius },
  {
    pid: 0x5a,
    bytes: 1,
    signal: Vehicle.Chassis.Accelerator.PedalPosition,
    everyMs: often,
    decode: wholePercent,
  },
  {
    pid: 0x5b,
    bytes: 1,
    signal: TractionBattery.StateOfCharge.Displayed,
    everyMs: seldom,
    decode: percent,
  },
  { pid: 0x5c, bytes: 1, signal: CombustionEngine.EngineOil.Temperature, everyMs: seldom, decode: celsius },
  {
    pid: 0xa6,
    bytes: 4,
    signal: Vehicle.TraveledDistance,
    everyMs: seldom,
    // Tenths of a kilometre to metres.
    decode: (data) => (byte(data, 0) * 2 ** 24 + byte(data, 1) * 65_536 + byte(data, 2) * 256 + byte(data, 3)) * 100,
  },
];

/** The pids that an answer to `first` (0x00, 0x20, ...) names as supported, one bit each, high bit first. */
export function supportedBy(first: number, data: Uint8Array): readonly number[] {
  const found: number[] = [];
  for (let bit = 0; bit < 32; bit++) {
    if ((byte(data, bit >> 3) & (0x80 >> (bit & 7))) !== 0) found.push(first + bit + 1);
  }
  return found;
}
