import type { AvoidClass, RouteNotice, TrafficStretch } from "@caravan/link";
import type { Route } from "@caravan/roads/routing";

/** Metres of a kind of road that are worth a word. */
const shortest = 20;

/** What a driver should know of a way before taking it; each kind once, the gravest first. */
export function noticesOf(way: {
  readonly route: Pick<Route, "pieces">;
  readonly traffic: readonly TrafficStretch[];
  readonly avoid: readonly AvoidClass[];
  /** Percent left at the destination, and what the person wants to keep. */
  readonly arrivalCharge: number;
  readonly reserve: number;
  readonly leavesMap: boolean;
}): readonly RouteNotice[] {
  const { pieces } = way.route;
  const has = (is: (piece: Route["pieces"][number]) => boolean): boolean =>
    pieces.reduce((metres, piece) => metres + (is(piece) ? piece.to - piece.from : 0), 0) > shortest;
  const kinds: Readonly<Record<AvoidClass, boolean>> = {
    toll: has(({ toll }) => toll),
    motorway: has(({ motorway }) => motorway),
    ferry: has(({ ferry }) => ferry),
  };
  const applies: readonly (readonly [RouteNotice["kind"], boolean])[] = [
    ["closure", way.traffic.some(({ level }) => level === "closed")],
    ["low-charge", way.arrivalCharge < way.reserve],
    ["over-map-edge", way.leavesMap],
    ["avoided-anyway", way.avoid.some((kind) => kinds[kind])],
    ["toll", kinds.toll],
    ["ferry", kinds.ferry],
    ["motorway", kinds.motorway],
    ["unpaved", has(({ unpaved }) => unpaved)],
    ["restricted", has(({ restricted }) => restricted)],
  ];
  return applies.filter(([, is]) => is).map(([kind]) => ({ kind }));
}
