import type { VehicleSummary } from "@caravan/link";
import { doorLocked, doorOpen, doors, paths, windowPosition } from "../paths.ts";

/** One vehicle's latest values, each read as what it is; undefined where the car has not said it. */
export interface Readings {
  number(path: string): number | undefined;
  flag(path: string): boolean | undefined;
  text(path: string): string | undefined;
}

export function readingsOf(vehicle: VehicleSummary): Readings {
  const value = (path: string) => vehicle.values[path]?.value;
  return {
    number(path) {
      const found = value(path);
      return typeof found === "number" ? found : undefined;
    },
    flag(path) {
      const found = value(path);
      return typeof found === "boolean" ? found : undefined;
    },
    text(path) {
      const found = value(path);
      return typeof found === "string" && found !== "" ? found : undefined;
    },
  };
}

export interface Closure {
  /** Undefined where no door says whether it is locked. */
  readonly lock: "locked" | "unlocked" | "partly" | undefined;
  readonly doorsOpen: number;
  readonly windowsOpen: number;
  readonly trunkOpen: boolean;
}

/** What of the car is open or unlocked. */
export function closureOf(readings: Readings): Closure {
  const locks = doors.map((door) => readings.flag(doorLocked(door))).filter((locked) => locked !== undefined);
  return {
    lock: lockOf(locks),
    doorsOpen: doors.filter((door) => readings.flag(doorOpen(door)) === true).length,
    windowsOpen: doors.filter((door) => (readings.number(windowPosition(door)) ?? 0) > 0).length,
    trunkOpen: readings.flag(paths.trunkOpen) === true,
  };
}

function lockOf(locks: readonly boolean[]): Closure["lock"] {
  if (locks.length === 0) return undefined;
  if (locks.every(Boolean)) return "locked";
  return locks.some(Boolean) ? "partly" : "unlocked";
}
