import type { Trip } from "@caravan/link";
import type { CarDatabase } from "../vehicle/database.ts";
import Type from "typebox";
import { Value } from "typebox/value";

/** How many finished trips one car keeps; the oldest go. */
export const mostTrips = 2_000;
const mostShown = 50;

const Row = Type.Object({
  id: Type.String(),
  started_at: Type.Number(),
  ended_at: Type.Number(),
  from_street: Type.String(),
  to_street: Type.String(),
  distance: Type.Number(),
  energy: Type.Number(),
});

/** The trips that are over. */
export class Trips {
  readonly #database: CarDatabase;

  constructor(parts: { database: CarDatabase }) {
    this.#database = parts.database;
  }

  add(trip: Trip): void {
    this.#database
      .prepare("INSERT OR IGNORE INTO trips VALUES (?, ?, ?, ?, ?, ?, ?)")
      .run(trip.id, trip.startedAt, trip.endedAt, trip.from, trip.to, trip.distance, trip.energy);
    this.#database
      .prepare("DELETE FROM trips WHERE id NOT IN (SELECT id FROM trips ORDER BY started_at DESC LIMIT ?)")
      .run(mostTrips);
  }

  /** Newest first. */
  latest(): readonly Trip[] {
    return this.#database
      .prepare("SELECT * FROM trips ORDER BY started_at DESC LIMIT ?")
      .all(mostShown)
      .map((row) => {
        const found = Value.Parse(Row, { ...row });
        return {
          id: found.id,
          startedAt: found.started_at,
          endedAt: found.ended_at,
          from: found.from_street,
          to: found.to_street,
          distance: found.distance,
          energy: found.energy,
        };
      });
  }

  /** False where there was no such trip. */
  remove(id: string): boolean {
    return this.#database.prepare("DELETE FROM trips WHERE id = ?").run(id).changes > 0;
  }
}
