import type { Person, Place, SavedPlace, Settings } from "@caravan/link";
import type { Remembered } from "../vehicle/remembered.store.ts";
import Type from "typebox";

import type { PeopleStore } from "./people.store.ts";

/** How many people one car knows, and what it keeps for each. */
export const bounds = { persons: 12, favourites: 200, recent: 30 } as const;

type PeopleRefusal = {
  readonly kind: "refused";
  readonly code: "not-found" | "limit-reached" | "refused";
  readonly why: string;
};
export type PeopleOutcome<Value> = { readonly kind: "done"; readonly value: Value } | PeopleRefusal;

const Selected = Type.String();

/** The people of one car: who sits in it now, what each of them likes, and their places. There is always at least one. */
export class People {
  readonly #store: PeopleStore;
  readonly #remembered: Remembered;
  readonly #clock: { now(): number };
  readonly #newId: () => string;
  readonly #defaults: Settings;

  constructor(parts: {
    store: PeopleStore;
    remembered: Remembered;
    clock: { now(): number };
    newId: () => string;
    language: Settings["language"];
  }) {
    this.#store = parts.store;
    this.#remembered = parts.remembered;
    this.#clock = parts.clock;
    this.#newId = parts.newId;
    this.#defaults = defaultSettings(parts.language);
    if (this.#store.persons().length === 0) {
      this.#store.add({ id: this.#newId(), name: "" }, this.#defaults, this.#clock.now());
    }
  }

  all(): readonly Person[] {
    return this.#store.persons();
  }

  /** Who drives; the first person where nobody was chosen. */
  current(): Person {
    const persons = this.#store.persons();
    const selected = this.#remembered.read("person", Selected);
    const found = persons.find((person) => person.id === selected) ?? persons[0];
    if (found === undefined) throw new Error("a car without a person");
    return found;
  }

  settings(): Settings {
    return { ...this.#defaults, ...this.#store.settings(this.current().id) };
  }

  change(change: Partial<Settings>): Settings {
    const settings = { ...this.settings(), ...change };
    this.#store.saveSettings(this.current().id, settings);
    return settings;
  }

  add(name: string): PeopleOutcome<Person> {
    if (this.#store.persons().length >= bounds.persons) {
      return { kind: "refused", code: "limit-reached", why: `This car knows ${bounds.persons} people already.` };
    }
    const person = { id: this.#newId(), name };
    // A new person sees the tour, and reads the language of the one who added them until they choose.
    this.#store.add(person, { ...this.#defaults, language: this.settings().language }, this.#clock.now());
    return { kind: "done", value: person };
  }

  select(id: string): PeopleOutcome<Person> {
    const person = this.#find(id);
    if (person === undefined) return noSuchPerson;
    this.#remembered.keep("person", id);
    return { kind: "done", value: person };
  }

  rename(id: string, name: string): PeopleOutcome<Person> {
    if (this.#find(id) === undefined) return noSuchPerson;
    this.#store.rename(id, name);
    return { kind: "done", value: { id, name } };
  }

  /** The last person stays. */
  remove(id: string): PeopleOutcome<undefined> {
    if (this.#find(id) === undefined) return noSuchPerson;
    if (this.#store.persons().length === 1) {
      return { kind: "refused", code: "refused", why: "The last person of a car stays." };
    }
    this.#store.remove(id);
    return { kind: "done", value: undefined };
  }

  places(): readonly SavedPlace[] {
    return this.#store.places(this.current().id);
  }

  savePlace(kind: SavedPlace["kind"], place: Place): PeopleOutcome<SavedPlace> {
    const person = this.current().id;
    if (kind === "favourite" && this.#store.countFavourites(person) >= bounds.favourites) {
      return { kind: "refused", code: "limit-reached", why: `There are ${bounds.favourites} favourites already.` };
    }
    const saved = { ...place, id: this.#newId(), kind };
    this.#store.savePlace(person, saved, this.#clock.now());
    return { kind: "done", value: saved };
  }

  removePlace(id: string): PeopleOutcome<undefined> {
    return this.#store.removePlace(this.current().id, id)
      ? { kind: "done", value: undefined }
      : { kind: "refused", code: "not-found", why: "There is no such place." };
  }

  recent(): readonly Place[] {
    return this.#store.recent(this.current().id);
  }

  /** A place that somebody drives to. */
  visited(place: Place): void {
    this.#store.addRecent(this.current().id, place, this.#clock.now(), bounds.recent);
  }

  clearRecent(): void {
    this.#store.clearRecent(this.current().id);
  }

  #find(id: string): Person | undefined {
    return this.#store.persons().find((person) => person.id === id);
  }
}

const noSuchPerson: PeopleRefusal = { kind: "refused", code: "not-found", why: "There is no such person." };

function defaultSettings(language: Settings["language"]): Settings {
  return {
    language,
    units: "metric",
    look: "headlights",
    brightness: 1,
    volume: 0.5,
    driverSide: "left",
    tourDone: false,
    avoid: [],
    voice: true,
    mapUp: "heading",
    showTraffic: true,
    overspeedHint: true,
    cameraAlerts: false,
    reserve: 10,
  };
}
