import type { LatLon } from "../city.ts";
import { decodePolyline } from "./polyline.ts";
import { problem } from "./problem.ts";
import type { OsrmProblem } from "./problem.ts";
import { Scanner } from "./scanner.ts";

export const services = ["route", "nearest", "table", "match", "trip"] as const;
export type Service = (typeof services)[number];

/** Longer addresses are not read. */
export const longestUrl = 64 * 1_024;

/** A coordinate farther out than this has no place even on a map that is upside down. */
const farthestDegrees = 2_147;

export interface OsrmRequest {
  readonly kind: "request";
  readonly service: Service;
  /** What follows the profile, and where it began in the address. */
  readonly query: string;
  readonly prefixLength: number;
}

function malformed(url: string, position: number): OsrmProblem {
  const context = url.slice(Math.max(0, position - 3), position + 3);
  return problem("InvalidUrl", `URL string malformed close to position ${position}: "${context}"`);
}

function decoded(url: string): string | undefined {
  try {
    return decodeURIComponent(url);
  } catch {
    return undefined;
  }
}

/** The parts of `/{service}/v1/{profile}/{coordinates}[.json]?options`. */
export function readRequest(pathWithQuery: string): OsrmRequest | OsrmProblem {
  if (pathWithQuery.length > longestUrl) return problem("TooBig", `The URL is longer than ${longestUrl} characters.`);
  const url = decoded(pathWithQuery);
  if (url === undefined) return malformed(pathWithQuery, pathWithQuery.indexOf("%"));
  const scanner = new Scanner(url);
  if (!scanner.takes("/")) return malformed(url, scanner.at);
  const service = scanner.match(/[A-Za-z]+/y);
  if (service === undefined || !scanner.takes("/v")) return malformed(url, scanner.at);
  const version = scanner.whole();
  if (version === undefined || !scanner.takes("/")) return malformed(url, scanner.at);
  if (scanner.match(/[A-Za-z]+/y) === undefined || !scanner.takes("/") || scanner.isAtEnd()) {
    return malformed(url, scanner.at);
  }
  const known = services.find((name) => name === service);
  if (known === undefined) {
    return service === "tile"
      ? problem("NotImplemented", "Vector tiles of the network are not offered.")
      : problem("InvalidService", `Service ${service} not found!`);
  }
  if (version !== 1) return problem("InvalidVersion", `Service ${service} not found!`);
  return { kind: "request", service: known, query: url.slice(scanner.at), prefixLength: scanner.at };
}

/** Coordinates as a list or an encoded polyline, and the format; undefined where the scanner could not go on. */
export function readCoordinates(scanner: Scanner): readonly LatLon[] | undefined {
  const places = readPlaces(scanner);
  if (places === undefined) return undefined;
  if (scanner.takes(".") && !scanner.takes("json")) {
    scanner.at--;
    return undefined;
  }
  return scanner.isAtEnd() || scanner.takes("?") ? places : undefined;
}

function readPlaces(scanner: Scanner): readonly LatLon[] | undefined {
  const begin = scanner.at;
  const encoded = scanner.word(["polyline(", "polyline6("]);
  if (encoded !== undefined) {
    const end = scanner.text.indexOf(")", scanner.at);
    const numbers =
      end < 0 ? undefined : decodePolyline(scanner.text.slice(scanner.at, end), encoded === "polyline(" ? 5 : 6);
    if (numbers === undefined) {
      scanner.at = begin;
      return undefined;
    }
    scanner.at = end + 1;
    const places: LatLon[] = [];
    for (let i = 0; i + 1 < numbers.length; i += 2) places.push({ lon: numbers[i] ?? 0, lat: numbers[i + 1] ?? 0 });
    return places;
  }
  return scanner.list(";", () => {
    const start = scanner.at;
    const lon = scanner.number();
    if (lon === undefined || !scanner.takes(",")) return undefined;
    const lat = scanner.number();
    if (lat === undefined) return undefined;
    if (Math.abs(lon) > farthestDegrees || Math.abs(lat) > farthestDegrees) {
      scanner.at = start;
      return undefined;
    }
    return { lon, lat };
  });
}
