import type {
  ActuateOutcome,
  FoundPlace,
  Journey,
  Person,
  Place,
  PlaceCategory,
  SavedPlace,
  Settings,
  Trip,
} from "@caravan/link";
import {
  isAnything,
  isFoundPlaces,
  isJourney,
  isOutcome,
  isPerson,
  isPlace,
  isSavedPlace,
  isSettings,
  isShared,
  isTrips,
  type Answer,
} from "./answer.ts";
import { Connection, type After, type Question, type Socket } from "./connection.ts";
import { CarStore } from "./store.ts";

export interface CarParts {
  readonly open: () => Socket;
  readonly after: After;
  readonly now: () => number;
}

/** What can be made to happen in a simulation; `on` switches satellites, `percent` is the battery's. */
export type Simulated =
  | { readonly what: "wrong-turn" | "jam" | "closure" }
  | { readonly what: "satellites"; readonly on: boolean }
  | { readonly what: "charge"; readonly percent: number };

/** The car as its screen knows it: what it said last (`store`) and everything one may ask of it. */
export class Car {
  readonly store: CarStore;
  readonly #connection: Connection;

  constructor(parts: CarParts) {
    const store = new CarStore(parts);
    this.store = store;
    this.#connection = new Connection({
      open: parts.open,
      after: parts.after,
      onMessage: (message) => store.receive(message),
      onFrame: (bytes) => store.receiveFrame(bytes),
      onLink: (isOpen) => store.setLink(isOpen),
    });
  }

  start(): void {
    this.#connection.start();
  }

  stop(): void {
    this.#connection.stop();
    this.store.stop();
  }

  /** Asks the car to move something; the signal itself says whether it did. */
  async actuate(path: string, value: number | boolean | string): Promise<Answer<ActuateOutcome>> {
    const answer = await this.#connection.ask({ do: "actuate", path, value }, isOutcome);
    if (answer.kind === "ok" && answer.value.kind === "done") this.store.learnValue(path, answer.value.value);
    return answer;
  }

  /** Best first; with `category` by kind instead of by words, with `onRoute` by the time a visit costs on the active route. */
  search(
    text: string,
    options: { readonly category?: PlaceCategory; readonly onRoute?: boolean } = {},
  ): Promise<Answer<readonly FoundPlace[]>> {
    return this.#connection.ask({ do: "search", text, ...options }, isFoundPlaces);
  }

  /** The street nearest to a point of the map. */
  name(point: { readonly lat: number; readonly lon: number }): Promise<Answer<Place>> {
    return this.#connection.ask({ do: "name", lat: point.lat, lon: point.lon }, isPlace);
  }

  plan(to: Place): Promise<Answer<Journey>> {
    return this.#journey({ do: "plan", to });
  }

  /** One of the other ways becomes the route. */
  choose(route: string): Promise<Answer<Journey>> {
    return this.#journey({ do: "choose", route });
  }

  addStop(place: Place): Promise<Answer<Journey>> {
    return this.#journey({ do: "stop.add", place });
  }

  /** By its index among the stops of the route. */
  removeStop(stop: number): Promise<Answer<Journey>> {
    return this.#journey({ do: "stop.remove", stop });
  }

  /** Takes back the last `end`, within half a minute. */
  resume(): Promise<Answer<Journey>> {
    return this.#journey({ do: "resume" });
  }

  takeOffer(): Promise<Answer<Journey>> {
    return this.#journey({ do: "offer.take" });
  }

  dismissOffer(): Promise<Answer<unknown>> {
    return this.#connection.ask({ do: "offer.dismiss" }, isAnything);
  }

  /** Where the car goes and when it is there, as a sentence to send. */
  share(): Promise<Answer<{ readonly text: string }>> {
    return this.#connection.ask({ do: "share" }, isShared);
  }

  sayAgain(): Promise<Answer<unknown>> {
    return this.#connection.ask({ do: "say.again" }, isAnything);
  }

  /** Makes something happen to the simulated car. */
  simulate(what: Simulated): Promise<Answer<unknown>> {
    return this.#connection.ask({ do: "simulate", ...what }, isAnything);
  }

  drive(): Promise<Answer<Journey>> {
    return this.#journey({ do: "drive" });
  }

  /** Ends the route; a moving car stops first. */
  end(): Promise<Answer<Journey>> {
    return this.#journey({ do: "end" });
  }

  /** Must be repeated at least five times a second: silence brakes the car. */
  pedals(accelerator: number, steering: number): Promise<Answer<unknown>> {
    return this.#connection.ask({ do: "pedals", accelerator, steering }, isAnything);
  }

  async change(change: Partial<Settings>): Promise<Answer<Settings>> {
    const answer = await this.#connection.ask({ do: "settings", change }, isSettings);
    if (answer.kind === "ok") this.store.learn({ settings: answer.value });
    return answer;
  }

  addPerson(name: string): Promise<Answer<Person>> {
    return this.#connection.ask({ do: "person.add", name }, isPerson);
  }

  selectPerson(person: string): Promise<Answer<Person>> {
    return this.#connection.ask({ do: "person.select", person }, isPerson);
  }

  renamePerson(person: string, name: string): Promise<Answer<Person>> {
    return this.#connection.ask({ do: "person.rename", person, name }, isPerson);
  }

  removePerson(person: string): Promise<Answer<unknown>> {
    return this.#connection.ask({ do: "person.remove", person }, isAnything);
  }

  savePlace(kind: SavedPlace["kind"], place: Place): Promise<Answer<SavedPlace>> {
    return this.#connection.ask({ do: "place.save", kind, place }, isSavedPlace);
  }

  removePlace(place: string): Promise<Answer<unknown>> {
    return this.#connection.ask({ do: "place.remove", place }, isAnything);
  }

  clearRecent(): Promise<Answer<unknown>> {
    return this.#connection.ask({ do: "recent.clear" }, isAnything);
  }

  /** Newest first, at most fifty. */
  trips(): Promise<Answer<readonly Trip[]>> {
    return this.#connection.ask({ do: "trips" }, isTrips);
  }

  removeTrip(trip: string): Promise<Answer<unknown>> {
    return this.#connection.ask({ do: "trip.remove", trip }, isAnything);
  }

  async #journey(question: Question): Promise<Answer<Journey>> {
    const answer = await this.#connection.ask(question, isJourney);
    if (answer.kind === "ok") this.store.learn({ journey: answer.value });
    return answer;
  }
}
