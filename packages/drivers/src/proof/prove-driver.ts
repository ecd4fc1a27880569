import { Store } from "@caravan/signals";
import type { Catalogue, SignalValue } from "@caravan/signals";
import { CandumpReader } from "../can/candump.ts";
import { Frames } from "../can/frames.ts";
import { Translator } from "../can/translator.ts";
import { Sources } from "../sources/sources.ts";
import { Run } from "../supervision/run.ts";
import type { DriverFolder } from "./manifest.ts";

/** One thing that was looked at; `detail` is for the person who has to mend it. */
export interface Finding {
  readonly check: string;
  readonly ok: boolean;
  readonly detail: string;
}

export interface Proof {
  readonly passes: boolean;
  readonly findings: readonly Finding[];
  readonly frames: number;
  readonly seconds: number;
}

const source = "driver";
const mostDetails = 10;

/**
 * Plays a driver's recording against a Store, in the recording's own time, and compares what comes out with what its author expects. The very parts that
 * drive a car are at work here, but no clock.
 */
export function proveDriver(driver: DriverFolder, catalogue: Catalogue): Proof {
  const frames = new Frames(4_096);
  const reader = new CandumpReader({ now: () => NaN });
  const clock = { at: 0, now: () => clock.at };
  const store = new Store({ catalogue, clock });
  const sources = new Sources({ store, clock });
  const run = new Run({ sources, clock, source, quality: "replayed", mostInSecond: Infinity });
  const translator = new Translator({ dbc: driver.dbc, mapping: driver.mapping, outlet: run });
  const due = expectations(driver);
  const found: Finding[] = [];
  let origin: number | undefined;
  let next = 0;
  const lookUntil = (second: number): void => {
    for (; next < due.length; next++) {
      const wanted = due[next];
      if (wanted === undefined || wanted.at > second) return;
      found.push(compare(store, catalogue, wanted));
    }
  };
  for (let at = 0; at < driver.recording.length;) {
    frames.clear();
    at = reader.read(driver.recording, at, frames, true);
    for (let i = 0; i < frames.count; i++) {
      origin ??= frames.at[i];
      // What is expected at 10 s is what was known before the first frame after it.
      lookUntil((frames.at[i] - origin) / 1_000 - 1e-9);
      clock.at = Math.max(clock.at, frames.at[i]);
      translator.take(frames, i, frames.at[i]);
    }
  }
  const seconds = origin === undefined ? 0 : (clock.at - origin) / 1_000;
  lookUntil(seconds);
  for (const { path, at } of due.slice(next)) {
    found.push({ check: `${path} at ${at} s`, ok: false, detail: `the recording ends after ${seconds.toFixed(3)} s` });
  }
  const { frames: count, unmapped } = translator.counts();
  const { refused } = run.counts();
  const findings = [
    finding(
      "the recording is readable",
      reader.broken === 0 && count > 0,
      `${count} frames, ${reader.broken} broken lines`,
    ),
    finding("every reading obeys its signal", refused === 0, refusedIn(sources)),
    finding("every value has a meaning or is called invalid", true, `${unmapped} values were left out`),
    shown(driver, store),
    missing(driver, store, catalogue),
    noPosition(store, catalogue),
    ...found,
  ];
  return { passes: findings.every(({ ok }) => ok), findings, frames: count, seconds };
}

interface Wanted {
  readonly path: string;
  readonly at: number;
  readonly value: SignalValue;
  readonly within: number;
}

function expectations({ expected }: DriverFolder): readonly Wanted[] {
  return Object.entries(expected.signals)
    .flatMap(([path, wanted]) => wanted.map(({ at, value, within = 0 }) => ({ path, at, value, within })))
    .toSorted((a, b) => a.at - b.at);
}

const finding = (check: string, ok: boolean, detail: string): Finding => ({ check, ok, detail });

function compare(store: Store, catalogue: Catalogue, { path, at, value, within }: Wanted): Finding {
  const check = `${path} at ${at} s`;
  const signal = catalogue.find(path);
  if (signal === undefined) return finding(check, false, "no signal has this path");
  const seen = store.value(signal);
  const tolerance = within === 0 ? "" : ` ± ${within}`;
  if (seen === undefined) return finding(check, false, `expected ${String(value)}${tolerance}, but it never came`);
  const ok = typeof seen === "number" && typeof value === "number" ? Math.abs(seen - value) <= within : seen === value;
  return finding(check, ok, `${shownValue(seen)}, expected ${shownValue(value)}${tolerance}`);
}

const shownValue = (value: SignalValue): string =>
  typeof value === "number" ? String(Number(value.toFixed(4))) : String(value);

function refusedIn(sources: Sources): string {
  const spoilt = sources.view().flatMap(({ path, sources: all }) => {
    const refused = all.reduce((sum, each) => sum + each.refused, 0);
    return refused === 0 ? [] : [`${path}: ${refused} readings outside of its type or limits`];
  });
  return spoilt.length === 0 ? "none was refused" : list(spoilt);
}

/** A signal that is mapped and never comes is a slip in the mapping, unless its author says that this drive does not show it. */
function shown({ mapping, expected }: DriverFolder, store: Store): Finding {
  const excused = new Set(expected.notShown);
  const paths = [...new Set(mapping.rules.map(({ signal }) => signal))];
  const silent = paths.filter((signal) => store.get(signal) === undefined && !excused.has(signal.path));
  return finding(
    "every mapped signal is seen in the recording",
    silent.length === 0,
    silent.length === 0
      ? `${paths.length - excused.size} signals`
      : `never seen: ${list(silent.map(({ path }) => path))}`,
  );
}

function missing({ expected }: DriverFolder, store: Store, catalogue: Catalogue): Finding {
  const absent = expected.absent ?? [];
  const there = absent.filter((path) => {
    const signal = catalogue.find(path);
    return signal === undefined || store.get(signal) !== undefined;
  });
  const detail = there.length === 0 ? `${absent.length} signals stay unknown` : `not absent: ${list(there)}`;
  return finding("what this car does not have stays unknown", there.length === 0, detail);
}

/** Recordings are shared; where somebody drove is nobody's business. */
function noPosition(store: Store, catalogue: Catalogue): Finding {
  const told = catalogue
    .match("Vehicle.CurrentLocation")
    .filter(({ path }) => /\.(?:Latitude|Longitude)$/.test(path))
    .some((signal) => store.get(signal) !== undefined);
  return finding(
    "the recording tells no position",
    !told,
    told ? "it holds latitude or longitude; remove those frames" : "none",
  );
}

const list = (items: readonly string[]): string =>
  items.length > mostDetails
    ? `${items.slice(0, mostDetails).join(", ")} and ${items.length - mostDetails} more`
    : items.join(", ");
