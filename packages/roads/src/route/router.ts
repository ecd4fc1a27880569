import { edgeFlag } from "../city.ts";
import type { City, Graph, LatLon } from "../city.ts";
import type { EdgeEnd, MetricChoice } from "../engine/choice.ts";
import { createEngine } from "../engine/engine.ts";
import type { Engine } from "../engine/engine.ts";
import { isForward } from "../graph/edge-facts.ts";
import type { DrivenPiece, MatchedPoint } from "../match/matching.ts";
import type { RoadPoint } from "../place/road-point.ts";
import { avoidedFlags } from "./avoid.ts";
import { chained, chainPaths, legsOf } from "./chain.ts";
import { describeRoute, drawRoute, trimmed } from "./describe.ts";
import { surroundingsOf } from "./junctions.ts";
import type { DrawnRoute, Route, RouteOutcome, RoutesOutcome } from "./route.ts";
import { noStart, pointOnRoad, StopFinder } from "./stops.ts";
import type { Candidates, Stop, StopOnRoad, StopRules } from "./stops.ts";
import type { LegPath, PathPart } from "./trace.ts";

/** How stops are moved to roads. */
export interface SnapWishes {
  /** Roads that are excluded are no place to begin or end on. */
  readonly choice?: MetricChoice;
  /** Metres to the nearest road at most, 500 unless told. */
  readonly reach?: number;
  /** `curb`: stops are reached on their own side of the road. */
  readonly side?: "curb" | "any";
  /** Also roads on which usually no route begins or ends: private drives, ferries. */
  readonly anyRoad?: boolean;
}

export interface RoutesQuestion extends SnapWishes {
  /** In the order they are visited, at least 2. */
  readonly stops: readonly Stop[];
  /** How many other ways are wanted besides the best; only between two stops. */
  readonly alternatives?: number;
  /** At the stops between the car goes on in its direction (as it is unless told), or may turn round there. */
  readonly straight?: boolean;
  /** Indices of stops that are only driven through: no leg ends there. */
  readonly silent?: readonly number[];
  /** False where nobody wants to be told the way: only departures and arrivals are, which takes half the time. */
  readonly told?: boolean;
}

export type PlacesOutcome =
  | { readonly kind: "placed"; readonly stops: readonly StopOnRoad[] }
  | { readonly kind: "not-on-a-road"; readonly stop: number };

/** One router serves one caller at a time and reuses its memory from question to question. */
export interface Router {
  /** The best legal ways through some stops. Each is moved to the nearest road, at most `reach` metres away. */
  routes(question: RoutesQuestion): RoutesOutcome;
  /** The same without what their roads are like, for less. */
  drawn(question: RoutesQuestion): RoutesOutcome<DrawnRoute>;
  /**
   * The quickest legal way; `heading` (degrees) is that of a car which cannot turn on the spot. Both ends are moved to the nearest road
   * that belongs to the network, at most `reach` metres away (500 unless told).
   */
  route(from: LatLon & { readonly heading?: number }, to: LatLon, options?: { readonly reach?: number }): RouteOutcome;
  /** Where on the roads some stops lie that are to be reached from each other. */
  place(stops: readonly Stop[], wishes?: SnapWishes): PlacesOutcome;
  /** Different roads near a place, the nearest first. */
  near(stop: Stop, count: number, wishes?: SnapWishes): readonly StopOnRoad[];
  /** The route that was driven over matched places, with a leg between each two that are not silent. `legs`: what is driven between each two. */
  driven(places: readonly MatchedPoint[], legs: readonly (readonly DrivenPiece[])[], silent?: readonly number[]): Route;
  /** A matched place as a point on its road. */
  onRoad(place: MatchedPoint): RoadPoint;
}

const defaultReach = 500;

const quickest: MetricChoice = { aim: "time", avoid: [] };

