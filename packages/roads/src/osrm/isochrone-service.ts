import { toDegrees } from "../geometry.ts";
import { patchesWithin } from "./contours.ts";
import type { Patch, Ring } from "./contours.ts";
import type { Parts } from "./osrm.ts";
import { parametersOf } from "./parameters.ts";
import { problem } from "./problem.ts";
import type { OsrmProblem } from "./problem.ts";
import type { JsonText } from "./json-text.ts";
import { travelField } from "./travel-field.ts";
import type { TravelField } from "./travel-field.ts";
import { isOnEarth, noSegment, offTheEarth } from "./waypoints.ts";

const address = /^\/isochrone\/v1\/[A-Za-z]+\/([^;?]+?)(?:\.json)?(?:\?.*)?$/;
const place = /^(-?\d{1,4}(?:\.\d+)?),(-?\d{1,4}(?:\.\d+)?)$/;

function writeRings(out: JsonText, field: TravelField, rings: readonly Ring[]): void {
  out.list(rings.length, (r) => {
    const ring = rings[r];
    out.list(ring.length / 2, (i) => {
      const lon = toDegrees(field.x + (ring[2 * i] ?? 0) * field.stepX);
      const lat = toDegrees(field.y + (ring[2 * i + 1] ?? 0) * field.stepY);
      out.location(lon, lat);
    });
  });
}

function writeShape(
  out: JsonText,
  field: TravelField | undefined,
  patches: readonly Patch[],
  isPolygon: boolean,
): void {
  out.add(isPolygon ? '{"type":"MultiPolygon","coordinates":' : '{"type":"MultiLineString","coordinates":');
  if (field === undefined) out.add("[]");
  else if (isPolygon) out.list(patches.length, (i) => writeRings(out, field, patches[i]));
  else writeRings(out, field, patches.flat());
  out.add("}");
}

/**
 * Writes the answer to `/isochrone/v1/driving/lon,lat?contours_minutes=5,10&polygons=true`: a GeoJSON FeatureCollection with what can be reached
 * within each time, the longest first.
 */
export function answerIsochrone(parts: Parts, pathWithQuery: string): OsrmProblem | undefined {
  const query = parametersOf(pathWithQuery);
  const found = place.exec(decoded(address.exec(pathWithQuery)?.[1] ?? ""));
  if (query === undefined || found === null) {
    return problem(
      "InvalidUrl",
      "The address needs to be /isochrone/v1/driving/longitude,latitude?contours_minutes=...",
    );
  }
  const from = { lon: Number(found[1]), lat: Number(found[2]) };
  if (!isOnEarth(from)) return offTheEarth;
  const minutes = (query.get("contours_minutes") ?? "").split(",").map((text) => (text === "" ? NaN : Number(text)));
  if (minutes.some((value) => !(value > 0))) {
    return problem("InvalidOptions", "contours_minutes needs to be one or more numbers above zero.");
  }
  const { contours, contourMinutes } = parts.limits;
  if (minutes.length > contours)
    return problem("TooBig", `Number of contours is higher than current maximum (${contours})`);
  const most = Math.max(...minutes);
  if (most > contourMinutes) return problem("TooBig", `Contours are limited to ${contourMinutes} minutes`);
  const polygons = query.get("polygons") ?? "true";
  if (polygons !== "true" && polygons !== "false") {
    return problem("InvalidOptions", "polygons needs to be true or false.");
  }

  const choice = parts.choiceOf([]);
  const placed = parts.router.place([from], { choice });
  if (placed.kind === "not-on-a-road") return noSegment(0);
  const reached = parts.engine.reach(choice, placed.stops[0].ends, most * 60);
  const field = travelField(parts.city.graph, reached, most * 60);
  const sorted = minutes.toSorted((a, b) => b - a);
  const { out } = parts;
  out.add('{"type":"FeatureCollection","features":').list(sorted.length, (i) => {
    const patches = field === undefined ? [] : patchesWithin(field, sorted[i] * 60);
    out.add(`{"type":"Feature","properties":{"contour":${sorted[i]},"metric":"time"},"geometry":`);
    writeShape(out, field, patches, polygons === "true");
    out.add("}");
  });
  out.add("}");
  return undefined;
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return "";
  }
}
