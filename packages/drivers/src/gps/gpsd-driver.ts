import { Vehicle } from "@caravan/signals";
import type { SignalValue } from "@caravan/signals";
import Type from "typebox";
import { Value } from "typebox/value";
import type { Driver } from "../driver.ts";
import { createReceiverDriver, fixType } from "./receiver-driver.ts";
import type { ReadFix, ReceiverDriverParts } from "./receiver-driver.ts";

const { CurrentLocation } = Vehicle;

/** gpsd's longest report is 10,240 bytes (gpsd_json(5)). */
const longestLine = 10_240;
/** A receiver at rest still reports a course; below this speed (m/s) it points anywhere. */
const slowestWithCourse = 0.6;

/** A report of gpsd; of its many classes the time-position-velocity one is read. Metres, m/s, degrees. */
const Report = Type.Object({ class: Type.String() });
const Fix = Type.Object({
  class: Type.Literal("TPV"),
  mode: Type.Integer({ minimum: 0, maximum: 3 }),
  lat: Type.Optional(Type.Number({ minimum: -90, maximum: 90 })),
  lon: Type.Optional(Type.Number({ minimum: -180, maximum: 180 })),
  altMSL: Type.Optional(Type.Number()),
  track: Type.Optional(Type.Number({ minimum: 0, maximum: 360 })),
  speed: Type.Optional(Type.Number({ minimum: 0 })),
  eph: Type.Optional(Type.Number({ minimum: 0 })),
  epv: Type.Optional(Type.Number({ minimum: 0 })),
});

/** A receiver behind gpsd: its JSON stream over TCP, port 2947 by custom. */
export const createGpsdDriver = (parts: ReceiverDriverParts): Driver =>
  createReceiverDriver(parts, {
    longestLine,
    reader: () => readReport,
    greeting: '?WATCH={"enable":true,"json":true};\n',
  });

const readReport: ReadFix = (line) => {
  const report = parsed(line);
  if (!Value.Check(Report, report)) return "broken";
  if (report.class !== "TPV") return "nothing";
  if (!Value.Check(Fix, report)) return "broken";
  if (report.mode < 2) return report.mode === 1 ? [fixType(0)] : "nothing";
  const { lat, lon, altMSL, track, speed, eph, epv } = report;
  const values: (readonly [string, SignalValue])[] = [fixType(report.mode === 3 ? 3 : 2)];
  const put = ({ path }: { readonly path: string }, value: number | undefined): void => {
    if (value !== undefined) values.push([path, value]);
  };
  if (lat !== undefined && lon !== undefined) {
    put(CurrentLocation.Latitude, lat);
    put(CurrentLocation.Longitude, lon);
  }
  put(CurrentLocation.Altitude, altMSL);
  put(CurrentLocation.HorizontalAccuracy, eph);
  put(CurrentLocation.VerticalAccuracy, epv);
  put(Vehicle.Speed, speed === undefined ? undefined : speed * 3.6);
  put(CurrentLocation.Heading, speed === undefined || speed < slowestWithCourse ? undefined : track);
  return values;
};

function parsed(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}
