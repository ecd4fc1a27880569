/** What must outlive the process so that a restarted car computer finds the simulated car where it physically is. JSON-safe. */
export interface CarSnapshot {
  readonly version: 1;
  readonly lat: number;
  readonly lon: number;
  /** Degrees clockwise from north. */
  readonly heading: number;
  /** 0..1 */
  readonly charge: number;
  /** Metres. */
  readonly odometer: number;
  readonly tripMeter: number;
  /** kWh over the life of the car. */
  readonly consumed: number;
  readonly recuperated: number;
  readonly charged: number;
  /** °C */
  readonly batteryTemperature: number;
  readonly cabinTemperature: number;
  /** Settings and positions of the body by VSS path. */
  readonly body: Readonly<Record<string, number | boolean | string>>;
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

const ranges = {
  lat: [-90, 90],
  lon: [-180, 180],
  heading: [0, 360],
  charge: [0, 1],
  odometer: [0, 1e10],
  tripMeter: [0, 1e10],
  consumed: [0, 1e7],
  recuperated: [0, 1e7],
  charged: [0, 1e7],
  batteryTemperature: [-60, 120],
  cabinTemperature: [-60, 120],
} as const;

/** A snapshot read back from where the car computer kept it; undefined where it is not one, or is out of this world. */
export function readSnapshot(value: unknown): CarSnapshot | undefined {
  if (!isRecord(value) || value["version"] !== 1 || !isRecord(value["body"])) return undefined;
  const number = (name: keyof typeof ranges): number => {
    const [least, most] = ranges[name];
    const found = value[name];
    return typeof found === "number" && found >= least && found <= most ? found : NaN;
  };
  const body: Record<string, number | boolean | string> = {};
  for (const [path, setting] of Object.entries(value["body"])) {
    if (typeof setting === "number" || typeof setting === "boolean" || typeof setting === "string")
      body[path] = setting;
  }
  const snapshot: CarSnapshot = {
    version: 1,
    lat: number("lat"),
    lon: number("lon"),
    heading: number("heading"),
    charge: number("charge"),
    odometer: number("odometer"),
    tripMeter: number("tripMeter"),
    consumed: number("consumed"),
    recuperated: number("recuperated"),
    charged: number("charged"),
    batteryTemperature: number("batteryTemperature"),
    cabinTemperature: number("cabinTemperature"),
    body,
  };
  return Object.values(snapshot).some((part) => Number.isNaN(part)) ? undefined : snapshot;
}
