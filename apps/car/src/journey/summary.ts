import type { AvoidClass, Place, RouteStop, RouteSummary, Settings } from "@caravan/link";
import { instructionText } from "@caravan/roads";
import type { Route } from "@caravan/roads";

import type { DrivingCost } from "./driving-costs.ts";
import type { FoundWay } from "./map/questions.ts";
import { noticesOf } from "./notices.ts";
import { RouteTimes } from "./route-times.ts";

export interface SummaryParts {
  readonly id: string;
  /** The places the route visits after its start, the destination last. */
  readonly asked: readonly Place[];
  readonly via: string;
  readonly cost: DrivingCost;
  readonly language: Settings["language"];
  readonly avoid: readonly AvoidClass[];
  readonly reserve: number;
  readonly leavesMap: boolean;
}

/** A way as the screens show it, in the words of the person. */
export function summarise(found: FoundWay, parts: SummaryParts): RouteSummary {
  const { route, traffic } = found;
  const { cost, asked } = parts;
  const to = asked.at(-1);
  if (to === undefined) throw new Error("a route without a destination");
  const energy = route.distance * cost.consumption;
  const times = new RouteTimes(route, cost.pace);
  const stops = stopsOf(route, asked, times, cost);
  const arrivalCharge = stops.at(-1)?.arrivalCharge ?? cost.charge;
  return {
    id: parts.id,
    to,
    stops,
    via: parts.via,
    distance: route.distance,
    duration: times.at(route.distance),
    delay: times.delayAt(route.distance),
    energy,
    arrivalCharge,
    // Seven decimals are a centimetre, and half the bytes.
    geometry: Array.from(route.geometry, (degrees) => Math.round(degrees * 1e7) / 1e7),
    manoeuvres: manoeuvresOf(route, asked, parts.language),
    traffic,
    notices: noticesOf({ ...parts, route, traffic, arrivalCharge }),
  };
}

/** The manoeuvres with their sentences in a language. */
export function manoeuvresOf(
  route: Pick<Route, "manoeuvres" | "legs" | "pieces">,
  asked: readonly Place[],
  language: Settings["language"],
): RouteSummary["manoeuvres"] {
  const legs = route.legs.length;
  return route.manoeuvres.map((manoeuvre, i) => {
    const leg = Math.max(
      0,
      route.legs.findIndex(({ lastManoeuvre }) => i <= lastManoeuvre),
    );
    const isMotorway = route.pieces.find(({ to }) => to > manoeuvre.along)?.motorway ?? false;
    const { kind, modifier, along, lat, lon, street, ref, destination, junction, exit, lanes } = manoeuvre;
    return {
      kind,
      modifier,
      along,
      lat,
      lon,
      street,
      ref,
      destination,
      ...(junction === "" ? {} : { junction }),
      ...(exit === undefined ? {} : { exit }),
      ...(lanes === undefined ? {} : { lanes }),
      text: instructionText(language, manoeuvre, { leg, legs, name: asked[leg]?.name ?? "", isMotorway }),
    };
  });
}

function stopsOf(route: Route, asked: readonly Place[], times: RouteTimes, cost: DrivingCost): readonly RouteStop[] {
  return asked.map(({ lat, lon, name, detail }, i) => {
    const along = route.legs[i]?.to ?? route.distance;
    return {
      lat,
      lon,
      name,
      ...(detail === undefined ? {} : { detail }),
      kind: i === asked.length - 1 ? "destination" : "stop",
      along,
      after: times.at(along),
      arrivalCharge: Math.max(0, cost.charge - along * cost.consumption * cost.percentPerKwh),
    };
  });
}
