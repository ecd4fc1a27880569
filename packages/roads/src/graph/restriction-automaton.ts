import type { ForbiddenSequence } from "./restrictions.ts";

/**
 * Remembers how much of a forbidden sequence has been driven (Aho and Corasick, 1975). States 0 to edgeCount - 1 are the edges themselves;
 * further ones stand for the same edge reached over the beginning of a sequence.
 */
export class RestrictionAutomaton {
  private readonly edges: number[] = [];
  private readonly next = new Map<number, Map<number, number>>();
  private readonly banned = new Map<number, Set<number>>();
  private readonly fallback: number[] = [];
  private readonly edgeCount: number;

  constructor(edgeCount: number, forbidden: readonly ForbiddenSequence[]) {
    this.edgeCount = edgeCount;
    // Shorter beginnings first, so that the state to fall back to exists when it is asked for.
    const byLength = forbidden.filter((sequence) => sequence.length >= 2).toSorted((a, b) => a.length - b.length);
    const longest = byLength.at(-1)?.length ?? 0;
    for (let depth = 2; depth < longest; depth++) {
      for (const sequence of byLength) if (sequence.length > depth) this.addState(sequence.slice(0, depth));
    }
    for (const sequence of byLength) {
      const last = sequence.at(-1);
      const state = this.stateOf(sequence.slice(0, -1));
      if (last === undefined || state === undefined) continue;
      const set = this.banned.get(state);
      if (set === undefined) this.banned.set(state, new Set([last]));
      else set.add(last);
    }
  }

  get stateCount(): number {
    return this.edgeCount + this.edges.length;
  }

  edgeOf(state: number): number {
    return state < this.edgeCount ? state : this.edges[state - this.edgeCount];
  }

  forbids(state: number, edge: number): boolean {
    for (let at: number | undefined = state; at !== undefined; at = this.fallbackOf(at)) {
      if (this.banned.get(at)?.has(edge) ?? false) return true;
    }
    return false;
  }

  /** The state after driving `edge` next. */
  after(state: number, edge: number): number {
    for (let at: number | undefined = state; at !== undefined; at = this.fallbackOf(at)) {
      const next = this.next.get(at)?.get(edge);
      if (next !== undefined) return next;
    }
    return edge;
  }

  private fallbackOf(state: number): number | undefined {
    return state < this.edgeCount ? undefined : this.fallback[state - this.edgeCount];
  }

  private stateOf(sequence: readonly number[]): number | undefined {
    let state: number | undefined = sequence[0];
    for (let i = 1; i < sequence.length && state !== undefined; i++) state = this.next.get(state)?.get(sequence[i]);
    return state;
  }

  private addState(sequence: readonly number[]): void {
    const last = sequence.at(-1);
    const parent = this.stateOf(sequence.slice(0, -1));
    if (last === undefined || parent === undefined || this.stateOf(sequence) !== undefined) return;
    const shorter = this.fallbackOf(parent);
    const state = this.stateCount;
    this.fallback.push(shorter === undefined ? last : this.after(shorter, last));
    this.edges.push(last);
    const children = this.next.get(parent);
    if (children === undefined) this.next.set(parent, new Map([[last, state]]));
    else children.set(last, state);
  }
}
