import type { BatchPlace } from "@caravan/link";

/** How far one class of one boot of a car has been taken in. */
export interface Cursor {
  /** Every batch up to this one is committed or was given up by the car; 0 = none. */
  readonly lastSeq: number;
  /** Batches given up by the car. */
  readonly skipped: number;
  /** Batches whose body could not be read. */
  readonly unreadable: number;
  /** UTC ms of the last sample taken. */
  readonly lastAt: number | undefined;
}

export const freshCursor: Cursor = { lastSeq: 0, skipped: 0, unreadable: 0, lastAt: undefined };

/**
 * What to do with a batch that stands at `place`:
 * take it and move the cursor, drop it as one that was taken before, or leave it until the missing ones before it have come.
 * A batch whose floor says that the missing ones no longer exist is taken, and they are counted.
 */
export type Step =
  | { readonly kind: "take"; readonly cursor: Cursor }
  | { readonly kind: "duplicate" }
  | { readonly kind: "gap" };

export function stepCursor(cursor: Cursor, place: BatchPlace, readable: boolean): Step {
  if (place.seq <= cursor.lastSeq) return { kind: "duplicate" };
  const missing = place.seq - cursor.lastSeq - 1;
  if (missing > 0 && place.floor < place.seq) return { kind: "gap" };
  return {
    kind: "take",
    cursor: {
      lastSeq: place.seq,
      skipped: cursor.skipped + missing,
      unreadable: cursor.unreadable + (readable ? 0 : 1),
      lastAt: cursor.lastAt,
    },
  };
}
