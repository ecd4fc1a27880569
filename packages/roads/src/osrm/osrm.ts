import type { City } from "../city.ts";
import type { AvoidClass, MetricChoice } from "../engine/choice.ts";
import type { Engine } from "../engine/engine.ts";
import { bannersOf } from "../guidance/banners.ts";
import type { GuideLanguage } from "../guidance/texts.ts";
import { voicesOf } from "../guidance/voices.ts";
import type { Matcher } from "../match/matching.ts";
import type { Search } from "../place/search.ts";
import type { Route } from "../route/route.ts";
import type { Router } from "../route/router.ts";
import { answerIsochrone } from "./isochrone-service.ts";
import { JsonText } from "./json-text.ts";
import { answerMatch } from "./match-service.ts";
import { answerNearest } from "./nearest-service.ts";
import { readOptions } from "./options.ts";
import type { Options } from "./options.ts";
import { problem, problemAnswer } from "./problem.ts";
import type { OsrmAnswer, OsrmProblem } from "./problem.ts";
import { readRequest } from "./request.ts";
import type { Service } from "./request.ts";
import { answerRoute } from "./route-service.ts";
import { answerSearch } from "./search-service.ts";
import { answerTable } from "./table-service.ts";
import { answerTrip } from "./trip-service.ts";
import { fingerprint } from "./waypoint-json.ts";

/** How much one request may ask for. */
export interface OsrmLimits {
  readonly route: number;
  /** Stops of a route or trip of which every step, segment or point of the line is wanted: writing takes longer than finding. */
  readonly drawn: number;
  readonly alternatives: number;
  readonly nearest: number;
  /** Rows and columns of a table that is as long as wide; a longer one may be as much narrower. */
  readonly table: number;
  readonly match: number;
  /** Of a trace, from point to point as the crow flies; what lies far apart takes long to match. */
  readonly matchKilometres: number;
  readonly trip: number;
  /** Contours of one isochrone, and how far the farthest may lie, in minutes. */
  readonly contours: number;
  readonly contourMinutes: number;
  readonly search: number;
}

const usualLimits: OsrmLimits = {
  route: 100,
  drawn: 50,
  alternatives: 3,
  nearest: 100,
  table: 100,
  match: 100,
  matchKilometres: 200,
  trip: 100,
  contours: 6,
  contourMinutes: 60,
  search: 50,
};

export interface OsrmParts {
  readonly city: City;
  readonly engine: Engine;
  readonly router: Router;
  readonly matcher: Matcher;
  /** Asked for with the first `/search`; without it nothing is found. */
  readonly search?: () => Search;
  readonly limits?: Partial<OsrmLimits>;
}

/** What the services share. */
export interface Parts extends OsrmParts {
  readonly limits: OsrmLimits;
  /** The map's fingerprint in hints. */
  readonly map: number;
  /** Where the answer is written. */
  readonly out: JsonText;
  /** The map's version as the last field of an answer, with the brace that ends it. */
  readonly version: string;
  readonly instructions: {
    readonly banners: (route: Route, language: GuideLanguage) => readonly (readonly unknown[])[];
    readonly voices: (route: Route, language: GuideLanguage) => readonly (readonly unknown[])[];
  };
  readonly choiceOf: (exclude: readonly AvoidClass[]) => MetricChoice;
}

/** The routing of a city in the words of OSRM's HTTP API, version 5. */
export interface Osrm {
  /**
   * Answers `/route/v1/driving/...` and its siblings `nearest`, `table`, `match` and `trip`, `/isochrone/v1/driving/lon,lat?contours_minutes=`
   * and `/search?q=`. Never throws; what is wrong or impossible is 400 with OSRM's code and message.
   */
  answer(pathWithQuery: string): OsrmAnswer;
}

const answers: Readonly<Record<Service, (parts: Parts, options: Options) => OsrmProblem | undefined>> = {
  route: answerRoute,
  nearest: answerNearest,
  table: answerTable,
  match: answerMatch,
  trip: answerTrip,
};

/** OSRM's HTTP API over a city. One at a time: it shares the engine's memory. */
export function createOsrm(given: OsrmParts): Osrm {
  const parts: Parts = {
    ...given,
    limits: { ...usualLimits, ...given.limits },
    map: fingerprint(given.city.version),
    out: new JsonText(),
    version: `,"data_version":${JSON.stringify(given.city.version)}}`,
    instructions: { banners: bannersOf, voices: voicesOf },
    choiceOf: (exclude) => ({ aim: "time", avoid: [], exclude }),
  };

  /** Writes the answer, or tells why there is none. */
  function write(pathWithQuery: string): OsrmProblem | undefined {
    if (/^\/search(?:$|\?)/.test(pathWithQuery)) return answerSearch(parts, pathWithQuery);
    if (pathWithQuery.startsWith("/isochrone/")) return answerIsochrone(parts, pathWithQuery);
    const request = readRequest(pathWithQuery);
    if (request.kind === "problem") return request;
    const options = readOptions(request.service, request.query, request.prefixLength);
    if ("code" in options) return options;
    if (options.excludesUnknown) return problem("InvalidValue", "Exclude flag combination is not supported.");
    return answers[request.service](parts, options);
  }

  return {
    answer(pathWithQuery) {
      parts.out.clear();
      const wrong = write(pathWithQuery);
      return wrong === undefined ? { status: 200, body: parts.out.take() } : problemAnswer(wrong);
    },
  };
}
