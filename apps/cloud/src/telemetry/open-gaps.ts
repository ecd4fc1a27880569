/** Batches of one sequence that have not come although later ones have; the car sends them again. */
export interface OpenGap {
  readonly firstSeq: number;
  readonly lastSeq: number;
}

/** More than this are not followed: their batches come all the same. */
const mostOpen = 10_000;

/** The gaps that wait to be filled, by the key of their sequence (`vehicle/boot/class`). */
export class OpenGaps {
  readonly #open = new Map<string, OpenGap>();

  open(key: string, gap: OpenGap): void {
    const known = this.#open.get(key);
    if (known === undefined && this.#open.size >= mostOpen) return;
    this.#open.set(key, known === undefined ? gap : { ...known, lastSeq: Math.max(known.lastSeq, gap.lastSeq) });
  }

  /** The gap that is filled once this sequence is taken, if there is one. */
  filledBy(key: string, seq: number): OpenGap | undefined {
    const gap = this.#open.get(key);
    return gap === undefined || seq < gap.lastSeq ? undefined : gap;
  }

  close(key: string): void {
    this.#open.delete(key);
  }

  /** Those of one car. */
  of(vehicle: number): readonly OpenGap[] {
    return [...this.#open].filter(([key]) => key.startsWith(`${vehicle}/`)).map(([, gap]) => gap);
  }
}
