import type { LatLon } from "../city.ts";

const plain = /^(?:geo:)?\s*(-?\d{1,3}(?:\.\d+)?)\s*°?\s*[,;，\s]\s*(-?\d{1,3}(?:\.\d+)?)\s*°?$/i;
const angle = String.raw`(?<degrees>\d{1,3}(?:\.\d+)?)\s*[°\s]?\s*(?:(?<minutes>\d{1,2}(?:\.\d+)?)\s*['′]?\s*)?(?:(?<seconds>\d{1,2}(?:\.\d+)?)\s*["″]?\s*)?`;
/** Degrees with optional minutes and seconds, the letter of the compass before ("N 57 42.05") or behind them ("57°42'3"N"). */
const letterBefore = new RegExp(String.raw`(?<letter>[NSEW])\s*${angle}`, "giu");
const letterBehind = new RegExp(String.raw`${angle}(?<letter>[NSEW])`, "giu");

function inRange(lat: number, lon: number): LatLon | undefined {
  return Math.abs(lat) <= 90 && Math.abs(lon) <= 180 ? { lat, lon } : undefined;
}

/** The point a text names by its coordinates, latitude first unless compass letters say otherwise; undefined for every other text. */
export function pointIn(text: string): LatLon | undefined {
  const trimmed = text.trim();
  const simple = plain.exec(trimmed);
  if (simple !== null) return inRange(Number(simple[1]), Number(simple[2]));
  if (!/[NSEW]/i.test(trimmed) || !/\d/.test(trimmed) || /[^NSEW\d\s.,;°'′"″]/iu.test(trimmed)) return undefined;
  const found = [...trimmed.matchAll(/^[NSEW]/i.test(trimmed) ? letterBefore : letterBehind)];
  if (found.length !== 2) return undefined;
  let lat: number | undefined;
  let lon: number | undefined;
  for (const { groups } of found) {
    const letter = (groups?.["letter"] ?? "").toUpperCase();
    const { degrees, minutes, seconds } = groups ?? {};
    const size = Number(degrees) + Number(minutes ?? 0) / 60 + Number(seconds ?? 0) / 3_600;
    const value = letter === "S" || letter === "W" ? -size : size;
    if (letter === "N" || letter === "S") lat = value;
    else lon = value;
  }
  return lat === undefined || lon === undefined ? undefined : inRange(lat, lon);
}
