import { Vehicle } from "@caravan/signals";
import type { LineReader, Sample } from "../replay/sample.ts";

const { CurrentLocation } = Vehicle;
const day = 86_400;
const knot = 1.852; // km/h
/** A receiver at rest still reports a course; below this speed it points anywhere. */
const slowestWithCourse = 2; // km/h

/** `$` or `!`, talker and sentence, fields, and the checksum that every sentence we take must have (NMEA 0183, 5.2.2). */
export const isNmea = (line: string): boolean => /^[$!][A-Z]{2}[A-Z0-9]{1,4},.*\*[0-9A-F]{2}\s*$/i.test(line);

/** The fields between `$` and `*`; undefined where the checksum does not match. */
export function nmeaFields(line: string): readonly string[] | undefined {
  const text = line.trim();
  const star = text.lastIndexOf("*");
  if (star < 1 || text.length > 200 || !/^[0-9A-F]{2}$/i.test(text.slice(star + 1))) return undefined;
  let sum = 0;
  for (let i = 1; i < star; i++) sum ^= text.charCodeAt(i);
  return sum === Number.parseInt(text.slice(star + 1), 16) ? text.slice(1, star).split(",") : undefined;
}

/**
 * RMC, GGA and VTG of any talker; other sentences are nothing, wrong checksums broken. Time is that of the day, counted on over midnight; dates are
 * left out, because only RMC has them and a log's first sentence may be another.
 */
export function nmeaReader(): LineReader {
  let midnight = 0;
  let latest = -Infinity;

  function instant(clock: string): number | undefined {
    const match = /^(\d{2})(\d{2})(\d{2}(?:\.\d+)?)$/.exec(clock);
    if (match === null) return undefined;
    let at = midnight + Number(match[1]) * 3_600 + Number(match[2]) * 60 + Number(match[3]);
    if (at < latest - day / 2) {
      midnight += day;
      at += day;
    }
    latest = at;
    return at;
  }

  return (line) => {
    if (!line.startsWith("$") && !line.startsWith("!")) return "broken";
    const fields = nmeaFields(line);
    if (fields === undefined) return "broken";
    const field = (i: number): string => fields[i] ?? "";
    switch (field(0).slice(2)) {
      case "RMC": {
        if (field(2) !== "A") return "nothing";
        const at = instant(field(1));
        if (at === undefined) return "broken";
        return collect(at, [
          position(field(3), field(4), field(5), field(6)),
          motion(Number(field(7)) * knot, field(7), field(8)),
        ]);
      }
      case "GGA": {
        if (field(6) === "0" || field(6) === "") return "nothing";
        const at = instant(field(1));
        if (at === undefined) return "broken";
        const altitude = Number(field(9));
        return collect(at, [
          position(field(2), field(3), field(4), field(5)),
          field(9) === "" || !Number.isFinite(altitude) ? [] : [[CurrentLocation.Altitude.path, altitude]],
        ]);
      }
      case "VTG":
        // VTG has no time of its own; it belongs to the sentence before it.
        return latest === -Infinity ? "nothing" : collect(latest, [motion(Number(field(7)), field(7), field(1))]);
      default:
        return "nothing";
    }
  };
}

type Pair = readonly [path: string, value: number];

function collect(at: number, parts: readonly (readonly Pair[] | undefined)[]): readonly Sample[] | "broken" {
  if (parts.includes(undefined)) return "broken";
  return parts.flatMap((part) => (part ?? []).map(([path, value]) => ({ at, path, value })));
}

function position(lat: string, northSouth: string, lon: string, eastWest: string): readonly Pair[] | undefined {
  const latitude = degrees(lat, 2, northSouth, "N", "S");
  const longitude = degrees(lon, 3, eastWest, "E", "W");
  if (latitude === undefined || longitude === undefined || Math.abs(latitude) > 90 || Math.abs(longitude) > 180)
    return undefined;
  return [
    [CurrentLocation.Latitude.path, latitude],
    [CurrentLocation.Longitude.path, longitude],
  ];
}

/** ddmm.mmmm or dddmm.mmmm with its hemisphere, as degrees. */
function degrees(text: string, digits: number, hemisphere: string, plus: string, minus: string): number | undefined {
  if (!/^\d+(\.\d+)?$/.test(text) || (hemisphere !== plus && hemisphere !== minus)) return undefined;
  const minutes = Number(text.slice(digits));
  if (!(minutes < 60)) return undefined;
  const value = Number(text.slice(0, digits)) + minutes / 60;
  return hemisphere === plus ? value : -value;
}

function motion(speed: number, speedText: string, courseText: string): readonly Pair[] | undefined {
  if (speedText === "") return [];
  const course = Number(courseText);
  if (!Number.isFinite(speed) || speed < 0 || !(course >= 0 && course <= 360)) return undefined;
  const pairs: Pair[] = [[Vehicle.Speed.path, speed]];
  if (speed >= slowestWithCourse && courseText !== "") pairs.push([CurrentLocation.Heading.path, course]);
  return pairs;
}
