import type { Manoeuvre } from "../route/manoeuvre.ts";
import type { Route } from "../route/route.ts";

/** A place where the journey stops on purpose; the last one is the destination. */
export interface GuideStop {
  readonly kind: "stop" | "charge" | "destination";
  /** Empty where the place has no name worth saying. */
  readonly name: string;
  /** With "charge": how long, and up to which percent. */
  readonly charge?: { readonly seconds: number; readonly until: number };
}

/** A stretch of road between `from` and `to` metres; stretches follow each other without a gap. */
export interface GuideStretch {
  readonly from: number;
  readonly to: number;
  /** Seconds with the traffic of now, and with none; the turn at its beginning included. */
  readonly seconds: number;
  readonly freeSeconds: number;
  /** A motorway or a road like one: signs stand early, and so do words. */
  readonly isFast: boolean;
  /** Only a motorway's number stands for its name. */
  readonly isMotorway: boolean;
}

/** All that guidance needs to know of a route: plain data, so that a drive can be written to a log and be driven again from it. */
export interface GuideRoute {
  /** The same as long as the way is the same; new times alone do not change it. */
  readonly id: string;
  /** Metres. */
  readonly length: number;
  readonly manoeuvres: readonly Manoeuvre[];
  readonly stretches: readonly GuideStretch[];
  /** Metres from the start of the junctions it passes, rising: only there can it be left. Empty where they are not known. */
  readonly junctions: readonly number[];
  /** One for each leg. */
  readonly stops: readonly GuideStop[];
}

/** What guidance needs of a route; `stops` tells what stands at the end of each leg, plain places unless told. */
export function guideRouteOf(id: string, route: Route, stops: readonly GuideStop[] = []): GuideRoute {
  const legs = Math.max(1, route.legs.length);
  return {
    id,
    length: route.distance,
    manoeuvres: route.manoeuvres,
    stretches: route.pieces.map(({ from, to, seconds, freeSeconds, turnSeconds, class: roadClass }) => ({
      from,
      to,
      seconds: seconds + turnSeconds,
      freeSeconds: freeSeconds + turnSeconds,
      isFast: roadClass === "motorway" || roadClass === "trunk",
      isMotorway: roadClass === "motorway",
    })),
    junctions: route.intersections.map(({ along }) => along),
    stops: Array.from(
      { length: legs },
      (_, leg) => stops.at(leg) ?? { kind: leg === legs - 1 ? "destination" : "stop", name: "" },
    ),
  };
}

/** Index of the stretch that holds a point; the later one of two that meet there. */
export function stretchAt(route: GuideRoute, along: number): number {
  const { stretches } = route;
  let low = 0;
  let high = stretches.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (stretches[middle].from <= along) low = middle;
    else high = middle - 1;
  }
  return low;
}

/** Seconds from one point of the route to a later one, by the stretches between. */
export function secondsBetween(route: GuideRoute, from: number, to: number, traffic: "now" | "free" = "now"): number {
  let seconds = 0;
  for (let i = stretchAt(route, from); i < route.stretches.length; i++) {
    const stretch = route.stretches[i];
    if (stretch.from >= to) break;
    const length = stretch.to - stretch.from;
    const driven = Math.min(to, stretch.to) - Math.max(from, stretch.from);
    const whole = traffic === "now" ? stretch.seconds : stretch.freeSeconds;
    if (length > 0 && driven > 0) seconds += (whole * driven) / length;
  }
  return seconds;
}

/** May the route pass a junction between two places of it? */
export function mayHaveJunction({ junctions }: GuideRoute, from: number, to: number): boolean {
  let low = 0;
  let high = junctions.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (junctions[middle] < from) low = middle + 1;
    else high = middle;
  }
  return junctions.length === 0 || (low < junctions.length && junctions[low] <= to);
}

/** Which leg a manoeuvre belongs to, its "arrive" included. */
export function legOf(route: GuideRoute, index: number): number {
  let leg = 0;
  for (let i = 0; i < index; i++) if (route.manoeuvres[i].kind === "arrive") leg += 1;
  return leg;
}
