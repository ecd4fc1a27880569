import type {
  Alert,
  Announcement,
  CockpitMessage,
  DrivingState,
  Journey,
  Person,
  Place,
  Pose,
  PositionQuality,
  RearScene,
  RoadHere,
  RouteOffer,
  RouteProgress,
  SavedPlace,
  Settings,
  SignalValue,
  TrafficPicture,
} from "@caravan/link";
import { createCell, type Cell } from "./cell.ts";
import type { After } from "./connection.ts";
import { changesOf, Frames, type Changes } from "./frames.ts";

type Hello = Extract<CockpitMessage, { type: "hello" }>;

/** Everything about the car that may be drawn by React: it changes at most twice a second, or when something happens. */
export interface CarState {
  readonly link: "connecting" | "open" | "lost";
  /** When the car was last heard before the line broke, by the screen's clock (UTC ms). */
  readonly lostAt: number | undefined;
  readonly car: Hello["car"] | undefined;
  readonly version: string;
  /** `unknown` while there is no line to the car; it counts as moving. */
  readonly driving: DrivingState | "unknown";
  readonly hasPosition: boolean;
  readonly journey: Journey;
  readonly progress: RouteProgress | undefined;
  readonly road: RoadHere | undefined;
  /** A better way the car found; undefined when there is none. */
  readonly offer: RouteOffer | undefined;
  readonly alerts: readonly Alert[];
  readonly position: PositionQuality;
  readonly person: Person;
  readonly persons: readonly Person[];
  readonly settings: Settings;
  readonly places: readonly SavedPlace[];
  readonly recent: readonly Place[];
  readonly online: boolean;
  readonly values: ReadonlyMap<string, SignalValue>;
}

/** What the screens show before the car has said whose settings to use. */
export const firstSettings: Settings = {
  language: "en",
  units: "metric",
  look: "headlights",
  brightness: 1,
  volume: 0.5,
  driverSide: "left",
  tourDone: true,
  avoid: [],
  voice: true,
  mapUp: "heading",
  showTraffic: true,
  overspeedHint: true,
  cameraAlerts: false,
  reserve: 10,
};

export const firstState: CarState = {
  link: "connecting",
  lostAt: undefined,
  car: undefined,
  version: "",
  driving: "unknown",
  hasPosition: false,
  journey: { kind: "idle" },
  progress: undefined,
  road: undefined,
  offer: undefined,
  alerts: [],
  position: "satellites",
  person: { id: "", name: "" },
  persons: [],
  settings: firstSettings,
  places: [],
  recent: [],
  online: false,
  values: new Map(),
};

/** True once a recording has ended: the values that are there are its last ones, not how the car is now. */
export const showsLastValues = ({ journey }: Pick<CarState, "journey">): boolean =>
  journey.kind === "replay" && journey.ended === true;

const beatMs = 500;
/** One car, one tree: more paths than the catalogue has would be a fault of the car. */
const mostSignals = 4_096;

/** Keeps what the car said last: slow state for React, and every value at once for those who asked for one by name. */
export class CarStore {
  readonly #after: After;
  readonly #now: () => number;
  readonly #live = new Map<string, SignalValue>();
  readonly #slow = new Set<() => void>();
  // One cell for each path a screen has asked for by name; the screens name about a hundred.
  readonly #cells = new Map<string, Cell<SignalValue | undefined>>();
  /** Where the car is, as often as it says. */
  readonly pose: Cell<Pose | undefined> = createCell<Pose | undefined>(undefined);
  /** How far along the route, as often as the car says. */
  readonly progress: Cell<RouteProgress | undefined> = createCell<RouteProgress | undefined>(undefined);
  /** Measured speeds around; undefined until somebody has measured. */
  readonly traffic: Cell<TrafficPicture | undefined> = createCell<TrafficPicture | undefined>(undefined);
  /** What the car said last; undefined on a new line, since a car that started anew counts from one again. */
  readonly announcement: Cell<Announcement | undefined> = createCell<Announcement | undefined>(undefined);
  /** What lies behind the car, while it is in reverse. */
  readonly scene: Cell<RearScene | undefined> = createCell<RearScene | undefined>(undefined);
  /** Of the present line. */
  #frames = new Frames([]);
  #heardAt: number | undefined;
  #published: CarState = firstState;
  #next: CarState = firstState;
  #valuesChanged = false;
  #forgetBeat: (() => void) | undefined;

  constructor(parts: { readonly after: After; readonly now: () => number }) {
    this.#after = parts.after;
    this.#now = parts.now;
  }

