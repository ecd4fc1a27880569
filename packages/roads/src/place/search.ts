import MiniSearch from "minisearch";
import type { City, LatLon, NamedPlace } from "../city.ts";
import { distanceInDegrees } from "../geometry.ts";
import { nearestEdge } from "./nearest-edge.ts";
import { fold, wordsOf } from "./fold.ts";
import { streetBeside, streetsOf } from "./streets.ts";
import type { Street } from "./streets.ts";

export interface SearchHit extends LatLon {
  readonly name: string;
  /** What tells it from others of the same name: the part of the city, or a bigger street beside it; empty when the map knows neither. */
  readonly detail: string;
  readonly kind: "street" | "place" | "point";
}

export interface Search {
  /**
   * Best first, at most `limit` (6 unless told). Case, accents and small slips do not matter; "57.70, 11.97" is a point. `near` lifts
   * what is close.
   */
  find(text: string, near?: LatLon, limit?: number): readonly SearchHit[];
}

/** Longer questions are cut; nobody types a street of this length. */
const longestText = 120;

/** More candidates than this are not weighed. */
const mostCandidates = 200;

const districts = new Set(["city", "town", "village", "suburb", "borough", "quarter", "neighbourhood", "hamlet"]);

/** A district's name is said of what lies within so many metres of its middle. */
const districtReach = 2_500;

const coordinates = /^\s*(-?\d{1,2}(?:\.\d+)?)\s*°?\s*[,;\s]\s*(-?\d{1,3}(?:\.\d+)?)\s*°?\s*$/;

function pointIn(text: string): LatLon | undefined {
  const match = coordinates.exec(text);
  if (match === null) return undefined;
  const lat = Number(match[1]);
  const lon = Number(match[2]);
  return Math.abs(lat) <= 90 && Math.abs(lon) <= 180 ? { lat, lon } : undefined;
}

interface Entry extends LatLon {
  readonly id: number;
  readonly name: string;
  readonly ref: string;
  readonly alias: string;
  readonly folded: string;
  /** How likely somebody means it, about 1. */
  readonly weight: number;
  readonly street?: Street;
  readonly place?: NamedPlace;
}

function entriesOf(city: City): readonly Entry[] {
  const entries: Entry[] = [];
  const add = (entry: Omit<Entry, "id" | "folded">) =>
    entries.push({ ...entry, id: entries.length, folded: fold(entry.name) });
  for (const street of streetsOf(city.graph)) {
    const { name, ref, alias, lat, lon } = street;
    add({ name, ref, alias, lat, lon, street, weight: 1 + 0.08 * street.rank + 0.05 * Math.log10(1 + street.length) });
  }
  // One stop has a platform for each direction: places of one name and kind close together are one.
  const seen = new Map<string, LatLon[]>();
  for (const place of city.places) {
    const { name, lat, lon, kind } = place;
    const key = `${kind}\n${name}`;
    const others = seen.get(key) ?? [];
    if (others.some((other) => distanceInDegrees(lon, lat, other.lon, other.lat) < 500)) continue;
    seen.set(key, [...others, place]);
    add({ name, ref: "", alias: "", lat, lon, place, weight: districts.has(kind) ? 1.4 : 1 });
  }
  return entries;
}

/** A search over the street names and named places of a city. Building it takes some 50 ms for a big one; keep it. */
export function createSearch(city: City): Search {
  const entries = entriesOf(city);
  const index = new MiniSearch<Entry>({
    fields: ["name", "ref", "alias"],
    tokenize: wordsOf,
    processTerm: (term) => term,
    searchOptions: {
      tokenize: wordsOf,
      processTerm: (term) => term,
      boost: { name: 2, alias: 1.5 },
      prefix: (term) => term.length >= 1,
      fuzzy: (term) => (term.length >= 4 ? 0.25 : false),
      maxFuzzy: 2,
      weights: { prefix: 0.6, fuzzy: 0.3 },
    },
  });
  index.addAll(entries);
  const named = city.places.filter((place) => districts.has(place.kind));

  function districtAt({ lat, lon }: LatLon, besides: string): string {
    let best = "";
    let least = districtReach;
    for (const place of named) {
      const distance = distanceInDegrees(lon, lat, place.lon, place.lat);
      if (distance < least && place.name !== besides) {
        least = distance;
        best = place.name;
      }
    }
    return best;
  }

  function detailOf(entry: Entry): string {
    const district = districtAt(entry, entry.name);
    if (district !== "") return district;
    if (entry.street !== undefined) {
      return streetBeside(city.graph, entry.street.road, entry.name) || (entry.ref === entry.name ? "" : entry.ref);
    }
    const street = nearestEdge(city, entry, { radius: 150 })?.street ?? "";
    return street === entry.name ? "" : street;
  }

  /** How well the name as a whole answers the question, beyond the words found in it. */
  function fit(entry: Entry, question: string): number {
    if (entry.folded === question || fold(entry.alias).split(";").includes(question)) return 3;
    if (entry.folded.startsWith(question)) return 2;
    return entry.folded.includes(question) ? 1.3 : 1;
  }

  function nearness(entry: Entry, near: LatLon | undefined): number {
    if (near === undefined) return 1;
    return 1 + 0.6 / (1 + distanceInDegrees(entry.lon, entry.lat, near.lon, near.lat) / 1_000);
  }

  return {
    find(text, near, limit = 6) {
      const question = text.slice(0, longestText);
      const point = pointIn(question);
      if (point !== undefined) {
        const name = `${point.lat.toFixed(5)}, ${point.lon.toFixed(5)}`;
        return [{ ...point, name, detail: nearestEdge(city, point, { radius: 150 })?.street ?? "", kind: "point" }];
      }
      const folded = fold(question).trim().replace(/\s+/g, " ");
      if (folded === "") return [];
      const every = index.search(question, { combineWith: "AND" });
      const found = every.length > 0 ? every : index.search(question);
      const scored: { readonly entry: Entry; readonly score: number }[] = [];
      for (const { id, score } of found.slice(0, mostCandidates)) {
        const entry = entries[Number(id)];
        scored.push({ entry, score: score * entry.weight * fit(entry, folded) * nearness(entry, near) });
      }
      scored.sort((a, b) => b.score - a.score || a.entry.id - b.entry.id);
      return scored.slice(0, limit).map(({ entry }) => ({
        lat: entry.lat,
        lon: entry.lon,
        name: entry.name,
        detail: detailOf(entry),
        kind: entry.street === undefined ? "place" : "street",
      }));
    },
  };
}
