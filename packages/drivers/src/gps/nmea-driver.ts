import type { Driver } from "../driver.ts";
import { nmeaFields, nmeaReader } from "./nmea.ts";
import { createReceiverDriver, fixType } from "./receiver-driver.ts";
import type { ReadFix, ReceiverDriverParts } from "./receiver-driver.ts";

/** NMEA 0183 allows 82 characters; receivers exceed it. */
const longestLine = 200;

/** A receiver that speaks NMEA 0183, at a serial port or over TCP. */
export const createNmeaDriver = (parts: ReceiverDriverParts): Driver =>
  createReceiverDriver(parts, { longestLine, reader });

function reader(): ReadFix {
  const read = nmeaReader();
  return (line) => {
    const dimensions = fixOf(line);
    const samples = read(line);
    if (samples === "broken") return "broken";
    const values =
      samples === "nothing"
        ? []
        : samples.flatMap(({ path, value }) => (typeof value === "number" ? [[path, value] as const] : []));
    if (dimensions === undefined) return values.length === 0 ? "nothing" : values;
    return [...values, fixType(dimensions)];
  };
}

/** GSA tells the dimensions of the fix (NMEA 0183: 1 none, 2, 3). */
function fixOf(line: string): 0 | 2 | 3 | undefined {
  if (line.slice(3, 6) !== "GSA") return undefined;
  const mode = nmeaFields(line)?.[2];
  if (mode === "1") return 0;
  if (mode === "2") return 2;
  return mode === "3" ? 3 : undefined;
}
