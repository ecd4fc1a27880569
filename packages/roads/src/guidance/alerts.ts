import type { AlertKind } from "./words.ts";

/** Something ahead of the car. */
export interface AheadAlert {
  /** The same for the same thing, as long as it is ahead. */
  readonly id: string;
  readonly kind: AlertKind;
  /** Metres along the road. */
  readonly distance: number;
  /** m/s, with "limit-drop". */
  readonly limit?: number;
}

/** Seconds before it, and at least and at most so many metres, that a thing is spoken of; undefined: it is only shown. */
const spokenAt: Readonly<
  Record<AlertKind, { readonly seconds: number; readonly least: number; readonly most: number } | undefined>
> = {
  // Time to look at the speed; a camera's law wants no more than that.
  camera: { seconds: 12, least: 150, most: 500 },
  // Stopping distance and a look to both sides.
  "rail-crossing": { seconds: 8, least: 80, most: 300 },
  // A tail of a queue behind it comes sooner than the thing itself.
  works: { seconds: 25, least: 300, most: 1_000 },
  closure: { seconds: 25, least: 300, most: 1_000 },
  accident: { seconds: 25, least: 300, most: 1_500 },
  hazard: { seconds: 20, least: 200, most: 1_000 },
  // The sign itself and the overspeed hint say it.
  "limit-drop": undefined,
};

/** Seconds before a thing within which words about it only take the eyes off the road. */
const tooLate = 2;

/** Things spoken of that are remembered, so that none is told twice; older ones are far behind. */
const remembered = 64;

/** The nearest thing that is to be spoken of now. */
export function dueAlert(ahead: readonly AheadAlert[], told: readonly string[], speed: number): AheadAlert | undefined {
  return ahead.find(({ id, kind, distance }) => {
    const rule = spokenAt[kind];
    if (rule === undefined || distance < tooLate * speed || told.includes(id)) return false;
    return distance <= Math.min(rule.most, Math.max(rule.least, rule.seconds * speed));
  });
}

export function remember(told: readonly string[], id: string): readonly string[] {
  return [...told.slice(1 - remembered), id];
}
