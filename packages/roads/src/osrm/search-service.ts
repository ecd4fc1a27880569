import type { LatLon } from "../city.ts";
import { readCategory } from "../place/categories.ts";
import type { SearchHit } from "../place/search.ts";
import type { Parts } from "./osrm.ts";
import { problem } from "./problem.ts";
import type { OsrmProblem } from "./problem.ts";
import { parametersOf } from "./parameters.ts";
import type { JsonText } from "./json-text.ts";
import { isOnEarth } from "./waypoints.ts";

const usualLimit = 10;

function placeIn(text: string): LatLon | undefined {
  const match = /^(-?\d{1,3}(?:\.\d+)?),(-?\d{1,3}(?:\.\d+)?)$/.exec(text);
  if (match === null) return undefined;
  const place = { lon: Number(match[1]), lat: Number(match[2]) };
  return isOnEarth(place) ? place : undefined;
}

function writeFeature(out: JsonText, hit: SearchHit): void {
  const { name, detail, kind, category, distance, simulated } = hit;
  out.add('{"type":"Feature","geometry":{"type":"Point","coordinates":').location(hit.lon, hit.lat);
  out.add('},"properties":{"name":').quoted(name).add(',"detail":').quoted(detail).add(',"kind":').quoted(kind);
  if (category !== undefined) out.add(',"category":').quoted(category);
  if (distance !== undefined) out.add(',"distance":').tenths(distance);
  if (simulated !== undefined) out.add(',"simulated":true');
  out.add("}}");
}

/** Writes the answer to `/search?q=...&near=lon,lat&limit=` or `/search?category=...&near=lon,lat`: a GeoJSON FeatureCollection, best first. */
export function answerSearch(parts: Parts, pathWithQuery: string): OsrmProblem | undefined {
  const query = parametersOf(pathWithQuery);
  if (query === undefined) return problem("InvalidUrl", "URL string is not well encoded.");
  const text = query.get("q") ?? "";
  const category = query.get("category");
  const nearText = query.get("near");
  const near = nearText === undefined ? undefined : placeIn(nearText);
  if (nearText !== undefined && near === undefined) {
    return problem("InvalidValue", "near needs to be longitude,latitude in degrees.");
  }
  const limit = Number(query.get("limit") ?? usualLimit);
  if (!Number.isInteger(limit) || limit < 1)
    return problem("InvalidValue", "limit needs to be a whole number above zero.");
  if (limit > parts.limits.search) {
    return problem("TooBig", `Number of results ${limit} is higher than current maximum (${parts.limits.search})`);
  }
  if (category === undefined && text.trim() === "")
    return problem("InvalidOptions", "q or category needs to be given.");
  const hits =
    category === undefined ? (parts.search?.().find(text, near, limit) ?? []) : nearby(parts, category, near, limit);
  if ("code" in hits) return hits;
  const { out } = parts;
  out
    .add('{"type":"FeatureCollection","features":')
    .list(hits.length, (i) => writeFeature(out, hits[i]))
    .add("}");
  return undefined;
}

function nearby(
  parts: Parts,
  category: string,
  near: LatLon | undefined,
  limit: number,
): readonly SearchHit[] | OsrmProblem {
  const known = readCategory(category);
  if (known === undefined) return problem("InvalidValue", `Category ${category} is not known.`);
  if (near === undefined) return problem("InvalidOptions", "A category needs to be near a place.");
  return parts.search?.().near(known, near, limit) ?? [];
}
