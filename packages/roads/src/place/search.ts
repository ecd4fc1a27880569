import type { City, LatLon, NamedPlace } from "../city.ts";
import { distanceInDegrees } from "../geometry.ts";
import { createAddresses } from "./addresses.ts";
import { categoryMeant } from "./categories.ts";
import type { PlaceCategory } from "./categories.ts";
import { pointIn } from "./coordinates.ts";
import { crossingsOf } from "./crossings.ts";
import { entriesOf, isSettlement } from "./entries.ts";
import type { Entry } from "./entries.ts";
import { nearestEdge } from "./nearest-edge.ts";
import { fold, wordsOf } from "./fold.ts";
import { addressMeant, categoryNearby, pairsOfWords, streetsMeant } from "./question.ts";
import { soundWords } from "./sound-words.ts";
import { streetBeside } from "./streets.ts";
import { WordIndex } from "./word-index.ts";

export interface SearchHit extends LatLon {
  /** Empty for a place the map knows only by its category. */
  readonly name: string;
  /** What tells it from others of the same name: the part of the city, or a bigger street beside it; empty when the map knows neither. */
  readonly detail: string;
  /** "street", "crossing", "address", "point", or the map's own word for a place ("cafe", "suburb"). */
  readonly kind: string;
  readonly category?: PlaceCategory;
  /** Metres from `near` as the crow flies. */
  readonly distance?: number;
  /** Invented for the simulation. */
  readonly simulated?: true;
}

export interface Search {
  /**
   * Best first, at most `limit` (6 unless told). Takes names in their own letters or as they are said (pinyin, whole or first letters),
   * categories ("coffee", "加油站"), categories beside something, crossings of two streets, house numbers and coordinates. Case, accents
   * and small slips do not matter. `near` lifts what is close.
   */
  find(text: string, near?: LatLon, limit?: number): readonly SearchHit[];
  /** Places of a category, nearest first, at most `limit` (20 unless told). */
  near(category: PlaceCategory, near: LatLon, limit?: number): readonly SearchHit[];
}

/** Longer questions are cut; nobody types a street of this length. */
const longestText = 120;

/** More candidates than this are not weighed. */
const mostCandidates = 200;

/** Streets tried for each half of a crossing, and for an address. */
const streetsTried = 4;

/** A district's name is said of what lies within so many metres of its middle. */
const districtReach = 2_500;

/** What a word counts in a name, a road's number, another name, and the sound of a name. */
const fieldBoosts = [2, 1, 1.5, 1] as const;

/** Answers unless told. */
const defaultLimit = 6;

interface Named {
  readonly entries: readonly Entry[];
  /** Each of them has all words of the question. */
  readonly haveAll: boolean;
}

