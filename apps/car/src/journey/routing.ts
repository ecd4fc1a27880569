import type { LatLon, RouteOutcome, SearchHit } from "@caravan/roads";

/** A question to the map; `from.heading` is that of a car that cannot turn on the spot. */
export type RoutingQuestion =
  | { readonly kind: "route"; readonly from: LatLon & { readonly heading?: number }; readonly to: LatLon }
  | { readonly kind: "search"; readonly text: string; readonly near: LatLon | undefined; readonly limit: number };

export type RoutingAnswer =
  | { readonly kind: "route"; readonly outcome: RouteOutcome }
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
  search(text: string, near: LatLon | undefined, limit: number): Promise<readonly SearchHit[]>;
}
