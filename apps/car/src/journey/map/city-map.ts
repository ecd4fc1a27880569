import type { TrafficPicture } from "@caravan/link";
import { legEnergy } from "@caravan/roads/charging";
import { createEngine, createOsrm, createRouter, noWay } from "@caravan/roads/routing";
import { createMatcher } from "@caravan/roads/matching";
import { createSearch } from "@caravan/roads/places";
import { createTraffic } from "@caravan/roads/traffic";
import type { Charger } from "@caravan/roads/charging";
import type { City, LatLon, NamedPlace } from "@caravan/roads";
import type { Engine, Osrm, Route, Router, RoutesOutcome } from "@caravan/roads/routing";
import type { HeardTraffic, Traffic } from "@caravan/roads/traffic";
import type { Search } from "@caravan/roads/places";
import { planPath } from "@caravan/world";

import { chargersOf } from "./chargers.ts";
import { chargingFor, withCharges } from "./charging-ways.ts";
import { findPlaces } from "./find-places.ts";
import { distanceBetween } from "../ground.ts";
import { noTraffic } from "./questions.ts";
import type {
  ChargingNeed,
  FoundWay,
  KnownTraffic,
  MapAnswer,
  MapQuestion,
  Review,
  ReviewQuestion,
  WaysOutcome,
  WaysQuestion,
} from "./questions.ts";
import { stretchesOf } from "./stretches.ts";

/** Slow stretches that are looked through for a picture, and that a screen is sent of them. */
const mostSlow = 20_000;
const mostShown = 2_000;

export interface CityMapParts {
  readonly city: City;
  /** Places that the map itself does not have. */
  readonly places?: readonly NamedPlace[];
  /** OCPI locations stored beside it, as JSON. */
  readonly chargers?: string | undefined;
}

/** Seconds that arriving on the right side of the road may cost. */
const curbSeconds = 45;
/** Metres to the last road of the map for a destination beyond its edge. */
const edgeReach = 3_000;

/** Wh that the whole of a route takes. */
function wattHoursOf({ legs }: Route, { model, factor }: ChargingNeed): number {
  return legs.reduce((sum, { from, to, duration }) => sum + factor * legEnergy(model, to - from, duration), 0);
}

/** Answers questions about one city, one at a time. What takes memory is made when it is first asked for. */
export class CityMap {
  readonly #parts: CityMapParts;
  readonly #engine: Engine;
  readonly #router: Router;
  readonly #traffic: Traffic;
  #known = noTraffic;
  /** Time of the picture that is being worked in. */
  #coming: number | undefined;
  #chargers: readonly Charger[] | undefined;
  #search: Search | undefined;
  #osrm: Osrm | undefined;

  constructor(parts: CityMapParts) {
    this.#parts = parts;
    this.#engine = createEngine(parts.city);
    this.#traffic = createTraffic(parts.city);
    this.#router = createRouter(parts.city, this.#engine);
  }

  /** Takes a picture of the traffic; it counts once `advance` has worked it in. `at`: UTC ms. */
  hear(picture: HeardTraffic, at: number): void {
    this.#traffic.hear(picture);
    this.refresh(at);
  }

  /** Weighs what was heard anew, at a later time; it counts once `advance` has worked it in. */
  refresh(at: number): void {
    this.#engine.setTraffic(this.#traffic.times(at));
    this.#coming = at;
  }

