import type { SignalValue } from "@caravan/signals";

/** One recorded reading. */
export interface Sample {
  /** Seconds on the recording's own clock; only differences count. */
  readonly at: number;
  /** VSS path. */
  readonly path: string;
  /** Still a stranger: the Store checks it against the signal. */
  readonly value: unknown;
}

/** What one line of a recording holds: readings, nothing of interest, or something that cannot be read. */
type LineContent = readonly Sample[] | "nothing" | "broken";

/** Reads a recording line by line; remembers what later lines need of earlier ones, such as the date. */
export type LineReader = (line: string) => LineContent;

/** A value written as text, as the kind of thing it looks like. */
export function readText(text: string): SignalValue {
  if (text === "true" || text === "false") return text === "true";
  const number = Number(text);
  return text.trim() !== "" && Number.isFinite(number) ? number : text;
}
