import type { Kysely } from "kysely";
import type { Log } from "../telemetry/log.ts";
import { closePresence, insertPresence, prunePresence, writeSeen } from "./presence.store.ts";
import type { VehicleTables } from "./tables.ts";

const writeSeenEveryMs = 60_000;
const keepDays = 90;
const pruneEveryMs = 6 * 3_600_000;

/** Told when a vehicle comes or goes. */
export type PresenceListener = (vehicle: string, online: boolean, at: number) => void;

/**
 * Which cars are connected, and when each gave its last sign of life (the cloud's clock). Coming and going are rows in the database;
 * the last sign is written once a minute. One entry for each enrolled car that connected since the start.
 */
export class Presence {
  readonly #db: Kysely<VehicleTables>;
  readonly #clock: { now(): number };
  readonly #log: Log;
  readonly #online = new Set<string>();
  readonly #seen = new Map<string, { readonly number: number; at: number; written: boolean }>();
  #listener: PresenceListener = () => {};
  #prunedAt = 0;
  #timer: NodeJS.Timeout | undefined;
  #writing: Promise<void> = Promise.resolve();

  constructor(parts: { readonly db: Kysely<VehicleTables>; readonly clock: { now(): number }; readonly log: Log }) {
    this.#db = parts.db;
    this.#clock = parts.clock;
    this.#log = parts.log;
  }

  /** The one listener is the live hub. */
  listen(listener: PresenceListener): void {
    this.#listener = listener;
  }

  async start(): Promise<void> {
    await closePresence(this.#db, new Date(this.#clock.now()));
    await this.#prune();
    this.#timer = setInterval(() => {
      this.#queue(() => this.#flush());
      if (this.#clock.now() - this.#prunedAt > pruneEveryMs) this.#queue(() => this.#prune());
    }, writeSeenEveryMs);
  }

  /** Writes what is not written yet. */
  async stop(): Promise<void> {
    clearInterval(this.#timer);
    this.#queue(() => this.#flush());
    await this.#writing;
  }

  connected(vehicle: string, number: number): void {
    this.#online.add(vehicle);
    this.#event(vehicle, number, true, "connected");
  }

  disconnected(vehicle: string, number: number, reason: string): void {
    if (!this.#online.delete(vehicle)) return;
    this.#event(vehicle, number, false, reason);
  }

  /** The car gave a sign of life. */
  seen(vehicle: string, number: number): void {
    const at = this.#clock.now();
    const seen = this.#seen.get(vehicle);
    if (seen === undefined) this.#seen.set(vehicle, { number, at, written: false });
    else {
      seen.at = at;
      seen.written = false;
    }
  }

  isOnline(vehicle: string): boolean {
    return this.#online.has(vehicle);
  }

  /** UTC ms; undefined where the car has not been seen since the cloud's start. */
  seenAt(vehicle: string): number | undefined {
    return this.#seen.get(vehicle)?.at;
  }

  #event(vehicle: string, number: number, online: boolean, reason: string): void {
    const at = this.#clock.now();
    this.seen(vehicle, number);
    this.#listener(vehicle, online, at);
    this.#queue(async () => {
      await insertPresence(this.#db, { vehicle: number, at: new Date(at), online, reason });
      await this.#flush();
    });
  }

  /** One write after the other, so that coming and going stay in order. */
  #queue(write: () => Promise<void>): void {
    this.#writing = this.#writing.then(write).catch((error: unknown) => {
      this.#log.warn("presence not written", { error: String(error) });
    });
  }

  async #prune(): Promise<void> {
    this.#prunedAt = this.#clock.now();
    await prunePresence(this.#db, new Date(this.#prunedAt - keepDays * 86_400_000));
  }

  async #flush(): Promise<void> {
    const unwritten = [...this.#seen.values()].filter(({ written }) => !written);
    await writeSeen(this.#db, new Map(unwritten.map(({ number, at }) => [number, at])));
    for (const seen of unwritten) seen.written = true;
  }
}
