import type { RouteOffer, TrafficPicture } from "@caravan/link";

import type { Located } from "../vehicle/position.ts";
import { distanceBetween } from "./ground.ts";
import type { Point } from "./ground.ts";
import { isUnderWay } from "./journey.ts";
import type { JourneyState } from "./journey.ts";
import type { MapThread, Review } from "./map/questions.ts";
import { stretchesOf } from "./map/stretches.ts";
import { dismissed, noOffer, review } from "./offer.ts";
import type { OfferState } from "./offer.ts";
import type { Planner } from "./planner.ts";
import { viaOf } from "./via.ts";
import { startOnRoad } from "./start-on-road.ts";
import { askedFrom, isRestOf } from "./way.ts";
import type { Way } from "./way.ts";

/** A way is looked at again after this long, and soon when something changed. */
const reviewEveryMs = 30_000;
const reviewSoonMs = 2_000;
/** A picture reaches this far around the car, in metres, and is drawn anew when the car has come this far. */
const pictureRadius = 6_000;
const pictureMoves = 1_500;
const pictureEveryMs = 2_000;

export interface TrafficWatchParts {
  readonly clock: { now(): number };
  readonly map: MapThread;
  /** On which side of the road one drives in this city. */
  readonly drivingSide: "left" | "right";
  readonly planner: Planner;
  readonly state: () => JourneyState;
  /** Metres driven along the way. */
  readonly along: () => number;
  /** Seconds left on the way. */
  readonly left: () => number;
  /** The way as it is in the traffic of now. */
  readonly onUpdate: (way: Way) => void;
  /** Nobody gets through ahead on the way. */
  readonly onClosure: () => void;
  /** A better way was found. */
  readonly onOffer: (offer: RouteOffer) => void;
  readonly onChange: (what: "offer" | "traffic") => void;
  readonly onFault: (error: unknown) => void;
}

/** Looks at the traffic for one car: what it does to the way, whether another way is better, and what the map around shows of it. */
export class TrafficWatch {
  readonly #parts: TrafficWatchParts;
  #offer: OfferState = noOffer;
  #picture: TrafficPicture | undefined;
  #pictured: { readonly version: number; readonly at: Point } | undefined;
  #picturedAt = 0;
  #reviewed: { readonly version: number; readonly at: number; readonly id: string } | undefined;
  /** Seconds by which the way was slower than the best one when somebody chose it. */
  #accepted = 0;
  #isReviewing = false;
  #isPicturing = false;

  constructor(parts: TrafficWatchParts) {
    this.#parts = parts;
  }

  offer(): RouteOffer | undefined {
    return this.#offer.offered?.offer;
  }

  picture(): TrafficPicture | undefined {
    return this.#picture;
  }

  /** Takes the offered way out of the offer; undefined where there is none any more. */
  take(): Way | undefined {
    const way = this.#offer.offered?.way;
    this.#forget();
    return way;
  }

  dismiss(): void {
    this.#offer = dismissed(this.#parts.clock.now());
    this.#parts.onChange("offer");
  }

