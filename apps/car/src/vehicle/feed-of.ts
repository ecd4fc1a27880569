import { basename } from "node:path";

import type { Store } from "@caravan/signals";

import { isCandump, liveBuses, readTranslation, recordedBus } from "./can-setup.ts";
import type { Translation } from "./can-setup.ts";
import { devicesOf } from "./devices.ts";
import { DrivenFeed, driverClock } from "./driven-feed.ts";
import type { Feed } from "./feed.ts";
import type { Log } from "./log.ts";
import { Replay } from "./replay.ts";
import type { CarSettings } from "./settings.ts";

/**
 * What takes the place of the simulation in the first car, by its settings; the other cars stay simulated.
 * @throws where a file is not what it should be, with one sentence
 */
export async function feedOf(
  settings: Pick<CarSettings, "replay" | "translation" | "can" | "canBitrate" | "obd" | "gps">,
  clock: { now(): number },
  log: Log,
): Promise<((store: Store) => Feed) | undefined> {
  const { replay: file, translation } = settings;
  if (file === undefined) {
    const drivers = [
      ...(translation === undefined ? [] : liveBuses(settings, await meaning(translation, log), driverClock(clock))),
      ...devicesOf(settings, driverClock(clock)),
    ];
    if (drivers.length === 0) return undefined;
    const devices = drivers.map((driver) => driver.name).join(" and ");
    return (store) => new DrivenFeed({ name: devices, isRecording: false, drivers, store, clock, log });
  }
  const name = basename(file);
  const isBus = await isCandump(file);
  if (translation === undefined) {
    if (isBus)
      throw new Error(`${name} is a recording of a CAN bus: say what its frames mean with --dbc and --map-to-vss.`);
    return (store) => new Replay({ file, store, clock, log });
  }
  if (!isBus) throw new Error(`${name} is no candump recording, so --dbc and --map-to-vss have nothing to act on.`);
  const read = await meaning(translation, log);
  const driver = recordedBus({ file, translation: read, clock: driverClock(clock) });
  return (store) => new DrivenFeed({ name, isRecording: true, drivers: [driver], store, clock, log });
}

async function meaning(files: { readonly dbc: string; readonly mapping: string }, log: Log): Promise<Translation> {
  return await readTranslation(files, (warning) => log.warn({ warning }, "a file was taken with a warning"));
}
