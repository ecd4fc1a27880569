import { CockpitRequest } from "@caravan/link";
import type { Announcement, CockpitMessage, DrivingState } from "@caravan/link";
import type { Signal } from "@caravan/signals";
import { Value } from "typebox/value";
import type { WebSocket } from "ws";

import type { NavigatorChange } from "../../journey/navigator.ts";
import { named } from "../stream/client.ts";
import { Reader } from "../stream/reader.ts";
import { Subscription } from "../stream/subscription.ts";
import type { Timing } from "../stream/subscription.ts";
import type { CockpitCar } from "./car.ts";
import { Outlet } from "./outlet.ts";
import type { State } from "./outlet.ts";
import { answer } from "./requests.ts";
import { shownSignals, valuesOf } from "./shown.ts";

/** A car has a handful of screens; more than this are a fault or an attack. */
const mostScreens = 16;
/** Requests of one screen that are being worked on at once, and how many it may send in a second. */
const mostOpenRequests = 16;
const mostRequestsPerSecond = 60;
const rearEveryMs = 100;
const valuesEveryMs = 50;
/** Screens have one subscription, so its number tells nothing. */
const framesNumber = 1;

interface Screen {
  readonly socket: WebSocket;
  readonly outlet: Outlet;
  readonly reader: Reader;
  openRequests: number;
  second: number;
  requestsThisSecond: number;
}

/** The screens connected to one car. Costs nothing while there are none. */
export class Screens {
  readonly #car: CockpitCar;
  readonly #clock: { now(): number };
  readonly #onFault: (error: unknown) => void;
  readonly #screens = new Set<Screen>();
  readonly #timing: Timing;
  readonly #signals: readonly Signal[];
  /** Of the changed values, for all screens together; undefined while there are none. */
  #values: Subscription | undefined;
  #driving: DrivingState | undefined;
  #pose = "";
  #online: boolean | undefined;
  #rearAt = 0;

  constructor(parts: { car: CockpitCar; clock: { now(): number }; timing: Timing; onFault: (error: unknown) => void }) {
    this.#car = parts.car;
    this.#clock = parts.clock;
    this.#onFault = parts.onFault;
    this.#timing = parts.timing;
    this.#signals = shownSignals(parts.car.store.catalogue);
  }

  count(): number {
    return this.#screens.size;
  }

