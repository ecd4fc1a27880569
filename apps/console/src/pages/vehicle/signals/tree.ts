/** What the tree says of a signal; a path that the catalogue does not have brings nothing but itself. */
export interface SignalFacts {
  readonly path: string;
  readonly kind?: string;
  readonly datatype?: string;
  readonly unit?: string;
  readonly min?: number;
  readonly max?: number;
  readonly allowed?: readonly (number | boolean | string)[];
  readonly description?: string;
}

/** A branch or a signal; nodes lie in the order of the open tree, each branch before what is below it. */
export interface TreeNode {
  readonly path: string;
  readonly name: string;
  /** 0 at the top. */
  readonly depth: number;
  /** Where its branch lies; -1 at the top. */
  readonly parent: number;
  /** One past the last node below it. */
  readonly end: number;
  /** Undefined for a branch. */
  readonly signal: SignalFacts | undefined;
  /** What the filter looks through. */
  readonly text: string;
}

/** A line of the tree as it is shown. */
export interface TreeRow {
  /** Where it lies among the nodes. */
  readonly node: number;
  readonly isOpen: boolean;
  /** Signals below it that the filter leaves, and those of them that the car has. */
  readonly all: number;
  readonly known: number;
}

export interface TreeView {
  readonly filter: string;
  /** Branches that are not as they come: open without a filter, folded with one. */
  readonly turned: ReadonlySet<string>;
  readonly known: ReadonlySet<string>;
  readonly onlyKnown: boolean;
}

interface Branch {
  readonly children: Map<string, Branch>;
  signal?: SignalFacts;
}

/** All signals as a tree, below the one root that all paths share. */
export function treeOf(signals: Iterable<SignalFacts>): readonly TreeNode[] {
  const root: Branch = { children: new Map() };
  for (const signal of signals) {
    let branch = root;
    for (const name of signal.path.split(".")) {
      let next = branch.children.get(name);
      if (next === undefined) branch.children.set(name, (next = { children: new Map() }));
      branch = next;
    }
    branch.signal = signal;
  }
  const nodes: TreeNode[] = [];
  for (const [name, { children }] of root.children) {
    for (const [below, branch] of children) addTo(nodes, branch, { name: below, prefix: name, depth: 0, parent: -1 });
  }
  return nodes;
}

function addTo(
  nodes: TreeNode[],
  branch: Branch,
  at: { readonly name: string; readonly prefix: string; readonly depth: number; readonly parent: number },
): void {
  const { name, prefix, depth, parent } = at;
  const path = `${prefix}.${name}`;
  const { signal } = branch;
  const index = nodes.length;
  const words = [path, signal?.description ?? "", signal?.unit ?? ""];
  const node = { path, name, depth, parent, end: index + 1, signal, text: words.join("\n").toLocaleLowerCase() };
  nodes.push(node);
  for (const [below, next] of branch.children)
    addTo(nodes, next, { name: below, prefix: path, depth: depth + 1, parent: index });
  node.end = nodes.length;
}

/** The lines to show. With a filter every branch that holds a hit is open, unless it was folded by hand. */
export function rowsOf(nodes: readonly TreeNode[], view: TreeView): readonly TreeRow[] {
  const wanted = view.filter
    .toLocaleLowerCase()
    .split(/\s+/)
    .filter((word) => word !== "");
  const isFiltered = wanted.length > 0;
  const all = new Uint32Array(nodes.length);
  const known = new Uint32Array(nodes.length);
  for (let index = nodes.length - 1; index >= 0; index--) {
    const node = nodes[index];
    if (node === undefined) continue;
    if (node.signal !== undefined) {
      const isKnown = view.known.has(node.path);
      const isShown = (isKnown || !view.onlyKnown) && wanted.every((word) => node.text.includes(word));
      all[index] = (all[index] ?? 0) + Number(isShown);
      known[index] = (known[index] ?? 0) + Number(isShown && isKnown);
    }
    if (node.parent < 0) continue;
    all[node.parent] = (all[node.parent] ?? 0) + (all[index] ?? 0);
    known[node.parent] = (known[node.parent] ?? 0) + (known[index] ?? 0);
  }
  const rows: TreeRow[] = [];
  for (let index = 0; index < nodes.length;) {
    const node = nodes[index];
    if (node === undefined) break;
    const count = all[index] ?? 0;
    const isOpen = node.end > index + 1 && view.turned.has(node.path) !== isFiltered;
    if (count > 0) rows.push({ node: index, isOpen, all: count, known: known[index] ?? 0 });
    index = count > 0 && isOpen ? index + 1 : node.end;
  }
  return rows;
}
