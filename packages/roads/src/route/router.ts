import { edgeFlag } from "../city.ts";
import type { City, LatLon } from "../city.ts";
import { chainPaths } from "./chain.ts";
import type { FindPath } from "./chain.ts";
import { describeRoute } from "./describe.ts";
import { junctionsOf } from "./junctions.ts";
import type { RouteOutcome, RoutesOutcome } from "./route.ts";
import { noStart, StopFinder } from "./stops.ts";
import type { Candidates, Stop, StopOnRoad } from "./stops.ts";
import { TurnSearch } from "./turn-search.ts";

export interface RoutesQuestion {
  /** 2 to 25, in the order they are visited. */
  readonly stops: readonly Stop[];
  /** How many other ways are wanted besides the best; only between two stops. */
  readonly alternatives?: number;
  /** Metres to the nearest road at most, 500 unless told. */
  readonly reach?: number;
  /** `curb`: stops are reached on their own side of the road. */
  readonly side?: "curb" | "any";
  /** At the stops between the car goes on in its direction (as it is unless told), or may turn round there. */
  readonly straight?: boolean;
}

/** One router serves one caller at a time and reuses its memory from question to question. */
export interface Router {
  /** The best legal ways through some stops. Each is moved to the nearest road, at most `reach` metres away. */
  routes(question: RoutesQuestion): RoutesOutcome;
  /**
   * The quickest legal way; `heading` (degrees) is that of a car which cannot turn on the spot. Both ends are moved to the nearest road
   * that belongs to the network, at most `reach` metres away (500 unless told).
   */
  route(from: LatLon & { readonly heading?: number }, to: LatLon, options?: { readonly reach?: number }): RouteOutcome;
}

const defaultReach = 500;

/** A router over the roads of a city. */
export function createRouter(city: City): Router {
  const { graph } = city;
  const search = new TurnSearch(graph);
  const find: FindPath = (starts, goals) => search.find(starts, goals);
  const finder = new StopFinder(city, junctionsOf(graph));

  function routes({ stops, reach = defaultReach, side = "any", straight = true }: RoutesQuestion): RoutesOutcome {
    const candidates: Candidates[] = [];
    for (const [i, stop] of stops.entries()) {
      const network = (i > 0 ? edgeFlag.isReached : 0) | (i < stops.length - 1 ? edgeFlag.leadsOut : 0);
      const found = finder.find(stop, { refused: noStart, reach, side, network });
      if (found === undefined) return { kind: "not-on-a-road", stop: i };
      candidates.push(found);
    }
    for (const found of selections(candidates)) {
      const paths = chainPaths(find, graph.stateEdge, found, straight);
      if (paths === undefined) continue;
      const ends = found.map((stop, i) => ({ asked: stops[i], found: stop }));
      return { kind: "routes", routes: [describeRoute(city, graph.edgeMs, paths, ends)] };
    }
    return { kind: "no-route" };
  }

  return {
    routes,
    route(from, to, options = {}) {
      const outcome = routes({ stops: [from, to], ...options });
      switch (outcome.kind) {
        case "routes":
          return outcome.routes[0];
        case "no-route":
          return outcome;
        case "not-on-a-road":
          return { kind: "not-on-a-road", end: outcome.stop === 0 ? "from" : "to" };
      }
    },
  };
}

/** Stops as they may be moved to roads, the likelier first: into the network where that is known, unless all lie outside of it together. */
function selections(candidates: readonly Candidates[]): readonly (readonly StopOnRoad[])[] {
  const nearest = candidates.map((candidate) => candidate.nearest);
  if (candidates.every((candidate) => candidate.network === undefined)) return [nearest];
  const inNetwork = candidates.map((candidate) => candidate.network ?? candidate.nearest);
  return candidates.every((candidate) => candidate.network !== undefined) ? [nearest, inNetwork] : [inNetwork, nearest];
}
