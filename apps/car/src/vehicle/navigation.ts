import type { Announcement, Settings } from "@caravan/link";
import type { City } from "@caravan/roads";
import { Vehicle } from "@caravan/signals";
import type { Store } from "@caravan/signals";
import type { SimulatedCar } from "@caravan/world";

import { DrivingCosts } from "../journey/driving-costs.ts";
import type { CarFigures } from "../journey/driving-costs.ts";
import { Guiding } from "../journey/guiding.ts";
import type { MapThread } from "../journey/map/questions.ts";
import { Navigator } from "../journey/navigator.ts";
import type { NavigatorChange } from "../journey/navigator.ts";
import { Pilot } from "../journey/pilot.ts";
import { Planner } from "../journey/planner.ts";
import { RoadAhead } from "../journey/road-ahead.ts";
import { RoadUnder } from "../journey/road-here.ts";
import { StopKeeper } from "../journey/stop-keeper.ts";
import { TrafficWatch } from "../journey/traffic-watch.ts";
import { TripMeter } from "../journey/trip-meter.ts";
import type { Trips } from "../journey/trip.store.ts";
import type { Wheel } from "../journey/wheel.ts";
import type { People } from "../people/people.ts";
import type { Hindrances } from "./hindrances.ts";
import type { Position } from "./position.ts";
import type { Remembered } from "./remembered.store.ts";
import { Scenario } from "./scenario.ts";

export interface NavigationParts {
  /** Tells this car from others where they ask the same map. */
  readonly name: string;
  readonly city: City;
  readonly map: MapThread;
  readonly store: Store;
  readonly people: People;
  readonly remembered: Remembered;
  readonly trips: Trips;
  readonly position: Position;
  readonly wheel: Wheel;
  readonly figures: CarFigures;
  readonly setCharging: (on: boolean) => void;
  readonly simulation: () => SimulatedCar | undefined;
  readonly hindrances: Pick<Hindrances, "add"> | undefined;
  /** Name of the recording that plays in place of a car. */
  readonly replay: string | undefined;
  readonly clock: { now(): number };
  readonly newId: () => string;
  readonly onAnnounce: (announcement: Announcement) => void;
  readonly onChange: (change: NavigatorChange | "offer" | "traffic") => void;
  readonly onFault: (error: unknown) => void;
}

/** Everything by which one car finds its way, put together. */
export class Navigation {
  readonly navigator: Navigator;
  readonly traffic: TrafficWatch;
  readonly scenario: Scenario;
  readonly #planner: Planner;
  readonly #onFault: (error: unknown) => void;

  constructor(parts: NavigationParts) {
    const { city, map, clock, wheel, figures, people, onChange, onFault, newId } = parts;
    const settings = (): Settings => people.settings();
    const costs = new DrivingCosts(figures);
    const planner = new Planner({ map, costs, settings, name: parts.name });
    const guiding = new Guiding({ clock, settings, onAnnounce: parts.onAnnounce });
    const pilot = new Pilot({ map, wheel, costs });
    const stopKeeper = new StopKeeper({
      clock,
      charge: figures.charge,
      isCharging: () => parts.store.value(Vehicle.Powertrain.TractionBattery.Charging.IsCharging) ?? false,
      startCharging: () => parts.setCharging(true),
      stopCharging: () => parts.setCharging(false),
    });
    this.navigator = new Navigator({
      clock,
      planner,
      pilot,
      costs,
      wheel,
      guiding,
      stopKeeper,
      settings,
      where: () => parts.position.located(),
      incidents: () => map.traffic().incidents,
      roadUnder: new RoadUnder({ city }),
      roadAhead: new RoadAhead({ city }),
      trip: new TripMeter({ ...parts }),
      remembered: parts.remembered,
      onChange,
      onFault,
      replay: parts.replay,
    });
    this.traffic = new TrafficWatch({
      clock,
      map,
      drivingSide: city.drivingSide,
      planner,
      state: () => this.navigator.state(),
      along: () => this.navigator.along(),
      left: () => this.navigator.progress()?.remainingTime ?? 0,
      onUpdate: (way) => this.navigator.update(() => way),
      onClosure: () => this.navigator.leaveWay("closure"),
      onOffer: ({ saves, why }) => guiding.offer(saves, why),
      onChange: (what) => {
        if (what === "offer" && this.traffic.offer() === undefined) guiding.offerGone();
        onChange(what);
      },
      onFault,
    });
    const { simulation, hindrances } = parts;
    this.scenario = new Scenario({
      city,
      map,
      navigator: this.navigator,
      pilot,
      simulation,
      hindrances,
      charge: figures.charge,
      clock,
      newId,
    });
    this.#planner = planner;
    this.#onFault = onFault;
  }

  /** What a person likes has changed, or another person drives: the way is told and planned accordingly. */
  settingsChanged(change: Partial<Settings>): void {
    if (change.language !== undefined)
      this.navigator.update((way) => this.#planner.retold(way, this.navigator.along()));
    if (change.avoid === undefined && change.reserve === undefined) return;
    this.navigator.planAnew("alternative").catch(this.#onFault);
  }
}
