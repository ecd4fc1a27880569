import type { Static, TSchema } from "typebox";
import { Value } from "typebox/value";

import type { CarDatabase } from "./database.ts";

/** Small facts that outlive the process, each a JSON value under a fixed name; as many as the car's code has names. */
export class Remembered {
  readonly #database: CarDatabase;

  constructor(parts: { database: CarDatabase }) {
    this.#database = parts.database;
  }

  /** What was kept under the name, or undefined where nothing was or where it is of another shape. */
  read<Schema extends TSchema>(name: string, schema: Schema): Static<Schema> | undefined {
    const row = this.#database.prepare("SELECT value FROM remembered WHERE name = ?").get(name);
    if (typeof row?.["value"] !== "string") return undefined;
    try {
      const value: unknown = JSON.parse(row["value"]);
      return Value.Check(schema, value) ? value : undefined;
    } catch {
      return undefined;
    }
  }

  keep(name: string, value: unknown): void {
    this.#database
      .prepare("INSERT INTO remembered VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value")
      .run(name, JSON.stringify(value));
  }

  forget(name: string): void {
    this.#database.prepare("DELETE FROM remembered WHERE name = ?").run(name);
  }
}
