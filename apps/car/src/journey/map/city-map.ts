import { createEngine, createMatcher, createOsrm, createRouter, createSearch } from "@caravan/roads";
import type { City, Engine, LatLon, NamedPlace, Osrm, Router, Search } from "@caravan/roads";
import { planPath } from "@caravan/world";

import { findPlaces } from "./find-places.ts";
import type { MapAnswer, MapQuestion, WaysOutcome, WaysQuestion } from "./questions.ts";

export interface CityMapParts {
  readonly city: City;
  /** Places that the map itself does not have. */
  readonly places?: readonly NamedPlace[];
}

/** Answers questions about one city, one at a time. What takes memory is made when it is first asked for. */
export class CityMap {
  readonly #parts: CityMapParts;
  readonly #engine: Engine;
  readonly #router: Router;
  #search: Search | undefined;
  #osrm: Osrm | undefined;

  constructor(parts: CityMapParts) {
    this.#parts = parts;
    this.#engine = createEngine(parts.city);
    this.#router = createRouter(parts.city, this.#engine);
  }

  answer(question: MapQuestion): MapAnswer {
    const { city } = this.#parts;
    switch (question.kind) {
      case "ways":
        return { kind: "ways", outcome: this.#ways(question) };
      case "path":
        return { kind: "path", path: planPath(question.section, { from: question.from, keeps: city.drivingSide }) };
      case "insert":
        return { kind: "insert", index: this.#bestPlace(question.place, question.stops) };
      case "search": {
        const hits = findPlaces(this.#places(), question, { engine: this.#engine, router: this.#router });
        return { kind: "search", hits };
      }
      case "osrm":
        return { kind: "osrm", ...this.#web().answer(question.address) };
    }
  }

  #places(): Search {
    return (this.#search ??= createSearch(this.#parts.city, { extra: this.#parts.places ?? [] }));
  }

  #web(): Osrm {
    return (this.#osrm ??= createOsrm({
      city: this.#parts.city,
      engine: this.#engine,
      router: this.#router,
      matcher: createMatcher(this.#parts.city),
      search: () => this.#places(),
    }));
  }

  #ways({ stops, most, avoid }: WaysQuestion): WaysOutcome {
    const outcome = this.#router.routes({ stops, alternatives: most - 1, choice: { aim: "time", avoid } });
    return outcome.kind === "routes"
      ? { kind: "ways", ways: outcome.routes.map((route) => ({ route, traffic: [] })) }
      : outcome;
  }

  #bestPlace(place: LatLon, stops: readonly LatLon[]): number {
    const placed = this.#router.place([place, ...stops]);
    if (placed.kind !== "placed") return 0;
    const ends = placed.stops.map((stop) => stop.ends);
    const { durations = [] } = this.#engine.matrix({ aim: "time", avoid: [] }, ends, ends, { duration: true });
    const seconds = (from: number, to: number): number => durations[from * ends.length + to] ?? NaN;
    let [best, least] = [0, Infinity];
    // The new place has number 0, the car number 1.
    for (let i = 1; i + 1 < ends.length; i++) {
      const detour = seconds(i, 0) + seconds(0, i + 1) - seconds(i, i + 1);
      if (detour < least) [best, least] = [i - 1, detour];
    }
    return best;
  }
}
