import type { FixOnRoute } from "./place-on-route.ts";

/**
 * The decision whether a car has left its route: Wald's sequential probability ratio test ("Sequential Tests of Statistical Hypotheses",
 * 1945), kept at zero from below (Page's CUSUM, 1954) so that a long good drive does not make it deaf. Each fix adds the logarithm of how
 * much better "it drives on another road" explains it than "it drives on its route".
 */
export interface Evidence {
  /** Nats; 0 speaks for the route. */
  readonly score: number;
  /** Fixes in a row that spoke against the route. */
  readonly count: number;
  /** ms of the last fix. */
  readonly at: number;
}

/** Where the car would be on the best road that is no part of the route. */
export interface OtherRoad {
  /** Metres beside it, and radians between its direction and the car's. */
  readonly lateral: number;
  readonly headingDifference?: number;
}

/** At e^4.5 = 90 to 1 the route is given up, and never on fewer fixes than these. */
const proof = 4.5;
const fewestFixes = 3;

/** No single fix counts for more than 20 to 1, whatever it says: satellites seen in a window lie by a hundred metres. */
const mostPerFix = 3;

/**
 * Fixes closer together than this in time (s) and way (m) share their errors and count by their share; good fixes, that is. The worse a fix
 * is the longer its error stays, since it comes from reflections: in proportion, from `goodAccuracy` metres on.
 */
const independentSeconds = 1;
const independentMetres = 12;
const goodAccuracy = 5;

/** Metres: half a carriageway, and how well a map is drawn; adds to what the receiver says of itself. */
const roadSpread = 5;

/** Radians: a heading at speed, and what is added at walking pace; below `headingFrom` m/s it says nothing. */
const headingSpread = (10 * Math.PI) / 180;
const slowHeadingSpread = (30 * Math.PI) / 180;
const headingFrom = 2;

/** A car of which nothing is known but that it left is anywhere within so many metres, on one of the four arms of a crossing. */
const elsewhere = 50;
const arms = 4;

/** While a fix is no farther than so many spreads from the route, and heads its way, a road beside it that fits better proves nothing. */
const stillFits = 2.5;
const sameDirection = (30 * Math.PI) / 180;

/** A car that heads the way of its route cannot have left it where there was no junction, unless it is farther off than this, in metres. */
const noMistake = 60;

/** m/s; a standing car learns nothing new about its road, however far its fixes wander. */
const standing = 0.7;

export const noEvidence: Evidence = { score: 0, count: 0, at: 0 };

function logGauss(value: number, spread: number): number {
  return -0.5 * (value / spread) ** 2 - Math.log(spread * Math.sqrt(2 * Math.PI));
}

/** What a fix tells: above 0 against the route. */
function logRatio(fix: FixOnRoute, other: OtherRoad | undefined, mayHaveLeft: boolean): number {
  const spread = Math.hypot(fix.accuracy, roadSpread, fix.slack ?? 0);
  const turn = headingSpread + slowHeadingSpread / (1 + fix.speed);
  const heading = fix.speed >= headingFrom ? fix.headingDifference : undefined;
  let onRoute = logGauss(fix.lateral, spread);
  let onOther = -Math.log(2 * elsewhere);
  if (heading !== undefined) {
    onRoute += logGauss(heading, turn);
    onOther += logGauss(0, turn) - Math.log(arms);
  }
  if (other !== undefined) {
    const aside = heading === undefined ? 0 : logGauss(other.headingDifference ?? 0, turn);
    onOther = Math.max(onOther, logGauss(other.lateral, spread) + aside);
  }
  const near = mayHaveLeft ? stillFits * spread : noMistake;
  const fits = Math.abs(fix.lateral) <= near && Math.abs(heading ?? 0) <= sameDirection;
  return fits ? Math.min(0, onOther - onRoute) : onOther - onRoute;
}

/** The evidence after one more fix. `mayHaveLeft`: a junction lies within the last few hundred metres. */
export function weigh(before: Evidence, fix: FixOnRoute, other: OtherRoad | undefined, mayHaveLeft: boolean): Evidence {
  const seconds = before.at === 0 ? independentSeconds : Math.max(0, (fix.at - before.at) / 1000);
  const lasts = Math.max(1, fix.accuracy / goodAccuracy);
  const moves = Math.max(seconds / independentSeconds, (seconds * fix.speed) / independentMetres);
  const share = Math.min(1, moves / lasts);
  const ratio = Math.max(-mostPerFix, Math.min(mostPerFix, logRatio(fix, other, mayHaveLeft)));
  if (fix.speed < standing && ratio > 0) return { ...before, at: fix.at };
  const score = Math.max(0, before.score + share * ratio);
  return { score: Math.min(score, 2 * proof), count: ratio > 0 ? before.count + 1 : 0, at: fix.at };
}

/** Has the car left its route beyond reasonable doubt? */
export function isProven({ score, count }: Evidence): boolean {
  return score >= proof && count >= fewestFixes;
}
