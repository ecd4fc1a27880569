// Hot: runs for every batch that arrives.
import type { Samples, SignalValue } from "@caravan/link";

/** What the samples of a car say that matters for traffic, in the units of their signals (degrees, km/h, m); the last six are 1 or 0. */
export const probeKind = {
  latitude: 0,
  longitude: 1,
  heading: 2,
  speed: 3,
  accuracy: 4,
  gearIsPark: 5,
  parkLock: 6,
  parkingBrake: 7,
  blind: 8,
  ignitionIsOff: 9,
  charging: 10,
} as const;

interface Wanted {
  readonly kind: number;
  readonly read: (value: SignalValue | undefined) => number | undefined;
}

const park = 126;
const ignitionOff: readonly (SignalValue | undefined)[] = ["LOCK", "OFF", "ACC"];
const asNumber = (value: SignalValue | undefined) => (typeof value === "number" ? value : undefined);
const asFlag = (value: SignalValue | undefined) => (typeof value === "boolean" ? Number(value) : undefined);

const location = "Vehicle.CurrentLocation";
const wanted: ReadonlyMap<string, Wanted> = new Map<string, Wanted>([
  [`${location}.Latitude`, { kind: probeKind.latitude, read: asNumber }],
  [`${location}.Longitude`, { kind: probeKind.longitude, read: asNumber }],
  [`${location}.Heading`, { kind: probeKind.heading, read: asNumber }],
  [`${location}.HorizontalAccuracy`, { kind: probeKind.accuracy, read: asNumber }],
  [`${location}.GNSSReceiver.FixType`, { kind: probeKind.blind, read: (value) => Number(value === "NONE") }],
  ["Vehicle.Speed", { kind: probeKind.speed, read: asNumber }],
  [
    "Vehicle.Powertrain.Transmission.SelectedGear",
    { kind: probeKind.gearIsPark, read: (value) => Number(value === park) },
  ],
  ["Vehicle.Powertrain.Transmission.IsParkLockEngaged", { kind: probeKind.parkLock, read: asFlag }],
  [
    "Vehicle.LowVoltageSystemState",
    { kind: probeKind.ignitionIsOff, read: (value) => Number(ignitionOff.includes(value)) },
  ],
  ["Vehicle.Powertrain.TractionBattery.Charging.IsCharging", { kind: probeKind.charging, read: asFlag }],
  ["Vehicle.Chassis.ParkingBrake.IsEngaged", { kind: probeKind.parkingBrake, read: asFlag }],
]);

/** Kind, time (UTC ms by the car's clock) and value of each sample that matters, three numbers each; undefined where none does. */
export function probeSamples(samples: Samples): Float64Array | undefined {
  const kinds = samples.paths.map((path) => wanted.get(path));
  if (kinds.every((kind) => kind === undefined)) return undefined;
  const found: number[] = [];
  for (let index = 0; index < samples.path.length; index++) {
    const kind = kinds[samples.path[index] ?? 0];
    const value = kind?.read(samples.value[index]);
    const at = samples.at[index];
    if (kind !== undefined && value !== undefined && at !== undefined) found.push(kind.kind, at, value);
  }
  return found.length === 0 ? undefined : Float64Array.from(found);
}
