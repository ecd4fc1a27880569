import type { Catalogue, Signal } from "@caravan/signals";
import { failure } from "./error.ts";
import type { Failure, VissVersion } from "./error.ts";

export interface Selection {
  /** At least one, each once, in the order the client named them; the first one triggers range and change. */
  readonly signals: readonly Signal[];
  /** True where the client named one leaf and nothing else. */
  readonly isSingle: boolean;
}

/** Measured: so many signals told, or only found, take the time of one simple request. */
export const signalsPerRequest = 4;
const matchesPerRequest = 100;
/** Of all patterns of one filter, each signal counted as often as it is found. */
const mostMatches = 20_000;

/** Takes from what a client may ask for; the unit is one simple request. */
export type Pay = (requests: number) => void;

/** HTTP writes paths with slashes, messages with dots; either is understood. */
export const dotted = (path: string): string => path.replaceAll("/", ".");

/**
 * The signals that a path, and paths relative to it, stand for. A branch stands for every leaf below it; in version 2 a relative path that
 * ends with stars stands for the leaves of that depth alone (Core, "Paths Filter Operation"). What it took is paid for even where nothing
 * comes of it.
 */
export function select(
  catalogue: Catalogue,
  path: string,
  relative: readonly string[] | undefined,
  pay: Pay,
  version: VissVersion,
): Selection | Failure {
  const root = dotted(path);
  if (root.includes("*")) return failure("unknown-path");
  const patterns = relative ? [...new Set(relative)].map((pattern) => `${root}.${dotted(pattern)}`) : [root];
  const found = new Set<Signal>();
  let matches = 0;
  for (const pattern of patterns) {
    const reached = catalogue.match(pattern);
    const depth = pattern.split(".").length;
    const signals =
      version === "VISSv2" && pattern.endsWith("*")
        ? reached.filter((signal) => signal.path.split(".").length === depth)
        : reached;
    matches += reached.length;
    pay(reached.length / matchesPerRequest);
    if (signals.length === 0) return failure("unknown-path");
    if (matches > mostMatches) return failure("bad-filter");
    for (const signal of signals) found.add(signal);
  }
  pay(found.size / signalsPerRequest);
  const signals = [...found];
  return { signals, isSingle: patterns.length === 1 && signals[0]?.path === patterns[0] };
}
