import type { PortraitState, WordTable } from "@caravan/ui";
import { doorOpen, paths, windowPosition, type DoorPlace } from "../paths.ts";
import type { words } from "../words/words.ts";
import type { Closure, Readings } from "./readings.ts";

type Say = typeof words extends WordTable<infer Table> ? Table : never;

/** The portrait's state from the car's signals; the simulated city drives on the right, so the driver sits on the left. */
export function portraitOf(readings: Readings, closure: Closure): PortraitState {
  const corner = (door: DoorPlace) => readings.flag(doorOpen(door)) ?? false;
  const pane = (door: DoorPlace) => readings.number(windowPosition(door)) ?? 0;
  const charge = readings.number(paths.charge);
  return {
    doors: {
      frontLeft: corner("Row1.DriverSide"),
      frontRight: corner("Row1.PassengerSide"),
      rearLeft: corner("Row2.DriverSide"),
      rearRight: corner("Row2.PassengerSide"),
    },
    windows: {
      frontLeft: pane("Row1.DriverSide"),
      frontRight: pane("Row1.PassengerSide"),
      rearLeft: pane("Row2.DriverSide"),
      rearRight: pane("Row2.PassengerSide"),
    },
    trunkOpen: closure.trunkOpen,
    locked: closure.lock === "locked",
    headlightsOn: readings.flag(paths.lowBeam) ?? false,
    hazardOn: readings.flag(paths.hazard) ?? false,
    charging: readings.flag(paths.isCharging) ?? false,
    climateOn: readings.flag(paths.airConditioning) ?? false,
    ...(charge === undefined ? {} : { charge }),
  };
}

/** Lock first, then what stands open; one phrase each. */
export function closureWords(closure: Closure, say: Say): readonly string[] {
  const phrases: string[] = [];
  if (closure.lock === "locked") phrases.push(say.locked);
  if (closure.lock === "unlocked") phrases.push(say.unlocked);
  if (closure.lock === "partly") phrases.push(say.partlyLocked);
  if (closure.doorsOpen > 0) phrases.push(say.doorsOpen({ count: closure.doorsOpen }));
  if (closure.windowsOpen > 0) phrases.push(say.windowsOpen({ count: closure.windowsOpen }));
  if (closure.trunkOpen) phrases.push(say.trunkOpen);
  if (closure.lock !== undefined && phrases.length === 1) phrases.push(say.allClosed);
  return phrases;
}
