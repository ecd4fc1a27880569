/** Who waits for an answer; a driver who has just left the route waits least. */
export type Urgency = "guidance" | "person" | "others";

export interface Queued<Question> {
  readonly id: number;
  readonly question: Question;
  readonly urgency: Urgency;
  /** A newer question with the same key makes this one pointless. */
  readonly key: string | undefined;
}

export type Admission<Question> =
  | { readonly kind: "queued"; readonly replaced: Queued<Question> | undefined }
  /** Somebody asks in a loop. */
  | { readonly kind: "full" };

const order: readonly Urgency[] = ["guidance", "person", "others"];
/** Questions of each urgency that may wait. */
const mostWaiting: Readonly<Record<Urgency, number>> = { guidance: 256, person: 256, others: 64 };

/** Questions that wait for the map thread: the most urgent first, among those the oldest; a stale one is replaced by its newer self. */
export class QuestionQueue<Question> {
  readonly #lanes: Readonly<Record<Urgency, Queued<Question>[]>> = { guidance: [], person: [], others: [] };

  get length(): number {
    return order.reduce((sum, urgency) => sum + this.#lanes[urgency].length, 0);
  }

  add(queued: Queued<Question>): Admission<Question> {
    const lane = this.#lanes[queued.urgency];
    const stale = queued.key === undefined ? -1 : lane.findIndex(({ key }) => key === queued.key);
    const [replaced] = stale === -1 ? [] : lane.splice(stale, 1);
    if (lane.length >= mostWaiting[queued.urgency]) return { kind: "full" };
    lane.push(queued);
    return { kind: "queued", replaced };
  }

  /** Takes out whom to serve next. */
  next(): Queued<Question> | undefined {
    for (const urgency of order) {
      const next = this.#lanes[urgency].shift();
      if (next !== undefined) return next;
    }
    return undefined;
  }

  /** Takes out everything. */
  clear(): readonly Queued<Question>[] {
    return order.flatMap((urgency) => this.#lanes[urgency].splice(0));
  }
}