/** A router over the roads of a city, with the ways an engine finds; without one it makes its own. */
export function createRouter(city: City, engine: Engine = createEngine(city)): Router {
  const { graph } = city;
  const surroundings = surroundingsOf(graph);
  const finder = new StopFinder(city, surroundings.junctions);

  function rulesOf({ choice = quickest, reach = defaultReach, side = "any", anyRoad = false }: SnapWishes): StopRules {
    const refused = avoidedFlags(choice.exclude ?? []) | (anyRoad ? 0 : noStart);
    return { refused, reach, side, network: 0 };
  }

  /** What each stop may be moved to; the index of the first that lies on no road. */
  function candidatesOf(stops: readonly Stop[], wishes: SnapWishes, isOneWay: boolean): readonly Candidates[] | number {
    const rules = rulesOf(wishes);
    const candidates: Candidates[] = [];
    for (const [i, stop] of stops.entries()) {
      const reached = isOneWay && i === 0 ? 0 : edgeFlag.isReached;
      const left = isOneWay && i === stops.length - 1 ? 0 : edgeFlag.leadsOut;
      const found = finder.find(stop, { ...rules, network: reached | left });
      if (found === undefined) return i;
      candidates.push(found);
    }
    return candidates;
  }

  function drawnOver(
    legs: readonly LegPath[],
    asked: readonly Stop[],
    found: readonly StopOnRoad[],
    told = true,
  ): DrawnRoute {
    const ends = found.map((stop, i) => ({ asked: asked[i], found: stop }));
    return drawRoute(city, surroundings, { edgeMs: engine.edgeMs(), told }, legs, ends);
  }

  function drawn(question: RoutesQuestion): RoutesOutcome<DrawnRoute> {
    const { stops, choice = quickest, alternatives = 0, straight = true, silent = [], told = true } = question;
    const candidates = candidatesOf(stops, question, true);
    if (typeof candidates === "number") return { kind: "not-on-a-road", stop: candidates };
    const search = {
      find: (starts: readonly EdgeEnd[], goals: readonly EdgeEnd[]) => engine.find(choice, starts, goals),
      costOf: (starts: readonly EdgeEnd[], goals: readonly EdgeEnd[]) => engine.cost(choice, starts, goals),
    };
    for (const found of selections(candidates)) {
      const ways =
        alternatives > 0 && found.length === 2
          ? engine
              .alternatives(choice, found[0].ends, found[1].ends, alternatives)
              .map((path) => [chained(path, graph.stateEdge, found[0].ends, found[1].ends)])
          : [chainPaths(search, graph.stateEdge, found, straight)];
      const kept = stops.flatMap((_, i) => (silent.includes(i) ? [] : [i]));
      const all = ways.flatMap((paths) =>
        paths === undefined
          ? []
          : [
              drawnOver(
                legsOf(paths, silent).map((leg) => leg.map((path) => trimmed(graph, path))),
                kept.map((i) => stops[i]),
                kept.map((i) => found[i]),
                told,
              ),
            ],
      );
      if (all.length > 0) return { kind: "routes", routes: all, stops: found };
    }
    return { kind: "no-route" };
  }

  function routes(question: RoutesQuestion): RoutesOutcome {
    const outcome = drawn(question);
    return outcome.kind === "routes"
      ? { ...outcome, routes: outcome.routes.map((route) => describeRoute(city, route)) }
      : outcome;
  }

  function onRoad({ edge, along, distance }: MatchedPoint): RoadPoint {
    const road = graph.edgeRoad[edge];
    return pointOnRoad(graph, road, isForward(graph, edge) ? along : graph.roadLength[road] - along, distance);
  }

  return {
    routes,
    drawn,
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
    place(stops, wishes = {}) {
      const candidates = candidatesOf(stops, wishes, false);
      return typeof candidates === "number"
        ? { kind: "not-on-a-road", stop: candidates }
        : { kind: "placed", stops: selections(candidates)[0] };
    },
    near: (stop, count, wishes = {}) => finder.near(stop, count, rulesOf(wishes)),
    driven(places, legs, silent = []) {
      const kept = places.filter((_, i) => !silent.includes(i));
      const found = kept.map((place) => ({ at: onRoad(place), ends: [] }));
      const whole: PathPart[][] = [];
      for (const [i, pieces] of legs.entries()) {
        const parts = partsOf(graph, pieces);
        const last = whole.at(-1);
        if (last !== undefined && silent.includes(i)) last.push(...parts);
        else whole.push(parts);
      }
      return describeRoute(city, drawnOver(whole, kept, found));
    },
    onRoad,
  };
}

/** Stops as they may be moved to roads, the likelier first: into the network where that is known, unless all lie outside of it together. */
function selections(candidates: readonly Candidates[]): readonly (readonly StopOnRoad[])[] {
  const nearest = candidates.map((candidate) => candidate.nearest);
  if (candidates.every((candidate) => candidate.network === undefined)) return [nearest];
  const inNetwork = candidates.map((candidate) => candidate.network ?? candidate.nearest);
  return candidates.every((candidate) => candidate.network !== undefined) ? [nearest, inNetwork] : [inNetwork, nearest];
}

/** Driven pieces as paths: another one begins where the car turned round amid an edge. */
function partsOf(graph: Graph, pieces: readonly DrivenPiece[]): PathPart[] {
  const parts: { states: number[]; start: number; end: number }[] = [];
  for (const { edge, from, to } of pieces) {
    const last = parts.at(-1);
    const before = last?.states.at(-1);
    const isWhole = before !== undefined && last?.end === graph.roadLength[graph.edgeRoad[before]] && from === 0;
    if (last === undefined || !isWhole) parts.push({ states: [edge], start: from, end: to });
    else {
      last.states.push(edge);
      last.end = to;
    }
  }
  return parts;
}
