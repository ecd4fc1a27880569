import type { ActuateOutcome, Journey, Person, Place, SavedPlace, Settings, Trip } from "@caravan/link";
import {
  isAnything,
  isJourney,
  isOutcome,
  isPerson,
  isPlace,
  isPlaces,
  isSavedPlace,
  isSettings,
  isTrips,
  type Answer,
} from "./answer.ts";
import { Connection, type After, type Socket } from "./connection.ts";
import { CarStore } from "./store.ts";

export interface CarParts {
  readonly open: () => Socket;
  readonly after: After;
  readonly now: () => number;
}

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

  /** At most six places, best first. */
  search(text: string): Promise<Answer<readonly Place[]>> {
    return this.#connection.ask({ do: "search", text }, isPlaces);
  }

  /** The street nearest to a point of the map. */
  name(point: { readonly lat: number; readonly lon: number }): Promise<Answer<Place>> {
    return this.#connection.ask({ do: "name", lat: point.lat, lon: point.lon }, isPlace);
  }

  plan(to: Place): Promise<Answer<Journey>> {
    return this.#journey({ do: "plan", to });
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

  async #journey(
    question: { readonly do: "plan"; readonly to: Place } | { readonly do: "drive" } | { readonly do: "end" },
  ): Promise<Answer<Journey>> {
    const answer = await this.#connection.ask(question, isJourney);
    if (answer.kind === "ok") this.store.learn({ journey: answer.value });
    return answer;
  }
}
