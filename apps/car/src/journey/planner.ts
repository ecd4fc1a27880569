import type { Place, RouteSummary } from "@caravan/link";
import type { Route } from "@caravan/roads";
import type { CarPose, Forecast, PlannedPath } from "@caravan/world";

import type { ChosenBy, Leg } from "./journey.ts";
import type { Routing } from "./routing.ts";

export type PlanOutcome =
  | { readonly kind: "found"; readonly leg: Leg }
  | { readonly kind: "failed"; readonly code: "no-route" | "not-on-a-road"; readonly why: string };

/** A route from where the car is to a place, with what it costs this car. */
export async function findLeg(
  parts: { readonly routing: Routing; readonly forecast: (path: PlannedPath) => Forecast },
  from: CarPose,
  to: Place,
  by: ChosenBy,
): Promise<PlanOutcome> {
  const { outcome, path } = await parts.routing.plan(from, to);
  switch (outcome.kind) {
    case "no-route":
      return { kind: "failed", code: "no-route", why: "No way leads there on this map." };
    case "not-on-a-road":
      return {
        kind: "failed",
        code: "not-on-a-road",
        why:
          outcome.end === "from"
            ? "The car is not near a road of this map."
            : "That place is not near a road of this map.",
      };
    case "route": {
      if (path === undefined) return { kind: "failed", code: "no-route", why: "The car is there already." };
      return {
        kind: "found",
        leg: { summary: summarise(outcome, to, parts.forecast(path)), route: outcome, path, by },
      };
    }
  }
}

function summarise(route: Route, to: Place, forecast: Forecast): RouteSummary {
  return {
    id: "way",
    to,
    stops: [
      {
        ...to,
        kind: "destination",
        along: route.distance,
        after: forecast.duration,
        arrivalCharge: forecast.arrivalCharge,
      },
    ],
    via: "",
    delay: 0,
    traffic: [],
    notices: [],
    distance: route.distance,
    duration: forecast.duration,
    energy: forecast.energy,
    arrivalCharge: forecast.arrivalCharge,
    // Seven decimals are a centimetre, and half the bytes.
    geometry: Array.from(route.geometry, (degrees) => Math.round(degrees * 1e7) / 1e7),
    manoeuvres: route.manoeuvres.map((manoeuvre) => ({ ...manoeuvre, text: manoeuvre.street })),
  };
}
