import type { DrivingState } from "@caravan/link";
import { si, Vehicle } from "@caravan/signals";
import type { Store } from "@caravan/signals";

/** `SelectedGear` of VSS: 126 is park, 127 drive, 0 neutral, negative a reverse gear. */
export const gears = { park: 126, drive: 127, neutral: 0 } as const;

/** Faster than this, in m/s, a car moves; the noise of a standing car's sensors stays below it. The gate draws the same line. */
const standingSpeed = 1 / 3.6;
/** A speed older than this says nothing about now. */
const speedLastsMs = 3_000;

/** Parked, idling or moving, by the car's own signals. No speed, or an old one, counts as moving. */
export function drivingState(store: Store): DrivingState {
  const speed = si(store, Vehicle.Speed);
  if (speed === undefined || store.isStale(Vehicle.Speed, speedLastsMs) || Math.abs(speed) > standingSpeed)
    return "moving";
  const { IsParkLockEngaged, SelectedGear } = Vehicle.Powertrain.Transmission;
  const isLocked = store.value(IsParkLockEngaged) ?? store.value(SelectedGear) === gears.park;
  return isLocked ? "parked" : "idling";
}
