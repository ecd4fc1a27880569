import { generateKeyPairSync } from "node:crypto";
import type { ActuateOutcome } from "@caravan/link";
import { Store, Vehicle, catalogue } from "@caravan/signals";
import type { Asker } from "@caravan/drivers";
import type { SignalValue } from "@caravan/signals";
import { Access } from "../access/access.ts";
import { audience, signToken } from "../access/token.ts";
import type { VissLimits } from "./connection.ts";
import type { VissVersion } from "./error.ts";
import type { Scheduler } from "./scheduler.ts";
import { Viss } from "./viss.ts";

/** Noon of an ordinary day. */
const noon = Date.UTC(2026, 5, 15, 12);

/** A clock that stands still until it is moved, and runs what falls due on the way. */
class ManualTime implements Scheduler {
  #now = noon;
  #timers: { readonly due: number; readonly run: () => void }[] = [];

  now(): number {
    return this.#now;
  }

  after(ms: number, run: () => void): () => void {
    const timer = { due: this.#now + ms, run };
    this.#timers.push(timer);
    return () => {
      this.#timers = this.#timers.filter((other) => other !== timer);
    };
  }

  get pending(): number {
    return this.#timers.length;
  }

  advance(ms: number): void {
    const end = this.#now + ms;
    for (;;) {
      const next = this.#timers.toSorted((a, b) => a.due - b.due)[0];
      if (!next || next.due > end) break;
      this.#timers = this.#timers.filter((other) => other !== next);
      this.#now = Math.max(this.#now, next.due);
      next.run();
    }
    this.#now = end;
  }
}

interface Message {
  readonly [name: string]: unknown;
}

/** A car with a few readings, a VISS server over it, and a gate that remembers what it was asked. */
export function createFixture({
  limits = {},
  mostConnections = 32,
  withTokens = false,
}: { limits?: Partial<VissLimits>; mostConnections?: number; withTokens?: boolean } = {}) {
  const time = new ManualTime();
  const store = new Store({ catalogue, clock: time });
  const keys = generateKeyPairSync("ed25519");
  const token = (scope: string, more: object = {}): string =>
    signToken({ exp: noon / 1_000 + 60, aud: audience, scope, ...more }, keys.privateKey);
  const asked: { path: string; value: SignalValue; asker: Asker }[] = [];
  const faults: unknown[] = [];
  const gate: { answer: (path: string, value: SignalValue) => Promise<ActuateOutcome> } = {
    answer: async (_path, value) => ({ kind: "done", value }),
  };
  const viss = new Viss({
    store,
    access: new Access({ catalogue, clock: time, key: withTokens ? keys.publicKey : undefined, vin: () => "TESTVIN" }),
    clock: time,
    scheduler: time,
    actuate: (path, value, asker) => {
      asked.push({ path, value, asker });
      return gate.answer(path, value);
    },
    report: (error) => faults.push(error),
    limits,
    mostConnections,
  });
  const from = { source: "test" };
  store.set(Vehicle.Speed, 50.5, from);
  store.set(Vehicle.IsMoving, true, from);
  store.set(Vehicle.Cabin.Door.Row1.DriverSide.IsOpen, false, from);
  store.set(Vehicle.Cabin.Door.Row1.PassengerSide.IsOpen, true, from);
  store.set(Vehicle.Cabin.SeatPosCount, [2, 3], from);

  const connect = (version: VissVersion = "VISSv2", shown?: string) => {
    const messages: Message[] = [];
    const wire: { buffered: number; closed: number | undefined } = { buffered: 0, closed: undefined };
    const connection = viss.open(
      {
        send: (text) => {
          messages.push(JSON.parse(text));
        },
        buffered: () => wire.buffered,
        close: (code) => {
          wire.closed = code;
        },
      },
      version,
      shown,
    );
    if (!connection) throw new Error("the server is full");
    return {
      connection,
      messages,
      wire,
      /** Sends a request and answers with the first message that came of it at once. */
      ask(request: unknown): Message {
        const before = messages.length;
        connection.receive(typeof request === "string" ? request : JSON.stringify(request));
        return messages[before] ?? {};
      },
      events(): readonly Message[] {
        return messages.filter(({ action }) => action === "subscription");
      },
    };
  };
  return { time, store, viss, asked, faults, gate, from, connect, token };
}
