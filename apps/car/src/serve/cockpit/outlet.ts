import type { CockpitMessage } from "@caravan/link";

/** The part of a WebSocket that sending needs. */
export interface Wire {
  readonly bufferedAmount: number;
  send(text: string): void;
  terminate(): void;
}

/** Messages of which only the newest counts. */
export type State = Exclude<CockpitMessage, { type: "hello" | "texts" | "answer" | "failed" }>;

/** Bytes that may wait in the socket before this screen counts as slow. */
const slowAbove = 128 * 1024;
/** Answers are never dropped; a screen that asks and does not read is cut off here. */
const deadAbove = 4 * 1024 * 1024;

/** What one screen still has to hear. A slow screen is never queued for: it gets the newest state when it can take it. */
export class Outlet {
  readonly #wire: Wire;
  /** One entry for each type of state at most. */
  readonly #waiting = new Map<State["type"], State>();

  constructor(wire: Wire) {
    this.#wire = wire;
  }

  isSlow(): boolean {
    return this.#wire.bufferedAmount > slowAbove;
  }

  /** Has it missed something that `catchUp` brings? */
  isBehind(): boolean {
    return this.#waiting.size > 0;
  }

  /** Answers and snapshots. */
  say(message: CockpitMessage): void {
    if (this.#wire.bufferedAmount > deadAbove) this.#wire.terminate();
    else this.#wire.send(JSON.stringify(message));
  }

  /** A new state, already as text where several screens get the same one. */
  tell(state: State, text?: string): void {
    if (this.isSlow()) this.#waiting.set(state.type, state);
    else {
      this.#waiting.delete(state.type);
      this.#wire.send(text ?? JSON.stringify(state));
    }
  }

  /** Sends what was missed, once the screen takes it. */
  catchUp(): void {
    if (!this.isBehind() || this.isSlow()) return;
    for (const state of this.#waiting.values()) this.#wire.send(JSON.stringify(state));
    this.#waiting.clear();
  }
}
