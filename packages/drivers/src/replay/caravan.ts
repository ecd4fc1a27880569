import { splitCsv } from "./csv.ts";
import { readText } from "./sample.ts";
import type { LineReader } from "./sample.ts";

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null;

function parseJson(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}

/** The first line of a Caravan recording in JSON lines: `{"recording":"caravan","version":1}`, with anything else beside it. */
export function isCaravanHeader(line: string): boolean {
  const header = line.startsWith("{") ? parseJson(line) : undefined;
  return isRecord(header) && header["recording"] === "caravan" && header["version"] === 1;
}

/** `{"at":12.5,"path":"Vehicle.Speed","value":48.2}`, one reading a line. */
export const readCaravanLine: LineReader = (line) => {
  const sample = parseJson(line);
  if (!isRecord(sample)) return "broken";
  const { at, path, value } = sample;
  if (typeof at !== "number" || typeof path !== "string" || value === undefined) return "broken";
  return [{ at, path, value }];
};

/** The same readings as a table: `seconds,path,value`. */
export const caravanCsvHeader = "seconds,path,value";

export const readCaravanCsvLine: LineReader = (line) => {
  const [seconds = "", path = "", value, ...more] = splitCsv(line);
  const at = Number(seconds);
  if (seconds === "" || !Number.isFinite(at) || path === "" || value === undefined || more.length > 0) return "broken";
  return [{ at, path, value: readText(value) }];
};
