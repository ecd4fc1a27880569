import { StreamRequest } from "@caravan/link";
import { readFrame } from "@caravan/link/frames";
import type { StreamFailure, StreamMessage, StreamSignal } from "@caravan/link";
import type { Clock, Signal, Store } from "@caravan/signals";
import { Value } from "typebox/value";

import type { Rights } from "../access/rights.ts";
import { whenOver } from "../access/when-over.ts";
import { Reader } from "./reader.ts";
import type { Wire } from "./reader.ts";
import { Provider } from "./provider.ts";
import type { Timing } from "./subscription.ts";

const mostSubscriptionsOfClient = 16;
/** Bytes of answers that a client may leave unread. */
const deadAbove = 4 * 1024 * 1024;

type Request<Kind extends StreamRequest["type"]> = Extract<StreamRequest, { type: Kind }>;

/** A client's part in a subscription. */
export interface Joined {
  /** The same for the same signals in the same manner. */
  readonly key: string;
  readonly number: number;
  begin(): void;
  leave(): void;
}

interface ClientParts {
  readonly wire: Wire;
  /** What it may do, decided when it connected. */
  readonly rights: Rights;
  /** Name of what it provides, as readings show it. */
  readonly source: string;
  readonly clock: Clock;
  readonly store: Store;
  readonly timing: Timing;
  readonly join: (wanted: Request<"subscribe">, signals: readonly Signal[], reader: Reader) => Joined | undefined;
  readonly onEnd: () => void;
}

/** One connection. */
export class StreamClient {
  readonly #parts: ClientParts;
  readonly #joined = new Map<number, Joined>();
  readonly #forgetToken: () => void;
  #provider: Provider | undefined;

  constructor(parts: ClientParts) {
    this.#parts = parts;
    const { clock, rights, timing, wire } = parts;
    this.#forgetToken = whenOver({ clock, scheduler: timing }, rights.until, () =>
      wire.close(1008, "the token has expired"),
    );
  }

  /** A text of the client. */
  hear(text: string): void {
    const request = parsed(text);
    if (!Value.Check(StreamRequest, request)) {
      return this.#fail("bad-request", `The car takes subscribe, unsubscribe and provide, as "${shape}" tells.`);
    }
    switch (request.type) {
      case "subscribe":
        return this.#subscribe(request);
      case "unsubscribe":
        return this.#unsubscribe(request.id);
      case "provide":
        return this.#provide(request.paths);
    }
  }

  /** A frame of the client. */
  take(bytes: Uint8Array): void {
    const frame = readFrame(bytes);
    if (frame === undefined) this.#fail("bad-request", "These bytes are no frame of readings.");
    else if (this.#provider === undefined) this.#fail("not-allowed", "Say first what you provide.");
    else this.#provider.take(frame);
  }

  /** The connection is over. */
  end(): void {
    this.#forgetToken();
    for (const joined of this.#joined.values()) joined.leave();
    this.#joined.clear();
    this.#parts.onEnd();
  }

  /** Ends the connection. */
  stop(): void {
    this.#parts.wire.close(1001, "the car computer stops");
  }

  #subscribe(wanted: Request<"subscribe">): void {
    const { rights, wire } = this.#parts;
    if (this.#joined.has(wanted.id)) return this.#fail("bad-request", "This id is taken.", wanted.id);
    if (this.#joined.size >= mostSubscriptionsOfClient)
      return this.#fail("limit-reached", "A client has 16 subscriptions at most.", wanted.id);
    const found = this.#signalsOf(wanted.paths, wanted.id);
    if (found === undefined) return;
    const signals = found.filter((signal) => rights.read.has(signal.slot));
    if (signals.length === 0) return this.#fail("not-allowed", "You may read none of these signals.", wanted.id);
    const joined = this.#parts.join(wanted, signals, new Reader(wire));
    if (joined === undefined) return this.#fail("limit-reached", "The car has too many subscriptions.", wanted.id);
    if ([...this.#joined.values()].some(({ key }) => key === joined.key))
      return this.#fail("bad-request", "You have this very subscription already.", wanted.id);
    this.#joined.set(wanted.id, joined);
    this.#say({ type: "subscribed", id: wanted.id, frames: joined.number, signals: signals.map(named) });
    joined.begin();
  }

  #unsubscribe(id: number): void {
    const joined = this.#joined.get(id);
    if (joined === undefined) return this.#fail("bad-request", "There is no subscription with this id.", id);
    this.#joined.delete(id);
    joined.leave();
    this.#say({ type: "unsubscribed", id });
  }

  #provide(paths: readonly string[]): void {
    const { rights, source, store, timing, wire } = this.#parts;
    const signals = this.#signalsOf(paths);
    if (signals === undefined) return;
    const refused = signals.find((signal) => !rights.publish.has(signal.slot));
    if (refused !== undefined) return this.#fail("not-allowed", `You may not provide ${refused.path}.`);
    this.#provider ??= new Provider({ store, timing, wire, source });
    this.#provider.provide(signals);
    this.#say({ type: "provides", signals: signals.map(named) });
  }

  #signalsOf(paths: readonly string[], id?: number): readonly Signal[] | undefined {
    const { catalogue } = this.#parts.store;
    const found = new Set<Signal>();
    for (const path of paths) {
      const signals = catalogue.match(path);
      if (signals.length === 0) {
        this.#fail("unknown-path", `No signal of this car has the path ${path}.`, id);
        return undefined;
      }
      for (const signal of signals) found.add(signal);
    }
    return [...found].toSorted((a, b) => a.slot - b.slot);
  }

  #fail(code: StreamFailure, message: string, id?: number): void {
    this.#say({ type: "failed", ...(id === undefined ? {} : { id }), code, message });
  }

  #say(message: StreamMessage): void {
    const { wire } = this.#parts;
    if (wire.bufferedAmount > deadAbove) wire.close(1008, "read what you ask for");
    else wire.send(JSON.stringify(message));
  }
}

const shape = "docs/signals.md";

/** A signal as clients of frames are told of it. */
export const named = ({ slot, path, datatype, unit }: Signal): StreamSignal => ({
  slot,
  path,
  datatype,
  ...(unit === undefined ? {} : { unit }),
});

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
