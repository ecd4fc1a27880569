import type { Catalogue, Signal } from "@caravan/signals";
import { failure } from "./error.ts";
import type { Failure } from "./error.ts";

export interface Selection {
  /** At least one, each once, in the order the client named them; the first one triggers range and change. */
  readonly signals: readonly Signal[];
  /** True where the client named one leaf and nothing else. */
  readonly isSingle: boolean;
}

/** HTTP writes paths with slashes, messages with dots; either is understood. */
export const dotted = (path: string): string => path.replaceAll("/", ".");

/** The signals that a path, and paths relative to it, stand for. A branch stands for every leaf below it. */
export function select(
  catalogue: Catalogue,
  path: string,
  relative: readonly string[] | undefined,
): Selection | Failure {
  const root = dotted(path);
  if (root.includes("*")) return failure("unknown-path");
  if (!relative) {
    const signals = catalogue.match(root);
    return signals.length === 0 ? failure("unknown-path") : { signals, isSingle: signals[0]?.path === root };
  }
  const found = new Set<Signal>();
  for (const pattern of relative) {
    const signals = catalogue.match(`${root}.${dotted(pattern)}`);
    if (signals.length === 0) return failure("unknown-path");
    for (const signal of signals) found.add(signal);
  }
  const signals = [...found];
  return { signals, isSingle: signals.length === 1 && relative.length === 1 && !relative[0]?.includes("*") };
}
