import type { Catalogue, Signal, SignalValue, Store } from "@caravan/signals";

/** Branches that change many times a second and that no screen shows; position and heading travel as pose. */
const unseen = [
  "Vehicle.CurrentLocation.",
  "Vehicle.Acceleration.",
  "Vehicle.AngularVelocity.",
  "Vehicle.Orientation.",
  "Vehicle.Chassis.Axle.Row1.Wheel.LeftSpeed",
] as const;

const unseenEndings = [".AngularSpeed", ".BrakePadTemperature"] as const;

/** The signals whose values go to the cockpit. */
export function shownSignals(catalogue: Catalogue): readonly Signal[] {
  return catalogue.signals.filter(
    ({ path }) =>
      !unseen.some((branch) => path.startsWith(branch)) &&
      !(path.includes(".Wheel.") && (path.endsWith(".Speed") || unseenEndings.some((ending) => path.endsWith(ending)))),
  );
}

/** All values there are, by path, for a screen that has just come. */
export function valuesOf(store: Store, signals: readonly Signal[]): Readonly<Record<string, SignalValue>> {
  const values: Record<string, SignalValue> = {};
  for (const signal of signals) {
    const value = store.value(signal);
    if (value !== undefined) values[signal.path] = value;
  }
  return values;
}