  /** Takes over a connected socket. */
  add(socket: WebSocket): void {
    if (this.#screens.size >= mostScreens) {
      socket.close(1013, "too many screens");
      return;
    }
    const screen: Screen = {
      socket,
      outlet: new Outlet(socket),
      reader: new Reader(socket),
      openRequests: 0,
      second: 0,
      requestsThisSecond: 0,
    };
    socket.on("message", (data, isBinary) => {
      this.#listen(screen, !isBinary && data instanceof Buffer ? data.toString("utf8") : undefined).catch(
        (error: unknown) => this.#onFault(error),
      );
    });
    socket.on("close", () => this.#remove(screen));
    // The close event follows; a broken line is an everyday thing.
    socket.on("error", () => undefined);
    if (this.#screens.size === 0) {
      this.#driving = this.#car.driving();
      this.#online = this.#car.isOnline();
    }
    this.#screens.add(screen);
    screen.outlet.say(this.#hello());
    this.#values ??= new Subscription({
      store: this.#car.store,
      timing: this.#timing,
      number: framesNumber,
      signals: this.#signals,
      mode: "newest",
      everyMs: valuesEveryMs,
    });
    this.#values.join(screen.reader, { isInformed: true });
  }

  /** To be called twenty times a second. */
  tick(): void {
    if (this.#screens.size === 0) return;
    this.#tellDriving();
    const online = this.#car.isOnline();
    if (online !== this.#online) {
      this.#online = online;
      this.#tellAll({ type: "online", online });
    }
    const pose = this.#car.pose();
    if (pose !== undefined) {
      const text = JSON.stringify({ type: "pose", pose });
      if (text !== this.#pose) {
        this.#pose = text;
        for (const screen of this.#screens) screen.outlet.tell({ type: "pose", pose }, text);
      }
    }
    this.#tellRear();
    for (const screen of this.#screens) screen.outlet.catchUp();
  }

  changed(change: NavigatorChange | "offer" | "traffic"): void {
    if (this.#screens.size === 0) return;
    switch (change) {
      case "journey":
        this.#tellAll({ type: "journey", journey: this.#car.navigator.journey() });
        // How far another way was driven says nothing of a new one: no screen draws it without a progress of its own.
        return this.#tellProgress();
      case "road":
        return this.#tellAll({ type: "road", road: this.#car.navigator.road() });
      case "progress":
        return this.#tellProgress();
      case "alerts":
        return this.#tellAll({ type: "alerts", alerts: this.#car.navigator.alerts() });
      case "offer":
        return this.#tellAll(this.#offer());
      case "traffic":
        return this.#tellAll(this.#trafficPicture());
      case "position":
        return this.#tellAll({ type: "position", position: this.#car.position() });
    }
  }

  announce(announcement: Announcement): void {
    this.#tellAll({ type: "announce", announcement });
  }

  stop(): void {
    for (const screen of this.#screens) screen.socket.close(1001, "the car computer stops");
    this.#values?.end();
    this.#values = undefined;
  }

  #remove(screen: Screen): void {
    if (!this.#screens.delete(screen)) return;
    this.#values?.leave(screen.reader);
    if (this.#screens.size > 0) return;
    this.#values?.end();
    this.#values = undefined;
  }

  async #listen(screen: Screen, text: string | undefined): Promise<void> {
    const parsed = parse(text);
    const id = idOf(parsed);
    if (!Value.Check(CockpitRequest, parsed)) {
      return this.#fail(screen, id, { code: "bad-request", message: "The car does not know this request." });
    }
    const second = Math.floor(this.#clock.now() / 1_000);
    screen.requestsThisSecond = screen.second === second ? screen.requestsThisSecond + 1 : 1;
    screen.second = second;
    if (screen.openRequests >= mostOpenRequests || screen.requestsThisSecond > mostRequestsPerSecond) {
      return this.#fail(screen, id, { code: "limit-reached", message: "Too many requests at once." });
    }
    screen.openRequests += 1;
    try {
      const reply = await answer(this.#car, parsed);
      if (reply.kind === "failed") this.#fail(screen, id, reply.error);
      else {
        screen.outlet.say({ type: "answer", id, result: reply.result });
        if (reply.tell === "persons") {
          this.#tellAll(this.#persons());
          this.#tellAll(this.#places());
        } else if (reply.tell === "places") this.#tellAll(this.#places());
      }
    } catch (error) {
      this.#onFault(error);
      this.#fail(screen, id, { code: "fault", message: "The car computer made a mistake." });
    } finally {
      screen.openRequests -= 1;
    }
  }

  #fail(screen: Screen, id: number, error: Extract<CockpitMessage, { type: "failed" }>["error"]): void {
    screen.outlet.say({ type: "failed", id, error });
  }

  #tellProgress(): void {
    const progress = this.#car.navigator.progress();
    if (progress !== undefined) this.#tellAll({ type: "progress", progress });
  }

  #tellDriving(): void {
    const driving = this.#car.driving();
    if (driving === this.#driving) return;
    this.#driving = driving;
    this.#tellAll({ type: "driving", driving });
  }

  #tellRear(): void {
    const now = this.#clock.now();
    if (now - this.#rearAt < rearEveryMs) return;
    const scene = this.#car.rearScene();
    if (scene === undefined) return;
    this.#rearAt = now;
    this.#tellAll({ type: "rear", scene });
  }

  #tellAll(state: State): void {
    const text = JSON.stringify(state);
    for (const screen of this.#screens) screen.outlet.tell(state, text);
  }

  #persons(): State {
    const { people } = this.#car;
    return { type: "persons", person: people.current(), persons: people.all(), settings: people.settings() };
  }

  #offer(): State {
    const offer = this.#car.traffic.offer();
    return { type: "offer", ...(offer === undefined ? {} : { offer }) };
  }

  #trafficPicture(): State {
    return { type: "traffic", traffic: this.#car.traffic.picture() ?? { at: 0, stretches: [], incidents: [] } };
  }

  #places(): State {
    return { type: "places", places: this.#car.people.places(), recent: this.#car.people.recent() };
  }

  #hello(): CockpitMessage {
    const car = this.#car;
    const pose = car.pose();
    const progress = car.navigator.progress();
    const offer = car.traffic.offer();
    const traffic = car.traffic.picture();
    return {
      type: "hello",
      version: car.version,
      car: car.facts(),
      signals: this.#signals.map(named),
      values: valuesOf(car.store, this.#signals),
      ...(pose === undefined ? {} : { pose }),
      road: car.navigator.road(),
      driving: car.driving(),
      journey: car.navigator.journey(),
      ...(progress === undefined ? {} : { progress }),
      alerts: car.navigator.alerts(),
      position: car.position(),
      ...(offer === undefined ? {} : { offer }),
      ...(traffic === undefined ? {} : { traffic }),
      person: car.people.current(),
      persons: car.people.all(),
      settings: car.people.settings(),
      places: car.people.places(),
      recent: car.people.recent(),
      online: car.isOnline(),
    };
  }
}

function parse(text: string | undefined): unknown {
  if (text === undefined) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function idOf(parsed: unknown): number {
  return typeof parsed === "object" && parsed !== null && "id" in parsed && typeof parsed.id === "number"
    ? parsed.id
    : 0;
}
