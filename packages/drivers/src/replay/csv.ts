import { readText } from "./sample.ts";
import type { LineReader, Sample } from "./sample.ts";

/** The cells of one line; a cell in double quotes may hold commas, and a doubled quote is a quote (RFC 4180, one line at a time). */
export function splitCsv(line: string): string[] {
  if (!line.includes('"')) return line.split(",").map((cell) => cell.trim());
  const cells: string[] = [];
  let cell = "";
  let isQuoted = false;
  for (let i = 0; i < line.length; i++) {
    const sign = line[i] ?? "";
    if (isQuoted && sign === '"' && line[i + 1] === '"') {
      cell += sign;
      i++;
    } else if (sign === '"') isQuoted = !isQuoted;
    else if (sign === "," && !isQuoted) {
      cells.push(cell.trim());
      cell = "";
    } else cell += sign;
  }
  cells.push(cell.trim());
  return cells;
}

const timeNames = new Set(["time", "seconds", "timestamp", "t"]);

/** A reader for a table whose first column is the time and whose others are named by VSS paths; undefined where this is no such header. */
export function wideCsvReader(header: string): LineReader | undefined {
  const [time = "", ...paths] = splitCsv(header);
  if (!timeNames.has(time.toLowerCase()) || paths.length === 0) return undefined;
  if (!paths.some((path) => path.startsWith("Vehicle."))) return undefined;
  return (line) => {
    const [first = "", ...cells] = splitCsv(line);
    const at = readTime(first);
    if (at === undefined || cells.length > paths.length) return "broken";
    const samples: Sample[] = [];
    cells.forEach((cell, i) => {
      const path = paths[i] ?? "";
      // An empty cell is no reading; columns of other things stand beside ours in many tables.
      if (cell !== "" && path.startsWith("Vehicle.")) samples.push({ at, path, value: readText(cell) });
    });
    return samples;
  };
}

/** Seconds as a number, or an ISO 8601 instant. */
function readTime(text: string): number | undefined {
  const seconds = Number(text);
  if (text !== "" && Number.isFinite(seconds)) return seconds;
  const at = Date.parse(text);
  return Number.isNaN(at) ? undefined : at / 1_000;
}
