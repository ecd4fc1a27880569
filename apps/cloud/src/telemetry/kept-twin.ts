import type { Kysely } from "kysely";
import Type from "typebox";
import { Value } from "typebox/value";
import type { Log } from "./log.ts";
import type { SignalPaths } from "./paths.store.ts";
import type { TelemetryTables } from "./tables.ts";
import type { Twin } from "./twin.ts";
import { readSince, readTwins, vehicleNames, writeTwins } from "./twin.store.ts";
import { parseValue } from "./value.ts";

const Latest = Type.Record(Type.String(), Type.Tuple([Type.Number(), Type.Unknown()]));
/** Cars written in one statement. */
const atOnce = 500;

/**
 * Keeps the twin in the database now and then, and puts it together again at a start: what was kept, and what the history says has come since. So a
 * sample costs one row in the history and nothing more, and still nothing is forgotten.
 */
export class KeptTwin {
  readonly #db: Kysely<TelemetryTables>;
  readonly #twin: Twin;
  readonly #paths: SignalPaths;
  readonly #clock: { now(): number };
  readonly #log: Log;
  /** Cars whose values are newer than what is kept, with their numbers: at most those enrolled. */
  #changed = new Map<string, number>();

  constructor(parts: {
    readonly db: Kysely<TelemetryTables>;
    readonly twin: Twin;
    readonly paths: SignalPaths;
    readonly clock: { now(): number };
    readonly log: Log;
  }) {
    this.#db = parts.db;
    this.#twin = parts.twin;
    this.#paths = parts.paths;
    this.#clock = parts.clock;
    this.#log = parts.log;
  }

  async restore(): Promise<void> {
    const names = await vehicleNames(this.#db);
    for (const { vehicle, latest } of await readTwins(this.#db)) {
      const name = names.get(vehicle);
      if (name === undefined || !Value.Check(Latest, latest)) continue;
      for (const [path, [at, stored]] of Object.entries(latest)) {
        const value = parseValue(stored);
        if (value !== undefined) this.#twin.restore(name, path, { value, at });
      }
    }
    for (const { vehicle, signal, at, value } of await readSince(this.#db)) {
      const [name, path] = [names.get(vehicle), this.#paths.nameOf(signal)];
      if (name === undefined || path === undefined) continue;
      const parsed = parseValue(value);
      if (parsed === undefined) this.#twin.forget(name, path);
      else this.#twin.restore(name, path, { value: parsed, at });
      this.#changed.set(name, vehicle);
    }
  }

  changed(vehicle: string, number: number): void {
    this.#changed.set(vehicle, number);
  }

  /** Writes what has changed; what fails is written the next time. */
  async keep(): Promise<void> {
    const changed = this.#changed;
    if (changed.size === 0) return;
    this.#changed = new Map();
    const at = new Date(this.#clock.now());
    try {
      const twins = [...changed].map(([name, vehicle]) => ({ vehicle, latest: this.#latest(name) }));
      // The time counts only once all of them are written.
      for (let first = 0; first < twins.length; first += atOnce) {
        await writeTwins(this.#db, twins.slice(first, first + atOnce), first + atOnce >= twins.length ? at : undefined);
      }
    } catch (error) {
      for (const [name, vehicle] of changed) this.#changed.set(name, vehicle);
      this.#log.warn("latest values not kept, they will be with the next", { error: String(error) });
    }
  }

  #latest(vehicle: string): string {
    const entries = [...this.#twin.values(vehicle)].map(([path, { at, value }]) => [path, [at, value]]);
    return JSON.stringify(Object.fromEntries(entries));
  }
}
