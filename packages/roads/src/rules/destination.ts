import type { Tags } from "../import/map-data.ts";

function signed(tags: Tags, key: string, oneWay: -1 | 1): string | undefined {
  const value = tags.get(`${key}:${oneWay === 1 ? "forward" : "backward"}`) ?? tags.get(key);
  return value === undefined || value === ""
    ? undefined
    : value
        .split(";")
        .map((part) => part.trim())
        .join(", ");
}

/**
 * What a sign over a one-way road reads, "A 59: Düsseldorf, Köln"; a street where nothing else is told, empty where nothing is. On roads for
 * both directions the map does not tell which of them a sign is for.
 */
export function destinationOf(tags: Tags, oneWay: -1 | 0 | 1): string {
  if (oneWay === 0) return "";
  const ref = signed(tags, "destination:ref", oneWay);
  const destination = signed(tags, "destination", oneWay);
  if (ref !== undefined && destination !== undefined) return `${ref}: ${destination}`;
  return ref ?? destination ?? signed(tags, "destination:street", oneWay) ?? "";
}
