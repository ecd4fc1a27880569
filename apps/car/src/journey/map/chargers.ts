import { readOcpiLocations, readOsmCharger } from "@caravan/roads/charging";
import type { Charger } from "@caravan/roads/charging";
import type { City } from "@caravan/roads";

import { parsed } from "./parsed.ts";

/** What a simulated operator's party is called in the file beside the map. */
const simulatedParty = "SIM-";

/** The chargers of a city: those its map knows, and those stored beside it as OCPI locations. */
export function chargersOf(city: City, stored: string | undefined): readonly Charger[] {
  const known = city.places.flatMap((place, i) => {
    const { tags, name, lat, lon } = place;
    if (place.category !== "charging" || tags === undefined) return [];
    return readOsmCharger({ id: `map ${i}`, name, lat, lon, tags }) ?? [];
  });
  const { chargers } = readOcpiLocations(parsed(stored));
  const told = chargers.map((charger): Charger =>
    charger.id.includes(simulatedParty) ? { ...charger, source: "simulated" } : charger,
  );
  return [...known, ...told];
}
