import { SignalError } from "@caravan/signals";
import type { Store } from "@caravan/signals";
import { caravanCsvHeader, isCaravanHeader, readCaravanCsvLine, readCaravanLine } from "./caravan.ts";
import { wideCsvReader } from "./csv.ts";
import { isNmea, nmeaReader } from "../gps/nmea.ts";
import type { LineReader, Sample } from "./sample.ts";

export type RecordingFormat = "caravan" | "caravan-csv" | "csv" | "nmea";

/** How far a replay has come, and what it could not use. */
export interface ReplayProgress {
  readonly format: RecordingFormat | undefined;
  /** Readings written to the Store. */
  readonly played: number;
  /** Lines that could not be read, or broke a signal's rules. */
  readonly broken: number;
  /** Readings of signals that this car has no word for. */
  readonly unknown: number;
  /** Seconds of the recording that have passed. */
  readonly seconds: number;
}

export type ReplayOutcome =
  | ({ readonly kind: "finished" | "stopped" } & ReplayProgress)
  /** `sentence` says in English what is wrong with the file. */
  | { readonly kind: "unreadable"; readonly sentence: string };

export interface ReplayParts {
  /** Shown in the sentence about a file that is no recording. */
  readonly name: string;
  /** The file's text, line by line, from its beginning. */
  readonly lines: AsyncIterable<string>;
  readonly store: Pick<Store, "setByPath" | "catalogue" | "get" | "set">;
  /** `sleep` ends early, without an error, when the signal is aborted. */
  readonly clock: { now(): number; sleep(ms: number, signal: AbortSignal): Promise<void> };
  /** 2 plays twice as fast; original timing unless said. */
  readonly speed?: number;
  /** Told of each line left out: its number from 1 and why. */
  readonly onSkipped?: (line: number, why: "broken" | "unknown signal") => void;
}

/** Something that writes readings to the Store from `start` until it ends by itself or by `stop`. */
export interface Source<Outcome> {
  start(): Promise<Outcome>;
  stop(): void;
  progress(): ReplayProgress;
}

const longestLine = 65_536;
/** A file that has shown no format after this many lines is none of ours. */
const mostLinesBefore = 20;

/** Which reader understands the file that begins with this line. */
function readerFor(
  line: string,
): { readonly format: RecordingFormat; readonly read: LineReader; readonly isHeader: boolean } | undefined {
  if (isCaravanHeader(line)) return { format: "caravan", read: readCaravanLine, isHeader: true };
  if (line.replaceAll(" ", "") === caravanCsvHeader)
    return { format: "caravan-csv", read: readCaravanCsvLine, isHeader: true };
  if (isNmea(line)) return { format: "nmea", read: nmeaReader(), isHeader: false };
  const wide = wideCsvReader(line);
  return wide === undefined ? undefined : { format: "csv", read: wide, isHeader: true };
}

/**
 * Plays a recording into the Store in its original timing or faster, once. Formats: Caravan recording (JSON lines or CSV), NMEA 0183, and CSV with
 * a time column and VSS paths; the first lines tell which. Readings get the present time and the quality "replayed". Once the recording is over
 * they stay as they are, with the time at which they were played and the quality "stale".
 */
export function openReplay(parts: ReplayParts): Source<ReplayOutcome> {
  const stopping = new AbortController();
  const speed = parts.speed ?? 1;
  const from = { source: `replay ${parts.name}`, quality: "replayed" } as const;
  let format: RecordingFormat | undefined;
  let played = 0;
  let broken = 0;
  let unknown = 0;
  let seconds = 0;
  /** Slots written; the catalogue's size at most. */
  const written = new Set<number>();
  let origin: { readonly recorded: number; readonly at: number } | undefined;
  const progress = (): ReplayProgress => ({ format, played, broken, unknown, seconds });

  function skip(line: number, why: "broken" | "unknown signal"): void {
    if (why === "broken") broken++;
    else unknown++;
    parts.onSkipped?.(line, why);
  }

  async function waitFor(recorded: number): Promise<void> {
    origin ??= { recorded, at: parts.clock.now() };
    // Time that runs backwards in the file is played at once.
    seconds = Math.max(seconds, recorded - origin.recorded);
    const due = origin.at + (seconds * 1_000) / speed;
    const ms = due - parts.clock.now();
    if (ms > 1) await parts.clock.sleep(ms, stopping.signal);
  }

  function write(sample: Sample, line: number): void {
    try {
      parts.store.setByPath(sample.path, sample.value, from);
      played++;
      const slot = parts.store.catalogue.find(sample.path)?.slot;
      if (slot !== undefined) written.add(slot);
    } catch (error) {
      if (!(error instanceof SignalError)) throw error;
      skip(line, error.rule === "unknown path" ? "unknown signal" : "broken");
    }
  }

  function markStale(): void {
    for (const slot of written) {
      const signal = parts.store.catalogue.signals[slot];
      const reading = signal && parts.store.get(signal);
      // Whoever has written since knows better.
      if (reading?.source !== from.source) continue;
      parts.store.set(signal, reading.value, { source: from.source, at: reading.at, quality: "stale" });
    }
  }

  async function start(): Promise<ReplayOutcome> {
    const outcome = await play();
    markStale();
    return outcome;
  }

  async function play(): Promise<ReplayOutcome> {
    let reader: LineReader | undefined;
    let number = 0;
    for await (const text of parts.lines) {
      number++;
      if (stopping.signal.aborted) return { kind: "stopped", ...progress() };
      const line = number === 1 ? text.replace(/^\uFEFF/, "").trim() : text.trim();
      if (line === "" || line.startsWith("#")) continue;
      if (reader === undefined) {
        const found = line.length > longestLine ? undefined : readerFor(line);
        if (found === undefined) {
          if (number >= mostLinesBefore) break;
          continue;
        }
        ({ format } = found);
        reader = found.read;
        if (found.isHeader) continue;
      }
      const content = line.length > longestLine ? "broken" : reader(line);
      if (content === "nothing") continue;
      if (content === "broken") {
        skip(number, "broken");
        continue;
      }
      for (const sample of content) {
        await waitFor(sample.at);
        if (stopping.signal.aborted) return { kind: "stopped", ...progress() };
        write(sample, number);
      }
    }
    if (reader === undefined) return { kind: "unreadable", sentence: unreadable(parts.name) };
    return { kind: "finished", ...progress() };
  }

  return { start, stop: () => stopping.abort(), progress };
}

const unreadable = (name: string): string =>
  `${name} is no recording that can be replayed: expected a Caravan recording, an NMEA 0183 log, or a CSV file whose header is a time column and VSS paths.`;
