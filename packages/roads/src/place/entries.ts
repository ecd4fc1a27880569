import type { City, LatLon, NamedPlace } from "../city.ts";
import { distanceInDegrees } from "../geometry.ts";
import { fold } from "./fold.ts";
import { streetsOf } from "./streets.ts";
import type { Street } from "./streets.ts";

/** Something that can be found by its name. */
export interface Entry extends LatLon {
  readonly id: number;
  readonly name: string;
  readonly ref: string;
  readonly alias: string;
  /** How its Chinese names are said, one after the other; empty for all others. */
  readonly sound: string;
  readonly folded: string;
  /** How likely somebody means it, about 1. */
  readonly weight: number;
  readonly street?: Street;
  readonly place?: NamedPlace;
}

const settlements = new Set(["city", "town", "village", "suburb", "borough", "quarter", "neighbourhood", "hamlet"]);

/** Places of one name and kind nearer than this, in metres, are one: a stop has a platform for each direction. */
const samePlaceWithin = 500;

export function isSettlement(place: NamedPlace): boolean {
  return settlements.has(place.kind);
}

/** Everything of a city that has a name: streets, one entry for each part of the city that has one, and places. House numbers are left out. */
export function entriesOf(city: City, extra: readonly NamedPlace[]): readonly Entry[] {
  const entries: Entry[] = [];
  const add = (entry: Omit<Entry, "id" | "folded" | "sound">) => {
    const sounds = [entry.name, ...entry.alias.split(";")].flatMap((name) => city.sounds.get(name) ?? []);
    entries.push({ ...entry, id: entries.length, folded: fold(entry.name), sound: sounds.join(" ; ") });
  };
  for (const street of streetsOf(city.graph)) {
    const { name, ref, alias, lat, lon } = street;
    add({ name, ref, alias, lat, lon, street, weight: 1 + 0.08 * street.rank + 0.05 * Math.log10(1 + street.length) });
  }
  const seen = new Map<string, LatLon[]>();
  for (const place of [...city.places, ...extra]) {
    const { name, lat, lon, kind, alias = "" } = place;
    if (name === "" || kind === "address") continue;
    const key = `${kind}\n${name}`;
    const others = seen.get(key) ?? [];
    if (others.some((other) => distanceInDegrees(lon, lat, other.lon, other.lat) < samePlaceWithin)) continue;
    seen.set(key, [...others, place]);
    add({ name, ref: "", alias, lat, lon, place, weight: isSettlement(place) ? 1.4 : 1 });
  }
  return entries;
}
