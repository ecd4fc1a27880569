import { Settings } from "@caravan/link";
import type { Person, Place, SavedPlace } from "@caravan/link";
import type { CarDatabase } from "../vehicle/database.ts";
import Type from "typebox";
import { Value } from "typebox/value";

const PersonRow = Type.Object({ id: Type.String(), name: Type.String() });
const PlaceRow = Type.Object({
  lat: Type.Number(),
  lon: Type.Number(),
  name: Type.String(),
  detail: Type.Union([Type.String(), Type.Null()]),
});
const SavedPlaceRow = Type.Intersect([
  PlaceRow,
  Type.Object({
    id: Type.String(),
    kind: Type.Union([Type.Literal("home"), Type.Literal("work"), Type.Literal("favourite")]),
  }),
]);
const SettingsText = Type.Object({ settings: Type.String() });
const SomeSettings = Type.Partial(Settings, { additionalProperties: false });
const Count = Type.Object({ count: Type.Number() });

/** The people of one car on disk; rules and bounds are in `people.ts`. */
export class PeopleStore {
  readonly #database: CarDatabase;

  constructor(parts: { database: CarDatabase }) {
    this.#database = parts.database;
  }

  persons(): readonly Person[] {
    return this.#database
      .prepare("SELECT id, name FROM persons ORDER BY added_at, id")
      .all()
      .map((row) => Value.Parse(PersonRow, { ...row }));
  }

  add(person: Person, settings: Settings, at: number): void {
    this.#database
      .prepare("INSERT INTO persons VALUES (?, ?, ?, ?)")
      .run(person.id, person.name, JSON.stringify(settings), at);
  }

  rename(id: string, name: string): void {
    this.#database.prepare("UPDATE persons SET name = ? WHERE id = ?").run(name, id);
  }

  remove(id: string): void {
    this.#database.prepare("DELETE FROM persons WHERE id = ?").run(id);
  }

  /** What is known of the person's settings; a setting of another shape than today's is left out. */
  settings(id: string): Partial<Settings> {
    const row = this.#database.prepare("SELECT settings FROM persons WHERE id = ?").get(id);
    if (row === undefined) return {};
    return readSettings(JSON.parse(Value.Parse(SettingsText, { ...row }).settings));
  }

  saveSettings(id: string, settings: Settings): void {
    this.#database.prepare("UPDATE persons SET settings = ? WHERE id = ?").run(JSON.stringify(settings), id);
  }

  places(person: string): readonly SavedPlace[] {
    return this.#database
      .prepare(
        "SELECT id, kind, lat, lon, name, detail FROM places WHERE person = ? ORDER BY kind = 'favourite', kind, saved_at DESC",
      )
      .all(person)
      .map((row) => {
        const found = Value.Parse(SavedPlaceRow, { ...row });
        return { id: found.id, kind: found.kind, ...toPlace(found) };
      });
  }

  countFavourites(person: string): number {
    const row = this.#database
      .prepare("SELECT count(*) AS count FROM places WHERE person = ? AND kind = 'favourite'")
      .get(person);
    return Value.Parse(Count, { ...row }).count;
  }

  /** A person has one home and one work; saving another replaces it. */
  savePlace(person: string, place: SavedPlace, at: number): void {
    if (place.kind !== "favourite") {
      this.#database.prepare("DELETE FROM places WHERE person = ? AND kind = ?").run(person, place.kind);
    }
    this.#database
      .prepare("INSERT INTO places VALUES (?, ?, ?, ?, ?, ?, ?, ?)")
      .run(place.id, person, place.kind, place.lat, place.lon, place.name, place.detail ?? null, at);
  }

  removePlace(person: string, id: string): boolean {
    return this.#database.prepare("DELETE FROM places WHERE person = ? AND id = ?").run(person, id).changes > 0;
  }

  recent(person: string): readonly Place[] {
    return this.#database
      .prepare("SELECT lat, lon, name, detail FROM recent WHERE person = ? ORDER BY used_at DESC, rowid DESC")
      .all(person)
      .map((row) => toPlace(Value.Parse(PlaceRow, { ...row })));
  }

  /** Puts the place on top and keeps `most`. */
  addRecent(person: string, place: Place, at: number, most: number): void {
    this.#database
      .prepare("DELETE FROM recent WHERE person = ? AND name = ? AND coalesce(detail, '') = ?")
      .run(person, place.name, place.detail ?? "");
    this.#database
      .prepare("INSERT INTO recent VALUES (?, ?, ?, ?, ?, ?)")
      .run(person, place.lat, place.lon, place.name, place.detail ?? null, at);
    this.#database
      .prepare(
        `DELETE FROM recent WHERE person = ?1 AND rowid NOT IN
         (SELECT rowid FROM recent WHERE person = ?1 ORDER BY used_at DESC, rowid DESC LIMIT ?2)`,
      )
      .run(person, most);
  }

  clearRecent(person: string): void {
    this.#database.prepare("DELETE FROM recent WHERE person = ?").run(person);
  }
}

function toPlace(row: Type.Static<typeof PlaceRow>): Place {
  return {
    lat: row.lat,
    lon: row.lon,
    name: row.name,
    ...(row.detail === null ? {} : { detail: row.detail }),
  };
}

/** Settings as an older or newer version kept them: what still has its shape stays, anything else falls back to the defaults. */
function readSettings(value: unknown): Partial<Settings> {
  if (typeof value !== "object" || value === null) return {};
  const kept = Object.entries(value).filter(([name, setting]) => Value.Check(SomeSettings, { [name]: setting }));
  return Value.Parse(SomeSettings, Object.fromEntries(kept));
}
