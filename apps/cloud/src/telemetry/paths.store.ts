import { sql } from "kysely";
import type { Kysely } from "kysely";
import type { TelemetryTables } from "./tables.ts";

/** VSS 6.0 has some 1,300 leaves; this leaves room for overlays, and stops a car that invents paths without end. */
const mostPaths = 8_192;
const wellFormed = /^[A-Za-z][A-Za-z0-9_]*(\.[A-Za-z0-9_]+)*$/;

/** The dictionary of signal paths, in memory and in the database; at most 8,192 of them. */
export class SignalPaths {
  readonly #db: Kysely<TelemetryTables>;
  readonly #numbers = new Map<string, number>();
  readonly #names = new Map<number, string>();

  constructor(db: Kysely<TelemetryTables>) {
    this.#db = db;
  }

  async load(): Promise<void> {
    for (const row of await this.#db.selectFrom("signal_path").selectAll().execute()) this.#keep(row.signal, row.path);
  }

  numberOf(path: string): number | undefined {
    return this.#numbers.get(path);
  }

  nameOf(signal: number): string | undefined {
    return this.#names.get(signal);
  }

  /** Gives numbers to new paths. Those that are not paths, or one too many, stay without. */
  async add(paths: Iterable<string>): Promise<void> {
    const room = mostPaths - this.#numbers.size;
    const fresh = [...new Set(paths)]
      .filter((path) => !this.#numbers.has(path) && wellFormed.test(path))
      .slice(0, Math.max(0, room));
    if (fresh.length === 0) return;
    // Another process may have added them in the meantime, so the answer is read and not assumed.
    await sql`insert into signal_path (path) select unnest(${fresh}::text[]) on conflict (path) do nothing`.execute(
      this.#db,
    );
    const rows = await this.#db.selectFrom("signal_path").selectAll().where("path", "in", fresh).execute();
    for (const row of rows) this.#keep(row.signal, row.path);
  }

  #keep(signal: number, path: string): void {
    this.#numbers.set(path, signal);
    this.#names.set(signal, path);
  }
}