  /** A few milliseconds of work on what was heard. False where nothing is left to do. */
  advance(): boolean {
    if (this.#engine.advance()) return true;
    if (this.#coming === undefined) return false;
    this.#known = { version: this.#known.version + 1, at: this.#coming, incidents: this.#traffic.incidents() };
    this.#coming = undefined;
    return false;
  }

  /** The traffic that answers are given for now. */
  known(): KnownTraffic {
    return this.#known;
  }

  answer(question: MapQuestion): MapAnswer {
    const { city } = this.#parts;
    switch (question.kind) {
      case "ways":
        return { kind: "ways", outcome: this.#ways(question) };
      case "path":
        return { kind: "path", path: planPath(question.section, { from: question.from, keeps: city.drivingSide }) };
      case "insert":
        return { kind: "insert", index: this.#bestPlace(question.place, question.stops) };
      case "search": {
        const hits = findPlaces(this.#places(), question, { engine: this.#engine, router: this.#router });
        return { kind: "search", hits };
      }
      case "review":
        return { kind: "review", review: this.#review(question) };
      case "picture":
        return { kind: "picture", ...this.#picture(question.around, question.radius) };
      case "osrm":
        return { kind: "osrm", ...this.#web().answer(question.address) };
    }
  }

  #review({ edges, metres, stops, avoid }: ReviewQuestion): Review {
    const { graph } = this.#parts.city;
    const edgeMs = this.#engine.edgeMs();
    const seconds = Float64Array.from(edges, (edge, i) => {
      const ms = edgeMs[edge] ?? noWay;
      const length = graph.roadLength[graph.edgeRoad[edge] ?? 0] ?? 0;
      return ms === noWay ? Infinity : (ms / 1_000) * Math.min(1, (metres[i] ?? 0) / Math.max(length, 0.01));
    });
    const outcome = this.#ways({ kind: "ways", stops, avoid, most: 1 });
    const best = outcome.kind === "ways" ? outcome.ways[0] : undefined;
    return { seconds, levels: Array.from(edges, (edge) => this.#traffic.level(edge)), best };
  }

  #picture(around: LatLon, radius: number): Pick<TrafficPicture, "stretches" | "incidents"> {
    const isNear = (lon: number, lat: number): boolean => distanceBetween(around, { lat, lon }) <= radius;
    const stretches = this.#traffic
      .slow(mostSlow)
      .filter(({ line }) => isNear(line[0] ?? 0, line[1] ?? 0))
      .slice(0, mostShown)
      .map(({ level, line }) => ({ level, line: line.map((degrees) => Math.round(degrees * 1e6) / 1e6) }));
    const incidents = this.#known.incidents
      .filter(({ lat, lon }) => isNear(lon, lat))
      .map(({ id, kind, lat, lon }) => ({ id, kind, lat, lon }));
    return { stretches, incidents };
  }

  #found(route: Route): FoundWay {
    const pieces = route.pieces.map(({ edge, from, to }) => ({ from, to, level: this.#traffic.level(edge) }));
    return { route, traffic: stretchesOf(pieces) };
  }

  #places(): Search {
    return (this.#search ??= createSearch(this.#parts.city, { extra: this.#parts.places ?? [] }));
  }

  #web(): Osrm {
    return (this.#osrm ??= createOsrm({
      city: this.#parts.city,
      engine: this.#engine,
      router: this.#router,
      matcher: createMatcher(this.#parts.city),
      search: () => this.#places(),
    }));
  }

  #ways(question: WaysQuestion): WaysOutcome {
    const { charging } = question;
    const outcome = this.#routes(question);
    if (outcome.kind !== "routes") return outcome;
    const ways = outcome.routes.map((route) => this.#found(route));
    return { kind: "ways", ways: charging === undefined ? ways : this.#charged(ways, question, charging) };
  }

  /** Routes that end on their own side of the road where that takes hardly longer; near the edge of the map they may end farther from the goal. */
  #routes({ stops, most, avoid }: WaysQuestion): RoutesOutcome {
    const wish = { stops, alternatives: most - 1, choice: { aim: "time", avoid } } as const;
    const any = this.#router.routes(wish);
    if (any.kind !== "routes") {
      const isOutside =
        any.kind === "not-on-a-road" && any.stop === stops.length - 1 && this.#isOutside(stops[any.stop]);
      return isOutside ? this.#router.routes({ ...wish, reach: edgeReach }) : any;
    }
    const curb = this.#router.routes({ ...wish, side: "curb" });
    if (curb.kind !== "routes") return any;
    const longer = (curb.routes[0]?.duration ?? Infinity) - (any.routes[0]?.duration ?? 0);
    return longer <= curbSeconds ? curb : any;
  }

  #isOutside(place: LatLon | undefined): boolean {
    const [west, south, east, north] = this.#parts.city.bounds;
    return place !== undefined && (place.lon < west || place.lon > east || place.lat < south || place.lat > north);
  }

  /** The ways, or in place of them the one with the charging stops that the battery needs. */
  #charged(ways: readonly FoundWay[], { stops, avoid }: WaysQuestion, need: ChargingNeed): readonly FoundWay[] {
    const [best] = ways;
    if (best === undefined) return ways;
    const left = need.charge - wattHoursOf(best.route, need) / need.car.capacity;
    if (left >= need.reserve) return ways;
    const choice = { aim: "time", avoid } as const;
    const [engine, router] = [this.#engine, this.#router];
    this.#chargers ??= chargersOf(this.#parts.city, this.#parts.chargers);
    const plan = chargingFor({ stops, need, choice, chargers: this.#chargers, engine, router });
    if (plan === undefined || plan.kind === "not-needed") return ways;
    if (plan.kind === "impossible") return ways.map((way) => ({ ...way, charging: plan }));
    const full = withCharges(stops, plan);
    const outcome = router.routes({ stops: full.stops, choice, straight: false });
    const route = outcome.kind === "routes" ? outcome.routes[0] : undefined;
    if (route === undefined) return ways;
    // The leg that ends at a stop has the number of the stop before it.
    const charges = new Map([...full.charges].map(([stop, charge]) => [stop - 1, charge]));
    return [{ ...this.#found(route), charges, charging: plan }];
  }

  #bestPlace(place: LatLon, stops: readonly LatLon[]): number {
    const placed = this.#router.place([place, ...stops]);
    if (placed.kind !== "placed") return 0;
    const ends = placed.stops.map((stop) => stop.ends);
    const { durations = [] } = this.#engine.matrix({ aim: "time", avoid: [] }, ends, ends, { duration: true });
    const seconds = (from: number, to: number): number => durations[from * ends.length + to] ?? NaN;
    let [best, least] = [0, Infinity];
    // The new place has number 0, the car number 1.
    for (let i = 1; i + 1 < ends.length; i++) {
      const detour = seconds(i, 0) + seconds(0, i + 1) - seconds(i, i + 1);
      if (detour < least) [best, least] = [i - 1, detour];
    }
    return best;
  }
}
