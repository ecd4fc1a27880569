import type { Route } from "@caravan/roads/routing";

/**
 * Seconds from the start of a route to each place on it, for a car that takes `pace` times as long as the map says on free roads; what
 * traffic adds, it adds for everybody.
 */
export class RouteTimes {
  readonly #pieces: Route["pieces"];
  readonly #pace: number;
  /** Seconds on free roads and seconds of delay at the beginning of each piece, and at the end of the last. */
  readonly #free: Float64Array;
  readonly #delay: Float64Array;

  constructor({ pieces }: Pick<Route, "pieces">, pace: number) {
    this.#pieces = pieces;
    this.#pace = pace;
    this.#free = new Float64Array(pieces.length + 1);
    this.#delay = new Float64Array(pieces.length + 1);
    pieces.forEach((piece, i) => {
      this.#free[i + 1] = (this.#free[i] ?? 0) + piece.freeSeconds + piece.turnSeconds;
      this.#delay[i + 1] = (this.#delay[i] ?? 0) + Math.max(0, piece.seconds - piece.freeSeconds);
    });
  }

  /** Seconds after so many metres. */
  at(along: number): number {
    return this.#pace * this.freeAt(along) + this.delayAt(along);
  }

  /** Seconds it would be on free roads, by the map. */
  freeAt(along: number): number {
    return this.#read(this.#free, along);
  }

  /** Seconds by the map and the traffic of now. */
  mapAt(along: number): number {
    return this.freeAt(along) + this.delayAt(along);
  }

  /** Seconds of what came before that are owed to traffic. */
  delayAt(along: number): number {
    return this.#read(this.#delay, along);
  }

  #read(values: Float64Array, along: number): number {
    const pieces = this.#pieces;
    let low = 0;
    let high = pieces.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((pieces[middle]?.to ?? 0) < along) low = middle + 1;
      else high = middle;
    }
    const piece = pieces[low];
    if (piece === undefined) return values.at(-1) ?? 0;
    const share = Math.min(1, Math.max(0, (along - piece.from) / Math.max(piece.to - piece.from, 0.01)));
    const from = values[low] ?? 0;
    return from + share * ((values[low + 1] ?? from) - from);
  }
}
