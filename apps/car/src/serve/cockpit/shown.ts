import type { Catalogue, Signal, SignalValue } from "@caravan/signals";

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

/** Digits beyond what a screen can show would make every reading a change. */
export function rounded(value: SignalValue): SignalValue {
  return typeof value === "number" && !Number.isInteger(value) ? Number(value.toPrecision(6)) : value;
}
