import type { Signal } from "../signal.ts";

/** A fact about a signal that a loaded file tells otherwise than the product. */
export interface Difference {
  readonly path: string;
  readonly fact: string;
  readonly ours: unknown;
  readonly theirs: unknown;
}

interface Node {
  readonly children: Map<string, Node>;
  signal?: Signal;
}

/** A vocabulary: the signals a Store has slots for. Build one with `loadCatalogue`, or take the product's own `catalogue`. */
export class Catalogue {
  /** Every signal; the index is its slot. */
  readonly signals: readonly Signal[];
  /** Where a loaded file contradicts the product; the product's facts hold. */
  readonly differences: readonly Difference[];
  readonly #byPath: ReadonlyMap<string, Signal>;
  readonly #root: Node = { children: new Map() };

  constructor(signals: readonly Signal[], differences: readonly Difference[] = []) {
    this.signals = signals;
    this.differences = differences;
    this.#byPath = new Map(signals.map((signal) => [signal.path, signal]));
    for (const signal of signals) {
      let node = this.#root;
      for (const name of signal.path.split(".")) {
        let next = node.children.get(name);
        if (!next) node.children.set(name, (next = { children: new Map() }));
        node = next;
      }
      node.signal = signal;
    }
  }

  /** The signal with exactly this path. */
  find(path: string): Signal | undefined {
    return this.#byPath.get(path);
  }

  /** Is there a branch with exactly this path? */
  isBranch(path: string): boolean {
    return this.#nodes(path).some((node) => !node.signal);
  }

  /** Names directly below a branch; none below a leaf or where there is nothing. */
  childrenOf(path: string): readonly string[] {
    return this.#nodes(path).flatMap((node) => [...node.children.keys()]);
  }

  /** Every signal at or below a path, in the order of slots; `*` stands for any one segment. */
  match(pattern: string): readonly Signal[] {
    const found: Signal[] = [];
    const collect = (node: Node): void => {
      if (node.signal) found.push(node.signal);
      for (const child of node.children.values()) collect(child);
    };
    for (const node of this.#nodes(pattern)) collect(node);
    return found.toSorted((a, b) => a.slot - b.slot);
  }

  #nodes(pattern: string): readonly Node[] {
    let nodes: readonly Node[] = [this.#root];
    for (const name of pattern.split(".")) {
      nodes = nodes.flatMap((node) => {
        if (name === "*") return [...node.children.values()];
        const child = node.children.get(name);
        return child ? [child] : [];
      });
      if (nodes.length === 0) break;
    }
    return nodes;
  }
}