  /** Same object until something was published. */
  readonly state = (): CarState => this.#published;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#slow.add(listener);
    return () => this.#slow.delete(listener);
  };

  /** The newest value of a signal, ahead of `state()` by up to half a second. */
  signal(path: string): Cell<SignalValue | undefined> {
    const known = this.#cells.get(path);
    if (known !== undefined) return known;
    const cell = createCell(this.#live.get(path));
    this.#cells.set(path, cell);
    return cell;
  }

  setLink(isOpen: boolean): void {
    if (isOpen) this.#change({ link: "connecting", lostAt: undefined }, true);
    else this.#change({ link: "lost", lostAt: this.#heardAt, driving: "unknown" }, true);
  }

  receive(message: CockpitMessage): void {
    this.#heardAt = this.#now();
    switch (message.type) {
      case "hello":
        this.#hello(message);
        return;
      case "texts":
        this.#take(changesOf(message));
        return;
      case "pose":
        this.pose.set(message.pose);
        if (!this.#next.hasPosition) this.#change({ hasPosition: true }, true);
        return;
      case "road":
        this.#change({ road: message.road }, false);
        return;
      case "driving":
        this.#change({ driving: message.driving }, true);
        return;
      case "journey":
        this.#setJourney(message.journey);
        return;
      case "progress":
        if (isOf(this.#next.journey, message.progress)) this.#setProgress(message.progress);
        return;
      case "announce":
        this.announcement.set(message.announcement);
        return;
      case "offer":
        this.#change({ offer: message.offer }, true);
        return;
      case "traffic":
        this.traffic.set(message.traffic);
        return;
      case "alerts":
        this.#change({ alerts: message.alerts }, false);
        return;
      case "position":
        this.#change({ position: message.position }, true);
        return;
      case "rear":
        this.scene.set(message.scene);
        return;
      case "persons":
        this.#change({ person: message.person, persons: message.persons, settings: message.settings }, true);
        return;
      case "places":
        this.#change({ places: message.places, recent: message.recent }, true);
        return;
      case "online":
        this.#change({ online: message.online }, true);
        return;
      case "answer":
      case "failed":
        return;
    }
  }

  /** Readings; bytes that are none are left out. */
  receiveFrame(bytes: Uint8Array): void {
    this.#heardAt = this.#now();
    const changes = this.#frames.read(bytes);
    if (changes !== undefined) this.#take(changes);
  }

  /** What a screen learnt from an answer, ahead of the car's own message. */
  learn(change: { readonly settings: Settings } | { readonly journey: Journey }): void {
    if ("journey" in change) this.#setJourney(change.journey);
    else this.#change(change, true);
  }

  /** A value the car had when it answered an actuation. */
  learnValue(path: string, value: SignalValue): void {
    this.#take(new Map([[path, value]]));
    this.#publish();
  }

  stop(): void {
    this.#forgetBeat?.();
    this.#forgetBeat = undefined;
  }

  #hello(message: Hello): void {
    this.#frames = new Frames(message.signals);
    for (const path of Array.from(this.#live.keys())) if (!Object.hasOwn(message.values, path)) this.#gone(path);
    this.#take(new Map(Object.entries(message.values)));
    this.pose.set(message.pose);
    this.traffic.set(message.traffic);
    this.announcement.set(undefined);
    this.#setProgress(message.progress);
    this.#change(
      {
        link: "open",
        lostAt: undefined,
        car: message.car,
        version: message.version,
        driving: message.driving,
        hasPosition: message.pose !== undefined,
        journey: message.journey,
        road: message.road,
        offer: message.offer,
        alerts: message.alerts,
        position: message.position,
        person: message.person,
        persons: message.persons,
        settings: message.settings,
        places: message.places,
        recent: message.recent,
        online: message.online,
      },
      true,
    );
  }

  #setJourney(journey: Journey): void {
    if (!isOf(journey, this.#next.progress)) this.#setProgress(undefined);
    this.#change({ journey }, true);
  }

  #setProgress(progress: RouteProgress | undefined): void {
    this.progress.set(progress);
    this.#change({ progress }, this.#next.progress?.next !== progress?.next);
  }

  #take(changes: Changes): void {
    let isUrgent = false;
    for (const [path, value] of changes) {
      if (value === undefined) {
        // What has no value any more must not be believed for another moment.
        if (this.#live.has(path)) isUrgent = true;
        this.#gone(path);
        continue;
      }
      if (this.#live.get(path) === value) continue;
      if (!this.#live.has(path) && this.#live.size >= mostSignals) continue;
      // A switch that flips must be seen at once; figures and words may wait for the next half second.
      if (typeof value === "boolean") isUrgent = true;
      this.#live.set(path, value);
      this.#valuesChanged = true;
      this.#cells.get(path)?.set(value);
    }
    if (this.#valuesChanged) this.#change({}, isUrgent);
  }

  #gone(path: string): void {
    if (!this.#live.delete(path)) return;
    this.#valuesChanged = true;
    this.#cells.get(path)?.set(undefined);
  }

  #change(change: Partial<CarState>, isUrgent: boolean): void {
    this.#next = { ...this.#next, ...change };
    if (isUrgent) this.#publish();
    else this.#forgetBeat ??= this.#after(beatMs, () => this.#publish());
  }

  #publish(): void {
    this.#forgetBeat?.();
    this.#forgetBeat = undefined;
    if (this.#valuesChanged) {
      this.#valuesChanged = false;
      this.#next = { ...this.#next, values: new Map(this.#live) };
    }
    this.#published = this.#next;
    for (const listener of this.#slow) listener();
  }
}

/** Is it progress on the route that is driven? Of any other nothing may be drawn. */
function isOf(journey: Journey, progress: RouteProgress | undefined): boolean {
  return (journey.kind === "driving" || journey.kind === "stopping") && journey.route.id === progress?.route;
}
