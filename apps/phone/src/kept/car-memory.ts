import type { CloudClient } from "@caravan/link";
import { forgetCars, keepCars, readKept, type KeptCars, type Shelf } from "./kept-cars.ts";

const keepEveryMs = 10_000;

export interface CarMemory {
  /** What this phone knew when the page opened; undefined once somebody has signed out. */
  last(): KeptCars | undefined;
  /** Which car to open next time. */
  choose(vehicle: string): void;
  /** For the moment when the page is left. */
  keepNow(): void;
}

/** A shelf that follows the cloud's cars, every ten seconds at most, and is emptied when the account signs out. */
export function rememberCars(parts: {
  readonly cloud: CloudClient;
  readonly shelf: Shelf;
  readonly now: () => number;
}): CarMemory {
  const { cloud, shelf } = parts;
  let last = readKept(shelf);
  let chosen = last?.chosen;
  let keptAt = 0;
  const keepNow = () => {
    const { connection, fleet } = cloud.state();
    if (connection === "signed-out" || fleet === undefined) return;
    keptAt = parts.now();
    if (fleet.size === 0) forgetCars(shelf);
    else keepCars(shelf, { vehicles: [...fleet.values()], chosen });
  };
  cloud.subscribe(() => {
    if (cloud.state().connection === "signed-out") {
      last = undefined;
      chosen = undefined;
      forgetCars(shelf);
    } else if (parts.now() - keptAt >= keepEveryMs) keepNow();
  });
  return {
    last: () => last,
    choose(vehicle) {
      chosen = vehicle;
      keepNow();
    },
    keepNow,
  };
}
