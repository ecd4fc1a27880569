import type { AvoidClass, Place, RouteSummary, Settings } from "@caravan/link";
import type { Route } from "@caravan/roads/routing";
import type { CarPose } from "@caravan/world";

import type { DrivingCosts } from "./driving-costs.ts";
import type { MapThread, FoundWay, WaysOutcome } from "./map/questions.ts";
import type { Urgency } from "./map/question-queue.ts";
import { summarise } from "./summary.ts";
import type { SummaryParts } from "./summary.ts";
import { viaOf } from "./via.ts";
import type { ChosenBy, Way } from "./way.ts";

/** What is asked for when a way is wanted. */
export interface PlanAsk {
  readonly from: CarPose;
  /** The places to visit, the destination last. */
  readonly asked: readonly Place[];
  readonly by: ChosenBy;
  readonly mayCharge: boolean;
  /** How many ways at most. */
  readonly most: number;
  readonly urgency: Urgency;
}

export type PlanFailure = {
  readonly kind: "failed";
  readonly code: "no-route" | "not-on-a-road";
  readonly why: string;
};
export type PlanOutcome = { readonly kind: "found"; readonly ways: readonly [Way, ...Way[]] } | PlanFailure;

export interface PlannerParts {
  readonly map: MapThread;
  readonly costs: DrivingCosts;
  readonly settings: () => Pick<Settings, "avoid" | "language" | "reserve">;
  /** Tells the questions of one car from those of another. */
  readonly name: string;
}

/** Finds ways for one car and puts them into the person's words. */
export class Planner {
  readonly #parts: PlannerParts;
  #next = 1;

  constructor(parts: PlannerParts) {
    this.#parts = parts;
  }

  /** Rejects with `StaleQuestion` where the same car asked anew before this was answered. */
  async plan(ask: PlanAsk): Promise<PlanOutcome> {
    const { map, name, settings, costs } = this.#parts;
    const { avoid, reserve } = settings();
    const charging = ask.mayCharge ? costs.need(reserve) : undefined;
    const { outcome } = await map.ask(
      {
        kind: "ways",
        stops: [ask.from, ...ask.asked],
        avoid,
        most: ask.most,
        ...(charging === undefined ? {} : { charging }),
      },
      { urgency: ask.urgency, key: `ways of ${name}` },
    );
    if (outcome.kind !== "ways") return failureOf(outcome);
    const via = viaOf(outcome.ways.map(({ route }) => route));
    const [best, ...others] = outcome.ways.map((found, i) => this.wayOf(found, ask, via[i]));
    if (best === undefined || best.route.distance < 1) {
      return { kind: "failed", code: "no-route", why: "The car is there already." };
    }
    return { kind: "found", ways: [best, ...others] };
  }

  /** Before which of the places still to be visited a new one costs least. */
  async bestPlaceFor(place: Place, from: CarPose, asked: readonly Place[]): Promise<number> {
    const { index } = await this.#parts.map.ask(
      { kind: "insert", place, stops: [from, ...asked] },
      { urgency: "person" },
    );
    return index;
  }

  /** What the person keeps away from. */
  avoid(): readonly AvoidClass[] {
    return this.#parts.settings().avoid;
  }

  /** A way that the map has found, in the person's words. */
  wayOf(found: FoundWay, ask: Pick<Way, "asked" | "by" | "mayCharge">, via = viaOf([found.route])[0] ?? ""): Way {
    const { asked, by, mayCharge } = ask;
    const id = `${this.#parts.name}-${this.#next++}`;
    const cost = this.#parts.costs.now();
    const { route, charges, charging } = found;
    return {
      summary: this.#tell(found, { id, asked, via, cost, driven: 0 }),
      route,
      by,
      asked,
      mayCharge,
      cost,
      ...(charges === undefined ? {} : { charges }),
      ...(charging === undefined ? {} : { charging }),
    };
  }

  /** The same way told anew: in another language, with other times, or after so many metres of it. */
  retold(way: Way, driven: number): Way {
    const { id, via, traffic } = way.summary;
    const { asked, cost } = way;
    return { ...way, summary: this.#tell({ ...way, traffic }, { id, asked, via, cost, driven }) };
  }

  #tell(found: FoundWay, told: Pick<SummaryParts, "id" | "asked" | "via" | "cost" | "driven">): RouteSummary {
    const { language, reserve, avoid } = this.#parts.settings();
    return summarise(found, { ...told, language, avoid, reserve, leavesMap: leavesMap(found.route) });
  }
}

/** A way that ends this far from where somebody wants to go, in metres, ends where the map does. */
const farFromRoads = 500;

function leavesMap({ endGap }: Route): boolean {
  return endGap > farFromRoads;
}

function failureOf(outcome: Exclude<WaysOutcome, { kind: "ways" }>): PlanFailure {
  if (outcome.kind === "no-route") {
    return { kind: "failed", code: "no-route", why: "No way leads there on this map." };
  }
  return {
    kind: "failed",
    code: "not-on-a-road",
    why: outcome.stop === 0 ? "The car is not near a road of this map." : "That place is not near a road of this map.",
  };
}
