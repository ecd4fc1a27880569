/** From one instant to another, UTC ms. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

/** What the charts show: what was last, as long as one looks, or a stretch of time that stays. */
export type Range = { readonly kind: "last"; readonly ms: number } | { readonly kind: "span"; readonly span: Span };

export const shortestMs = 5_000;
export const longestMs = 399 * 86_400_000;

export function spanOf(range: Range, now: number): Span {
  return range.kind === "last" ? { from: now - range.ms, to: now } : range.span;
}

/** A span that was asked for, within what can be shown, and not beyond now. */
export function bounded(span: Span, now: number): Span {
  const width = Math.max(shortestMs, Math.min(longestMs, span.to - span.from));
  const to = Math.min(now, (span.from + span.to) / 2 + width / 2);
  return { from: to - width, to };
}

/** What is asked of the cloud for a span that stays: as much again on each side, so that moving finds it there. */
export function wider(range: Range, now: number): Span {
  const { from, to } = spanOf(range, now);
  const width = range.kind === "last" ? 0 : Math.min(to - from, (longestMs - (to - from)) / 2);
  return { from: Math.max(0, Math.floor(from - width)), to: Math.min(now, Math.ceil(to + width)) };
}

/** Is what was loaded enough for what is shown: all of it, and not much coarser than it could be? */
export function isEnough(loaded: Span, range: Range, now: number): boolean {
  const { from, to } = spanOf(range, now);
  const isWhole = loaded.from <= from && (loaded.to >= to || range.kind === "last");
  return isWhole && loaded.to - loaded.from <= (to - from) * 6;
}

/** Has what was loaded grown by so much that it should be thinned again: a quarter of what is shown, an hour at most? */
export function isLongGrown(loaded: Span, range: Range, now: number): boolean {
  return range.kind === "last" && now - loaded.to > Math.min(range.ms / 4, 3_600_000);
}
