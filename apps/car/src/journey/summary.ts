import type { AvoidClass, Place, RouteStop, RouteSummary, Settings } from "@caravan/link";
import { instructionText } from "@caravan/roads/guidance";
import type { ChargingStop } from "@caravan/roads/charging";
import type { Route } from "@caravan/roads/routing";

import { chargingWords } from "./charging-words.ts";
import type { DrivingCost } from "./driving-costs.ts";
import type { FoundWay } from "./map/questions.ts";
import { noticesOf } from "./notices.ts";
import { RouteTimes } from "./route-times.ts";

const longestName = 120;

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
  /** Metres of it that lie behind the car. */
  readonly driven: number;
}

/** A way as the screens show it, in the words of the person. */
export function summarise(found: FoundWay, parts: SummaryParts): RouteSummary {
  const { route, traffic, charging } = found;
  const { cost, asked } = parts;
  const to = asked.at(-1);
  if (to === undefined) throw new Error("a route without a destination");
  const times = new RouteTimes(route, cost.pace);
  const stops = stopsOf(found, asked, times, cost);
  const arrivalCharge = stops.at(-1)?.arrivalCharge ?? cost.charge;
  const charged = stops.reduce((sum, { charge }) => sum + (charge?.seconds ?? 0), 0);
  const why = charging === undefined ? undefined : chargingWords(parts.language, charging);
  return {
    id: parts.id,
    to,
    stops,
    via: parts.via,
    distance: route.distance,
    duration: times.at(route.distance) + charged,
    delay: Math.round(times.delayAt(route.distance) - times.delayAt(parts.driven)),
    energy: energyBetween(times, cost, 0, route.distance),
    arrivalCharge,
    // Seven decimals are a centimetre, and half the bytes.
    geometry: Array.from(route.geometry, (degrees) => Math.round(degrees * 1e7) / 1e7),
    manoeuvres: manoeuvresOf(route, stops, parts.language),
    traffic,
    notices: noticesOf({ ...parts, route, traffic, arrivalCharge }),
    ...(why === undefined ? {} : { charging: why }),
  };
}

/** The manoeuvres with their sentences in a language. */
function manoeuvresOf(
  route: Pick<Route, "manoeuvres" | "legs" | "pieces">,
  stops: readonly RouteStop[],
  language: Settings["language"],
): RouteSummary["manoeuvres"] {
  const legs = route.legs.length;
  return route.manoeuvres.map((manoeuvre, i) => {
    const leg = Math.max(
      0,
      route.legs.findIndex(({ lastManoeuvre }) => i <= lastManoeuvre),
    );
    const isMotorway = route.pieces.find(({ to }) => to > manoeuvre.along)?.motorway ?? false;
    const { kind, modifier, along, lat, lon, street, ref, destination, junction, exit, lanes, drivingSide } = manoeuvre;
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
      drivingSide,
      text: instructionText(language, manoeuvre, { leg, legs, name: stops[leg]?.name ?? "", isMotorway }),
    };
  });
}

/** The places asked for and the charging stops, in the order they are visited. */
function stopsOf(
  { route, charges = new Map<number, ChargingStop>() }: FoundWay,
  asked: readonly Place[],
  times: RouteTimes,
  cost: DrivingCost,
): readonly RouteStop[] {
  const stops: RouteStop[] = [];
  let [charge, from, waited, next] = [cost.charge, 0, 0, 0];
  route.legs.forEach(({ to: along }, leg) => {
    charge = Math.max(0, charge - energyBetween(times, cost, from, along) * cost.percentPerKwh);
    from = along;
    const reached = { along, after: times.at(along) + waited, arrivalCharge: charge };
    const charging = charges.get(leg);
    if (charging !== undefined) {
      stops.push({ ...placeOf(charging), kind: "charge", ...reached, charge: chargeOf(charging) });
      waited += charging.seconds;
      charge = Math.max(charge, charging.leaveCharge);
      return;
    }
    const place = asked[next++];
    if (place === undefined) return;
    const { lat, lon, name, detail } = place;
    const kind = next === asked.length ? "destination" : "stop";
    stops.push({ lat, lon, name, ...(detail === undefined ? {} : { detail }), kind, ...reached });
  });
  return stops;
}

function energyBetween(times: RouteTimes, cost: DrivingCost, from: number, to: number): number {
  return cost.energyOf(to - from, times.mapAt(to) - times.mapAt(from));
}

function placeOf({ charger }: ChargingStop): Pick<RouteStop, "lat" | "lon" | "name" | "detail"> {
  const { lat, lon, name, operator } = charger;
  const detail = operator?.slice(0, longestName);
  return {
    lat,
    lon,
    name: (name === "" ? (operator ?? charger.id) : name).slice(0, longestName),
    ...(detail === undefined ? {} : { detail }),
  };
}

function chargeOf({ seconds, leaveCharge, power, price, charger }: ChargingStop): NonNullable<RouteStop["charge"]> {
  return {
    seconds: Math.round(seconds),
    until: leaveCharge,
    power: Math.round(power),
    ...(price === undefined ? {} : { price: { minor: price.minor, currency: price.currency } }),
    simulated: charger.source === "simulated",
  };
}
