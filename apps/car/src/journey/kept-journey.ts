import { Place } from "@caravan/link";
import type { Route } from "@caravan/roads/routing";
import Type from "typebox";
import type { Static } from "typebox";

import { pointAt } from "./route-section.ts";
import { project } from "./route-line.ts";
import { askedFrom } from "./way.ts";
import type { Way } from "./way.ts";

/** What is kept of a journey, so that it goes on after a restart or after somebody took back its end. */
export const KeptJourney = Type.Object({
  version: Type.Literal(2),
  kind: Type.Union([Type.Literal("planned"), Type.Literal("driving")]),
  by: Type.Union([Type.Literal("person"), Type.Literal("itself")]),
  /** The places still to be visited, the destination last. */
  asked: Type.Array(Place, { minItems: 1, maxItems: 25 }),
  mayCharge: Type.Boolean(),
  /** lon and lat in turn along the chosen way, by which it is known again among others. */
  trail: Type.Array(Type.Number(), { maxItems: 64 }),
});
export type KeptJourney = Static<typeof KeptJourney>;

const trailPoints = 24;
/** A way that passes a point of the trail this near, in metres, is the same there. */
const sameRoadWithin = 25;

/** `stop`: the next stop of the way; `along`: metres driven on it. */
export function keep(kind: KeptJourney["kind"], way: Way, stop: number, along: number): KeptJourney {
  const { route, by, mayCharge } = way;
  const left = route.distance - along;
  const trail = Array.from({ length: trailPoints }, (_, i) => pointAt(route, along + (left * (i + 0.5)) / trailPoints));
  return { version: 2, kind, by, mayCharge, asked: [...askedFrom(way, stop)], trail: trail.flat() };
}

/** The way that is most like the one that was chosen; the first one where none is. */
export function mostAlike<Found extends { readonly route: Route }>(
  ways: readonly [Found, ...Found[]],
  trail: readonly number[],
): Found {
  let [best] = ways;
  let most = -1;
  for (const way of ways) {
    let shared = 0;
    for (let i = 0; i + 1 < trail.length; i += 2) {
      const point = { lon: trail[i] ?? 0, lat: trail[i + 1] ?? 0 };
      if (project(way.route, point).offset <= sameRoadWithin) shared += 1;
    }
    // The earlier is the better one, so only more than that changes anything.
    if (shared > most) [best, most] = [way, shared];
  }
  return best;
}