/** A search over everything that has a name in a city, and over `extra` places. Building it takes some 50 ms for a big one; keep it. */
export function createSearch(city: City, options: { readonly extra?: readonly NamedPlace[] } = {}): Search {
  const { extra = [] } = options;
  const entries = entriesOf(city, extra);
  const addresses = createAddresses(city);
  const categorised = [...city.places, ...extra].filter(({ category }) => category !== undefined);
  const settlements = city.places.filter(isSettlement);
  const index = new WordIndex(
    entries.map(({ name, ref, alias, sound }) => [wordsOf(name), wordsOf(ref), wordsOf(alias), soundWords(sound)]),
    fieldBoosts,
  );

  function districtAt({ lat, lon }: LatLon, besides: string): string {
    let best = "";
    let least = districtReach;
    for (const place of settlements) {
      const distance = distanceInDegrees(lon, lat, place.lon, place.lat);
      if (distance < least && place.name !== besides) {
        least = distance;
        best = place.name;
      }
    }
    return best;
  }

  function streetAt(point: LatLon): string {
    return nearestEdge(city, point, { radius: 150 })?.street ?? "";
  }

  function detailOf(entry: Entry): string {
    const district = districtAt(entry, entry.name);
    if (district !== "") return district;
    if (entry.street !== undefined) {
      return streetBeside(city.graph, entry.street.road, entry.name) || (entry.ref === entry.name ? "" : entry.ref);
    }
    const street = entry.place?.street ?? streetAt(entry);
    return street === entry.name ? "" : street;
  }

  /** How well the name as a whole answers the question, beyond the words found in it. */
  function fit(entry: Entry, question: string): number {
    const said = entry.sound.split(" ; ").map((sound) => sound.replaceAll(" ", ""));
    const joined = question.replaceAll(" ", "");
    if (entry.folded === question || fold(entry.alias).split(";").includes(question) || said.includes(joined)) return 3;
    if (entry.folded.startsWith(question) || said.some((sound) => sound.startsWith(joined))) return 2;
    return entry.folded.includes(question) ? 1.3 : 1;
  }

  function nearness(entry: LatLon, near: LatLon | undefined): number {
    if (near === undefined) return 1;
    return 1 + 0.6 / (1 + distanceInDegrees(entry.lon, entry.lat, near.lon, near.lat) / 1_000);
  }

  /** Entries by how well their names answer: those that have all words, or any where none has all. */
  function byName(question: string, near: LatLon | undefined): Named {
    const folded = fold(question).trim().replace(/\s+/g, " ");
    if (folded === "") return { entries: [], haveAll: false };
    const { every, any } = index.find(wordsOf(question));
    const scored: { readonly entry: Entry; readonly score: number }[] = [];
    for (const { item, score } of (every.length > 0 ? every : any).slice(0, mostCandidates)) {
      const entry = entries[item];
      scored.push({ entry, score: score * entry.weight * fit(entry, folded) * nearness(entry, near) });
    }
    scored.sort((a, b) => b.score - a.score || a.entry.id - b.entry.id);
    return { entries: scored.map(({ entry }) => entry), haveAll: every.length > 0 };
  }

  /** Names of streets a text can mean, best first, each once. */
  function streetNames(text: string, near: LatLon | undefined, match: "every" | "any"): readonly string[] {
    const named = byName(text, near);
    if (match === "every" && !named.haveAll) return [];
    const found = named.entries.filter(({ street }) => street !== undefined);
    return [...new Set(found.map(({ name }) => name))].slice(0, streetsTried);
  }

  function crossings([a, b]: readonly [string, string], near: LatLon, match: "every" | "any"): readonly SearchHit[] {
    const others = streetNames(b, near, match);
    for (const first of others.length === 0 ? [] : streetNames(a, near, match)) {
      for (const second of others) {
        const points = crossingsOf(city.graph, first, second);
        const away = (point: LatLon) => distanceInDegrees(point.lon, point.lat, near.lon, near.lat);
        if (points.length === 0) continue;
        return points
          .toSorted((one, other) => away(one) - away(other))
          .map((point) => ({
            ...point,
            name: `${first} / ${second}`,
            detail: districtAt(point, ""),
            kind: "crossing",
          }));
      }
    }
    return [];
  }

  function atNumber(text: string, near: LatLon): readonly SearchHit[] {
    const meant = addressMeant(text);
    if (meant === undefined) return [];
    return streetNames(meant.street, near, "any")
      .flatMap((street) => addresses.find(street, meant.number, near))
      .map((place) => ({
        lat: place.lat,
        lon: place.lon,
        name: `${place.street ?? ""} ${place.number ?? ""}`,
        detail: place.kind === "address" ? districtAt(place, "") : place.name,
        kind: "address",
      }));
  }

  function hitOf(entry: Entry): SearchHit {
    const { lat, lon, name, place } = entry;
    return {
      lat,
      lon,
      name,
      detail: detailOf(entry),
      kind: place === undefined ? "street" : place.kind,
      ...(place?.category === undefined ? {} : { category: place.category }),
      ...(place?.simulated === undefined ? {} : { simulated: place.simulated }),
    };
  }

  function ofCategory(category: PlaceCategory, near: LatLon, limit: number): readonly SearchHit[] {
    const away = (place: LatLon) => distanceInDegrees(place.lon, place.lat, near.lon, near.lat);
    return categorised
      .filter((place) => place.category === category)
      .map((place) => ({ place, distance: away(place) }))
      .toSorted((a, b) => a.distance - b.distance)
      .slice(0, limit)
      .map(({ place }) => ({
        lat: place.lat,
        lon: place.lon,
        name: place.name,
        detail: place.street ?? streetAt(place),
        kind: place.kind,
        category,
        ...(place.simulated === undefined ? {} : { simulated: place.simulated }),
      }));
  }

  /** What a question can mean, the likeliest reading first. */
  function readings(question: string, near: LatLon | undefined, limit: number): readonly SearchHit[] {
    const centre = near ?? city.centre;
    const category = categoryMeant(question);
    const ofKind = category === undefined ? [] : ofCategory(category, centre, limit);
    const pair = streetsMeant(question);
    const crossed = pair === undefined ? [] : crossings(pair, centre, "any");
    const whole = byName(question, near);
    const named = () => whole.entries.slice(0, limit).map(hitOf);
    const sure = [...ofKind, ...crossed, ...atNumber(question, centre)];
    if (sure.length > 0) return [...sure, ...named()];
    const beside = categoryNearby(question);
    const [there] = beside === undefined ? [] : byName(beside.beside, near).entries;
    if (beside !== undefined && there !== undefined) {
      const found = ofCategory(beside.category, there, limit);
      if (found.length > 0) return found;
    }
    if (!whole.haveAll) {
      for (const words of pairsOfWords(question)) {
        const guessed = crossings(words, centre, "every");
        if (guessed.length > 0) return [...guessed, ...named()];
      }
    }
    return named();
  }

  function withDistance(hits: readonly SearchHit[], near: LatLon | undefined, limit: number): readonly SearchHit[] {
    const seen = new Set<string>();
    const once = hits.filter(({ lat, lon, name }) => {
      const key = `${lat} ${lon} ${name}`;
      return !seen.has(key) && seen.add(key) !== undefined;
    });
    const kept = once.slice(0, limit);
    if (near === undefined) return kept;
    return kept.map((hit) => ({ ...hit, distance: distanceInDegrees(hit.lon, hit.lat, near.lon, near.lat) }));
  }

  return {
    find(text, near, limit = defaultLimit) {
      const question = text.slice(0, longestText);
      const point = pointIn(question);
      if (point !== undefined) {
        const name = `${point.lat.toFixed(5)}, ${point.lon.toFixed(5)}`;
        return withDistance([{ ...point, name, detail: streetAt(point), kind: "point" }], near, limit);
      }
      return withDistance(readings(question, near, limit), near, limit);
    },
    near: (category, near, limit = 20) => withDistance(ofCategory(category, near, limit), near, limit),
  };
}
