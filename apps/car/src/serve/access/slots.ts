import type { Catalogue, Signal } from "@caravan/signals";

/** A set of signals of one catalogue, one bit for each slot: whether a signal is in it is one look. */
export class Slots {
  readonly #words: Uint32Array;

  /** Empty, with room for so many slots. */
  constructor(slots: number) {
    this.#words = new Uint32Array(Math.ceil(slots / 32));
  }

  has(slot: number): boolean {
    return ((this.#words[slot >>> 5] ?? 0) & (1 << (slot & 31))) !== 0;
  }

  add(signals: readonly Pick<Signal, "slot">[]): void {
    for (const { slot } of signals) {
      const word = this.#words[slot >>> 5];
      if (word !== undefined) this.#words[slot >>> 5] = word | (1 << (slot & 31));
    }
  }
}

/**
 * The signals that a path of Kuksa stands for: a leaf, everything below a branch, or a pattern in which `*` is one segment and `**` any
 * number of them. The empty path is everything.
 */
export function signalsAt(catalogue: Catalogue, pattern: string): readonly Signal[] {
  if (pattern === "") return catalogue.signals;
  if (!pattern.includes("*")) return catalogue.match(pattern);
  const wanted = pattern.split(".");
  return catalogue.signals.filter(({ path }) => fits(wanted, path.split(".")));
}

/** Goes back to the last `**` alone, so that it ends after at most the product of both lengths. */
function fits(pattern: readonly string[], path: readonly string[]): boolean {
  let p = 0;
  let star = -1;
  let resume = 0;
  for (let i = 0; i < path.length;) {
    if (pattern[p] === "**") {
      star = p++;
      resume = i;
    } else if (pattern[p] === "*" || pattern[p] === path[i]) {
      p++;
      i++;
    } else if (star >= 0) {
      p = star + 1;
      i = ++resume;
    } else return false;
  }
  while (pattern[p] === "**") p++;
  return p === pattern.length;
}
