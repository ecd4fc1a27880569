import { importerVersion } from "@caravan/roads";
import { CityShelf } from "./city-shelf.ts";
import type { PreparedCity } from "./city-shelf.ts";
import { findMapFile, mapsFolder } from "./city-source.ts";

/** 0 to 1, with a word for people about what is being done. */
export type Progress = (fraction: number, what: string) => void;

export interface CityRequest {
  /** The data folder; cities lie in `<data>/maps/<version>/`. */
  readonly data: string;
  /** An OpenStreetMap extract; the default city without one. */
  readonly map?: string;
  readonly onProgress?: Progress;
  readonly signal?: AbortSignal;
}

/** The share of the work after which a city can be driven in; the rest is drawing. */
export const roadsShare = 0.6;

/** The prepared cities of a data folder. */
export function shelfIn(data: string): CityShelf {
  return new CityShelf({ folder: mapsFolder(data), importerVersion });
}

/** The city of a request if it was prepared before; takes some tens of milliseconds. Throws `MapError` if there is no such map file. */
export function findPreparedCity({ data, map }: CityRequest): PreparedCity | undefined {
  const shelf = shelfIn(data);
  const file = findMapFile(map);
  // Who starts from nothing need not hash a whole map for it.
  if (shelf.isEmpty()) return undefined;
  const city = shelf.find(shelf.versionOf(file));
  if (city !== undefined) shelf.touch(city, new Date());
  return city;
}
