import type { LatLon, RouteOutcome, SearchHit } from "@caravan/roads";
import type { CarPose, PlannedPath } from "@caravan/world";

/** A question to the map. `plan` is a route from where a car is, with the line its wheels would take. */
export type RoutingQuestion =
  | { readonly kind: "route"; readonly from: LatLon & { readonly heading?: number }; readonly to: LatLon }
  | { readonly kind: "plan"; readonly from: CarPose; readonly to: LatLon }
  | { readonly kind: "search"; readonly text: string; readonly near: LatLon | undefined; readonly limit: number };

/** `path` is undefined where there is no route, or where it is too short to be driven. */
export interface Plan {
  readonly outcome: RouteOutcome;
  readonly path: PlannedPath | undefined;
}

export type RoutingAnswer =
  | { readonly kind: "route"; readonly outcome: RouteOutcome }
  | { readonly kind: "plan"; readonly plan: Plan }
  | { readonly kind: "search"; readonly hits: readonly SearchHit[] };

export interface ToWorker {
  readonly id: number;
  readonly question: RoutingQuestion;
}

export interface FromWorker {
  readonly id: number;
  readonly answer: RoutingAnswer;
}

/** Ways and places on the map, worked out where it does not hold up the car. */
export interface Routing {
  route(from: LatLon & { readonly heading?: number }, to: LatLon): Promise<RouteOutcome>;
  plan(from: CarPose, to: LatLon): Promise<Plan>;
  search(text: string, near: LatLon | undefined, limit: number): Promise<readonly SearchHit[]>;
}
