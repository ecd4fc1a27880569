import { createGate, safeNow } from "@caravan/drivers";
import type { Asker, MotionOutcome, SignalSources } from "@caravan/drivers";
import type { ActuateOutcome, CarFacts, Pose, Settings } from "@caravan/link";
import { createTracker } from "@caravan/roads/matching";
import type { Charger } from "@caravan/roads/charging";
import type { City, LatLon } from "@caravan/roads";
import { catalogue, check, Store, Vehicle } from "@caravan/signals";
import { chargingCar } from "@caravan/world";
import type { CarPose, PlannedPath, SimulatedCar, Traffic } from "@caravan/world";

import type { HealthFigure } from "../health/health.ts";
import type { Navigator } from "../journey/navigator.ts";
import type { NavigatorChange } from "../journey/navigator.ts";
import { randomFrom } from "../journey/outing.ts";
import type { Habit } from "../journey/outing.ts";
import type { MapThread } from "../journey/map/questions.ts";
import { searchAround } from "../journey/search-around.ts";
import { mostTrips, Trips } from "../journey/trip.store.ts";
import { Wanderer } from "../journey/wanderer.ts";
import type { Wheel } from "../journey/wheel.ts";
import { People } from "../people/people.ts";
import { PeopleStore } from "../people/people.store.ts";
import type { CockpitCar } from "../serve/cockpit/car.ts";
import { Screens } from "../serve/cockpit/screens.ts";
import { Providers } from "../serve/kuksa/providers.ts";
import { nameOfPoint } from "../serve/names.ts";
import { streamTiming } from "../serve/stream/websocket.ts";
import { realScheduler } from "../serve/viss/scheduler.ts";
import type { CloudLink } from "./cloud-link.ts";
import type { CarDatabase } from "./database.ts";
import { drivingState, gears } from "./driving-state.ts";
import type { Feed } from "./feed.ts";
import type { Hindrances } from "./hindrances.ts";
import type { Log } from "./log.ts";
import { Navigation } from "./navigation.ts";
import { OwnSignals } from "./own-signals.ts";
import { keepRecentPast, recentPastFigure } from "./recent-past.ts";
import { Position } from "./position.ts";
import { RecordedPose } from "./recorded-pose.ts";
import { Remembered } from "./remembered.store.ts";
import { wakeSimulation } from "./simulation.ts";
import { standingOf } from "./standing.ts";
import { outingDetail } from "./words.ts";

const { Charging } = Vehicle.Powertrain.TractionBattery;

/** Of the simulated car. */
const inlets = ["type2", "ccs2"] as const;

/** Steps of 50 ms between two looks at the journey, two at slow things, and two saves of the simulated body. */
const everyTick = { journey: 4, slow: 20, save: 100 } as const;
const bodySavedEverySeconds = 5;

export interface CarParts {
  readonly number: number;
  readonly version: string;
  readonly seed: number;
  /** Where the simulated car is set down; where it was, or at a place of its own, without. */
  readonly at?: LatLon | undefined;
  readonly database: CarDatabase;
  readonly city: City;
  readonly map: MapThread;
  /** Others on the simulated roads, shared by all cars of the process; roads are empty without. */
  readonly traffic?: Traffic | undefined;
  /** Where the simulated car may charge. */
  readonly chargers?: readonly Charger[] | undefined;
  /** What holds them up, shared by all cars of the machine. */
  readonly hindrances?: Pick<Hindrances, "add"> | undefined;
  readonly clock: { now(): number };
  readonly newId: () => string;
  readonly log: Log;
  readonly language: Settings["language"];
  readonly listensBeyondMachine: boolean;
  /** What takes the place of the simulation, if anything. */
  readonly feed: ((store: Store) => Feed) | undefined;
  /** The way to the cloud; absent where the car is on its own. */
  readonly link: ((store: Store, facts: CarFacts, feed: Feed | undefined) => Promise<CloudLink>) | undefined;
}