  /** To be called about once a second; `isShown`: a screen is there to draw a picture. */
  tick(located: Located | undefined, isShown: boolean): void {
    if (located === undefined) return;
    if (isShown) this.#look(located);
    const state = this.#parts.state();
    if (!isUnderWay(state) || state.kind !== "driving") {
      this.#reviewed = undefined;
      return this.#forget();
    }
    const now = this.#parts.clock.now();
    const { version } = this.#parts.map.traffic();
    const { id } = state.way.summary;
    const last = this.#reviewed;
    if (last?.id !== id) this.#accepted = 0;
    const isDue =
      last === undefined ||
      last.id !== id ||
      now - last.at >= reviewEveryMs ||
      (last.version !== version && now - last.at >= reviewSoonMs);
    // The first look tells what the person has accepted; without traffic there is nothing to see after that.
    const isFirst = last?.id !== id;
    if (!isDue || this.#isReviewing || (version === 0 && !isFirst)) return;
    this.#isReviewing = true;
    this.#reviewed = { version, at: now, id };
    this.#review(state.way, state.stop, located, isFirst)
      .catch((error: unknown) => this.#parts.onFault(error))
      .finally(() => {
        this.#isReviewing = false;
      });
  }

  async #review(way: Way, stop: number, located: Located, isFirst: boolean): Promise<void> {
    const { map, planner } = this.#parts;
    const { pieces } = way.route;
    const asked = askedFrom(way, stop);
    const answer = await map.ask(
      {
        kind: "review",
        edges: Int32Array.from(pieces, ({ edge }) => edge),
        metres: Float64Array.from(pieces, ({ from, to }) => to - from),
        stops: [startOnRoad(located), ...asked],
        avoid: planner.avoid(),
      },
      { urgency: "person" },
    );
    const state = this.#parts.state();
    if (!isUnderWay(state) || state.kind !== "driving" || state.way.summary.id !== way.summary.id) return;
    const along = this.#parts.along();
    const updated = retimed(way, answer.review);
    const told = planner.retold(updated ?? way, along);
    if (updated !== undefined || told.summary.delay !== way.summary.delay) this.#parts.onUpdate(told);
    if (isClosedAhead(way, along, answer.review)) return this.#parts.onClosure();
    this.#weigh(way, answer.review, asked, isFirst);
  }

  #weigh(way: Way, { best }: Review, asked: Way["asked"], isFirst: boolean): void {
    const { planner, clock, left } = this.#parts;
    const isOther = best !== undefined && !isRestOf(way, best.route.edges);
    const ask = { asked, by: way.by, mayCharge: way.mayCharge };
    // Called by what is not on the way that is driven.
    const better = isOther ? planner.wayOf(best, ask, viaOf([best.route, way.route])[0]) : undefined;
    const seconds = left();
    // What was slower from the first look on was chosen so.
    if (isFirst && better !== undefined) this.#accepted = Math.max(0, seconds - better.summary.duration);
    const [offer, isNew] = review(this.#offer, { better, left: seconds, accepted: this.#accepted, now: clock.now() });
    const before = this.#offer;
    this.#offer = offer;
    if (offer.offered !== before.offered) this.#parts.onChange("offer");
    if (isNew && offer.offered !== undefined) this.#parts.onOffer(offer.offered.offer);
  }

  #look(located: Located): void {
    const { map, clock, drivingSide, onChange, onFault } = this.#parts;
    const { version, at } = map.traffic();
    const now = clock.now();
    const { pose } = located;
    const last = this.#pictured;
    if (version === 0 || this.#isPicturing || now - this.#picturedAt < pictureEveryMs) return;
    if (last?.version === version && distanceBetween(last.at, pose) < pictureMoves) return;
    this.#isPicturing = true;
    this.#picturedAt = now;
    map
      .ask({ kind: "picture", around: pose, radius: pictureRadius }, { urgency: "others" })
      .then(({ stretches, incidents }) => {
        this.#pictured = { version, at: pose };
        this.#picture = { at, drivingSide, stretches, incidents };
        onChange("traffic");
      })
      .catch(onFault)
      .finally(() => {
        this.#isPicturing = false;
      });
  }

  #forget(): void {
    if (this.#offer.offered === undefined) return;
    this.#offer = { ...this.#offer, offered: undefined };
    this.#parts.onChange("offer");
  }
}

/** Where the car is, and where it ends, it has to drive whatever is closed there. */
function isClosedAhead({ route: { pieces } }: Way, along: number, { seconds }: Review): boolean {
  return pieces.slice(0, -1).some(({ from }, i) => from > along && seconds[i] === Infinity);
}

/** The way with the times of now; undefined where nothing is new. */
export function retimed(way: Way, { seconds, levels }: Pick<Review, "seconds" | "levels">): Way | undefined {
  const { route, summary } = way;
  const traffic = stretchesOf(route.pieces.map(({ from, to }, i) => ({ from, to, level: levels[i] ?? "unknown" })));
  const pieces = route.pieces.map((piece, i) => {
    const now = seconds[i] ?? piece.seconds;
    // A closed road takes no time that could be added; the notice tells of it.
    return { ...piece, seconds: now === Infinity ? piece.seconds : now };
  });
  const moved = pieces.some((piece, i) => Math.abs(piece.seconds - (route.pieces[i]?.seconds ?? 0)) > 0.5);
  if (!moved && JSON.stringify(traffic) === JSON.stringify(summary.traffic)) return undefined;
  const duration = pieces.reduce((sum, piece) => sum + piece.seconds + piece.turnSeconds, 0);
  return { ...way, route: { ...route, pieces, duration }, summary: { ...summary, traffic } };
}
