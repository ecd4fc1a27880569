/** The part of a WebSocket that a stream needs. */
export interface Wire {
  readonly bufferedAmount: number;
  send(data: string | Uint8Array): void;
  close(code: number, reason: string): void;
}

/** Bytes that may wait in the socket before its reader counts as slow, and below which it counts as caught up. */
const slowAbove = 256 * 1024;
const freeBelow = 64 * 1024;

/** One reader of a subscription. A slow one is never queued for: what it misses is noted by signal, and the newest is sent when it can take it. */
export class Reader {
  readonly #wire: Wire;
  /** Slots; the catalogue's size at most. */
  readonly #missed = new Set<number>();
  #missedReadings = 0;

  constructor(wire: Wire) {
    this.#wire = wire;
  }

  /** Has it missed something that `catchUp` brings? */
  get isBehind(): boolean {
    return this.#missed.size > 0;
  }

  get canCatchUp(): boolean {
    return this.#wire.bufferedAmount < freeBelow;
  }

  /** A frame of these signals, the same bytes for all readers of the subscription. */
  deliver(frame: Uint8Array, slots: Uint16Array): void {
    if (this.isBehind || this.#wire.bufferedAmount > slowAbove) {
      this.#missedReadings += slots.length;
      for (const slot of slots) this.#missed.add(slot);
    } else this.#wire.send(frame);
  }

  /** Texts and lists of these signals. */
  tell(text: string, slots: Iterable<number>): void {
    if (!this.isBehind && this.#wire.bufferedAmount <= slowAbove) return this.#wire.send(text);
    for (const slot of slots) {
      this.#missed.add(slot);
      this.#missedReadings += 1;
    }
  }

  /** Hands over what was missed and how many readings give way to the newest of these signals. */
  catchUp(): { readonly slots: readonly number[]; readonly passedOver: number } {
    const slots = [...this.#missed];
    const passedOver = this.#missedReadings - slots.length;
    this.#missed.clear();
    this.#missedReadings = 0;
    return { slots, passedOver };
  }

  send(data: string | Uint8Array): void {
    this.#wire.send(data);
  }
}