/** One car: its signals, its simulated body or its recording, the gate before it, its journey, its people and its screens. */
export class Car {
  readonly store: Store;
  readonly people: People;
  /** What screens see and ask. */
  readonly cockpit: CockpitCar;
  readonly screens: Screens;
  readonly gate: ReturnType<typeof createGate<PlannedPath>>;
  /** Outside programs that carry out what the car's own body does not. */
  readonly providers: Providers;
  readonly #parts: CarParts;
  readonly #remembered: Remembered;
  readonly #navigator: Navigator;
  readonly #wanderer: Wanderer;
  readonly #navigation: Navigation;
  readonly #own: OwnSignals;
  readonly #feed: Feed | undefined;
  readonly #position: Position;
  #link: CloudLink | undefined;
  #simulation: SimulatedCar | undefined;
  /** Cars of one process do their slow work at different steps. */
  #steps: number;

  constructor(parts: CarParts) {
    this.#parts = parts;
    const { database, clock, newId, city, map, log } = parts;
    this.#steps = parts.number;
    this.store = new Store({ catalogue, clock });
    keepRecentPast(this.store);
    this.#remembered = new Remembered({ database });
    this.#feed = parts.feed?.(this.store);
    this.#position = new Position({
      store: this.store,
      clock,
      tracker: createTracker(city),
      recorded: new RecordedPose({ store: this.store, clock }),
    });
    this.#own = new OwnSignals({ store: this.store });
    this.people = new People({
      store: new PeopleStore({ database }),
      remembered: this.#remembered,
      clock,
      newId,
      language: parts.language,
    });
    this.providers = new Providers({ store: this.store });
    this.gate = createGate<PlannedPath>({
      store: this.store,
      signalAt: (path) => catalogue.find(path),
      check: (signal, value) => check(signal, value),
      provider: {
        apply: (path, value) => this.#simulation?.apply(path, value) === true || this.providers.apply(path, value),
        motion: (command) => {
          const car = this.#simulation;
          if (car === undefined) return false;
          if (command.kind === "drive") return car.drive(command.path).kind === "driving";
          if (command.kind === "pedals") car.pedals(command);
          else car.stop();
          return true;
        },
      },
      standing: standingOf(parts.listensBeyondMachine),
      guard: safeNow(this.store),
      after: (ms, callback) => realScheduler.after(ms, callback),
    });
    const trips = new Trips({ database });
    const onFault = (error: unknown): void => log.error({ car: parts.number, error }, "a task of the car failed");
    const charge = (): number | undefined =>
      this.store.value(Vehicle.Powertrain.TractionBattery.StateOfCharge.Displayed);
    this.#navigation = new Navigation({
      name: `car-${parts.number}`,
      city,
      map,
      store: this.store,
      people: this.people,
      remembered: this.#remembered,
      trips,
      position: this.#position,
      wheel: this.#wheel(),
      figures: {
        charge,
        temperature: () => this.store.value(Vehicle.Powertrain.TractionBattery.Temperature.Average),
        model: () => this.#simulation?.energyModel(),
        battery: () => (this.#simulation === undefined ? undefined : chargingCar(inlets)),
      },
      setCharging: (on) => this.#ask(Charging.StartStopCharging.path, on ? "START" : "STOP"),
      simulation: () => this.#simulation,
      hindrances: parts.hindrances,
      replay: this.#feed?.isRecording === true ? this.#feed.name : undefined,
      clock,
      newId,
      onAnnounce: (announcement) => this.screens.announce(announcement),
      onChange: (change) => this.#changed(change),
      onFault,
    });
    this.#navigator = this.#navigation.navigator;
    this.#wanderer = new Wanderer({
      habit: this.#habit(),
      city,
      navigator: this.#navigator,
      remembered: this.#remembered,
      clock,
      random: randomFrom(parts.seed + 1),
      where: () => this.#where(),
      charge,
      startCharging: () => this.#ask(Charging.StartStopCharging.path, "START"),
      detail: (habit) => outingDetail(habit, this.people.settings().language),
      onFault,
    });
    this.cockpit = this.#forScreens(trips);
    this.screens = new Screens({ car: this.cockpit, clock, timing: streamTiming, onFault });
  }

  async start(): Promise<void> {
    const { city, map, seed, number } = this.#parts;
    if (this.#feed === undefined) {
      this.#simulation = await wakeSimulation({
        store: this.store,
        city,
        map,
        remembered: this.#remembered,
        clock: this.#parts.clock,
        seed,
        at: this.#parts.at,
        traffic: this.#parts.traffic,
        chargers: this.#parts.chargers ?? [],
        inlets,
        spread: number === 1 ? 0.3 : 0.9,
      });
      // The first step writes the signals, so that nobody meets a car that knows nothing of itself.
      this.#simulation.step(0.05);
      this.#saveBody();
    }
    await this.#feed?.start(() => this.#navigator.recordingEnded());
    this.#navigator.tick(this.#position.look());
    this.#own.journey(this.#navigator.journey());
    this.#own.road(this.#navigator.road());
    this.#link = await this.#parts.link?.(this.store, this.#facts(), this.#feed);
    await this.#link?.start();
    await this.#navigator.restore();
  }

  /** Advances the car by `steps` of 50 ms. */
  step(steps: number): void {
    const before = this.#steps;
    this.#steps += steps;
    this.#simulation?.step(steps * 0.05);
    if (isDue(before, this.#steps, everyTick.journey)) this.#navigator.tick(this.#position.look());
    if (isDue(before, this.#steps, everyTick.slow)) {
      this.#saySpeedAgain();
      this.#wanderer.tick();
      this.#navigation.traffic.tick(this.#position.located(), this.screens.count() > 0);
      this.#own.progress(this.#navigator.progress());
      if (this.#link !== undefined) this.#own.link(this.#link.isOnline(), this.#link.waiting());
    }
    if (isDue(before, this.#steps, everyTick.save)) this.#saveBody();
    this.screens.tick();
  }

  /** The health of the process, as signals of this car. */
  measured(loopDelayMs: number, memoryBytes: number): void {
    this.#own.computer(loopDelayMs, memoryBytes);
  }

  health(): readonly HealthFigure[] {
    return [
      { name: "Screens connected", value: this.screens.count(), bound: 16 },
      { name: "Trips kept, the oldest go", value: this.#trips(), bound: mostTrips },
      { name: "Signals known", value: catalogue.signals.length },
      recentPastFigure(this.store),
      { name: "Last new route after leaving one", value: Math.round(this.#navigator.rerouteMs() ?? 0), unit: "ms" },
      { name: "Simulated body saved every", value: bodySavedEverySeconds, unit: "s" },
      ...(this.#feed?.health() ?? []),
      ...(this.#link?.health() ?? []),
    ];
  }

  /** Which source each signal is believed from; of a simulated car nothing. */
  sources(): readonly SignalSources[] {
    return this.#feed?.sources() ?? [];
  }

  async stop(): Promise<void> {
    this.screens.stop();
    this.#navigator.save();
    this.#saveBody();
    await this.#link?.stop();
    await this.#feed?.stop();
  }

  #trips(): number {
    const row = this.#parts.database.prepare("SELECT count(*) AS count FROM trips").get();
    return typeof row?.["count"] === "number" ? row["count"] : 0;
  }

  #habit(): Habit {
    if (this.#feed !== undefined) return "none";
    return this.#parts.number === 1 ? "round-trip" : "errands";
  }

  #body(): SimulatedCar {
    if (this.#simulation === undefined) throw new Error("only a simulated car plans a drive");
    return this.#simulation;
  }

  #where(): CarPose | undefined {
    return this.#position.now();
  }

  #wheel(): Wheel {
    const asker: Asker = { kind: "journey" };
    return {
      follow: (path) => refusalOf(this.gate.motion({ kind: "drive", path }, asker)),
      halt: () => void this.gate.motion({ kind: "stop" }, asker),
      park: () => this.#ask(Vehicle.Powertrain.Transmission.SelectedGear.path, gears.park),
      pedals: (accelerator, steering) => refusalOf(this.gate.motion({ kind: "pedals", accelerator, steering }, asker)),
      forecast: (path) => this.#body().forecast(path),
      activity: () => this.#simulation?.activity() ?? { kind: "standing" },
      pose: () => this.#simulation?.pose(),
    };
  }

  /** Something the car wants of itself; nobody waits for the outcome, which its signal shows. */
  #ask(path: string, value: string | number): void {
    this.gate
      .actuate(path, value, { kind: "journey" })
      .catch((error: unknown) => this.#parts.log.error({ car: this.#parts.number, error }, "an actuation failed"));
  }

  #changed(change: NavigatorChange | "offer" | "traffic"): void {
    if (change === "journey") this.#own.journey(this.#navigator.journey());
    if (change === "road") this.#own.road(this.#navigator.road());
    this.screens.changed(change);
  }

  #forScreens(trips: Trips): CockpitCar {
    const { city, map, version } = this.#parts;
    return {
      version,
      facts: () => ({ ...this.#facts(), vehicle: this.#link?.vehicle() ?? "" }),
      store: this.store,
      navigator: this.#navigator,
      traffic: this.#navigation.traffic,
      settingsChanged: (change) => this.#navigation.settingsChanged(change),
      people: this.people,
      pose: () => rounded(this.#where()),
      position: () => this.#position.quality(),
      driving: () => drivingState(this.store),
      isOnline: () => this.#link?.isOnline() ?? false,
      rearScene: () => {
        const gear = this.store.value(Vehicle.Powertrain.Transmission.CurrentGear) ?? 0;
        return gear < 0 ? this.#simulation?.rearScene() : undefined;
      },
      actuate: (path, value, person) => this.#actuate(path, value, person),
      search: (question) =>
        searchAround({
          map,
          where: this.#where(),
          state: this.#navigator.state(),
          ...question,
          avoid: this.people.settings().avoid,
        }),
      nameOf: (point) => nameOfPoint(city, point),
      trips,
      isSimulated: this.#feed === undefined,
      play: (scene) => this.#navigation.scenario.play(scene),
      takeOver: () => this.#wanderer.takeOver(),
    };
  }

  #facts(): CarFacts {
    const feed = this.#feed;
    const own = this.store.value(Vehicle.VehicleIdentification.Model);
    return {
      name: `Car ${this.#parts.number}`,
      model: feed?.isRecording === true ? "Recording" : (own ?? (feed === undefined ? "Simulated car" : "Car")),
      simulated: feed === undefined,
    };
  }

  async #actuate(path: string, value: unknown, person: string): Promise<ActuateOutcome> {
    return this.gate.actuate(path, value, { kind: "screen", id: person });
  }

  /** The simulated body writes what changes; a speed that nobody has written for long counts as unknown, and so as moving. */
  #saySpeedAgain(): void {
    const reading = this.#simulation === undefined ? undefined : this.store.get(Vehicle.Speed);
    if (reading !== undefined) {
      this.store.set(Vehicle.Speed, reading.value, { source: reading.source, quality: reading.quality });
    }
  }

  #saveBody(): void {
    if (this.#simulation !== undefined) this.#remembered.keep("body", this.#simulation.snapshot());
  }
}

/** Did the count pass a multiple of `every`? */
function isDue(before: number, now: number, every: number): boolean {
  return Math.floor(before / every) !== Math.floor(now / every);
}

/** To what a map can show: a centimetre, a hundredth of a degree, a centimetre a second. */
function rounded(where: CarPose | undefined): Pose | undefined {
  return (
    where && {
      lat: Math.round(where.lat * 1e7) / 1e7,
      lon: Math.round(where.lon * 1e7) / 1e7,
      heading: Math.round(where.heading * 100) / 100,
      speed: Math.round(where.speed * 100) / 100,
    }
  );
}

/** The gate's own word for its no, for which every screen has a sentence. */
function refusalOf(outcome: MotionOutcome): string | undefined {
  return outcome.kind === "refused" ? outcome.why : undefined;
}
