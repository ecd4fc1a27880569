import { isVehicleSummary, type VehicleSummary } from "@caravan/link";

/** The part of a browser's storage that the phone needs. */
export interface Shelf {
  getItem(key: string): string | null;
  setItem(key: string, value: string): void;
  removeItem(key: string): void;
}

/** The cars as this phone saw them last, for when nobody answers. */
export interface KeptCars {
  readonly vehicles: readonly VehicleSummary[];
  /** The one that was looked at. */
  readonly chosen: string | undefined;
}

const key = "caravan-phone-cars";
const version = 1;
// Some 25 cars with all their values; a fleet's operator is not helped by more of them on a phone without network.
const boundCharacters = 512_000;
const boundCars = 25;

/** Replaces what was kept; where the shelf is full or closed, nothing is kept. */
export function keepCars(shelf: Shelf, cars: KeptCars): void {
  const first = cars.vehicles.filter((one) => one.vehicle === cars.chosen);
  const rest = cars.vehicles.filter((one) => one.vehicle !== cars.chosen);
  const text = JSON.stringify({ version, chosen: cars.chosen, vehicles: [...first, ...rest].slice(0, boundCars) });
  try {
    if (text.length <= boundCharacters) shelf.setItem(key, text);
    else shelf.removeItem(key);
  } catch {
    // A full or blocked storage only means that the phone is empty with no network.
  }
}

/** What was kept, each car as offline; undefined where nothing was, or by another version. */
export function readKept(shelf: Shelf): KeptCars | undefined {
  try {
    const kept: unknown = JSON.parse(shelf.getItem(key) ?? "null");
    if (typeof kept !== "object" || kept === null || !("version" in kept) || kept.version !== version) return undefined;
    if (!("vehicles" in kept) || !Array.isArray(kept.vehicles)) return undefined;
    const vehicles = kept.vehicles.filter(isVehicleSummary).map((one) => ({ ...one, online: false }));
    if (vehicles.length === 0) return undefined;
    return { vehicles, chosen: "chosen" in kept && typeof kept.chosen === "string" ? kept.chosen : undefined };
  } catch {
    return undefined;
  }
}

/** Leaves no trace of anybody's cars on this phone. */
export function forgetCars(shelf: Shelf): void {
  try {
    shelf.removeItem(key);
  } catch {
    // A blocked storage holds nothing.
  }
}
