// Hot: `publishAll` runs for every value a provider sends (about 150,000/s).
import { SignalError, Vehicle } from "@caravan/signals";
import type { Catalogue, Signal, Store } from "@caravan/signals";
import type { Rights } from "../access/rights.ts";
import { signalsAt } from "../access/slots.ts";
import { Slots } from "../access/slots.ts";
import type { PublishError } from "./answers.ts";
import { checked, signalById } from "./lookup.ts";
import { timestamp } from "./messages.ts";
import type { WirePoint } from "./messages.ts";
import { outsideSource } from "./providers.ts";
import type { Providers } from "./providers.ts";
import { problems } from "./status.ts";
import { fieldOf, isScalar, readScalar, readValue } from "./value.ts";
import type { WireValue } from "./value.ts";
import { Reader, WireError } from "./wire.ts";

/** What the guard judges by, and where the car is: nobody says that without the owner's leave. */
const guarded = [
  Vehicle.Speed.path,
  Vehicle.IsMoving.path,
  "Vehicle.CurrentLocation",
  "Vehicle.Caravan",
  "Vehicle.VersionVSS",
  "Vehicle.VehicleIdentification",
  "Vehicle.Powertrain.Transmission",
  "Vehicle.Powertrain.TractionBattery.Charging",
  "Vehicle.Chassis.ParkingBrake",
  "Vehicle.Cabin.Door",
  "Vehicle.Body.Trunk",
  "Vehicle.Body.Hood",
];

/** Of one message. */
const mostPoints = 4_096;

export interface PublisherParts {
  readonly store: Store;
  readonly providers: Pick<Providers, "isCarsOwn">;
}

/**
 * Writes what outside programs say into the Store, as readings of source "kuksa". A token that names the signal is the owner's own word and
 * is enough; without tokens a program may speak of signals that the car knows nothing of, save those the guard judges by.
 */
export class Publisher {
  readonly #parts: PublisherParts;
  readonly #guarded: Slots;
  readonly #fields: Uint8Array;
  /** One for all values of all messages, so that none is made for each. */
  readonly #from = { source: outsideSource, at: 0 };

  constructor(parts: PublisherParts) {
    this.#parts = parts;
    const { catalogue } = parts.store;
    this.#guarded = new Slots(catalogue.signals.length);
    for (const path of guarded) this.#guarded.add(signalsAt(catalogue, path));
    this.#fields = Uint8Array.from(catalogue.signals, ({ datatype }) => fieldOf(datatype));
  }

  mayPublish(signal: Signal, rights: Rights): boolean {
    if (!rights.publish.has(signal.slot)) return false;
    return rights.isByToken || (!this.#guarded.has(signal.slot) && !this.#parts.providers.isCarsOwn(signal));
  }

  /** @throws CallError */
  publish(signal: Signal, point: WirePoint | undefined, rights: Rights, now: number): void {
    if (point?.value === undefined) throw problems.noValue;
    const value = checked(signal, point.value);
    if (!this.mayPublish(signal, rights)) throw problems.denied;
    try {
      this.#parts.store.set(signal, value, { source: outsideSource, at: point.at ?? now });
    } catch (error) {
      throw error instanceof SignalError ? problems.malformed : error;
    }
  }

  /**
   * Takes a `PublishValuesRequest`, value by value; what cannot be taken is answered by its number and does not keep the rest.
   * @throws WireError where the bytes are no such message
   */
  publishAll(
    message: Reader,
    rights: Rights,
    now: number,
  ): { requestId: number; errors: ReadonlyMap<number, PublishError> } {
    const { store } = this.#parts;
    let requestId = 0;
    let points = 0;
    let errors: Map<number, PublishError> | undefined;
    while (!message.isAtEnd) {
      const tag = message.tag();
      if (tag === 8) requestId = message.varint();
      else if (tag === 18) {
        if (++points > mostPoints) throw new WireError(`a message has more than ${mostPoints} values`);
        const end = message.inner();
        const error = this.#take(message, end, rights, now, store.catalogue);
        message.at = end;
        if (error !== undefined) (errors ??= new Map()).set(this.#id, error);
      } else message.skip(tag);
    }
    return { requestId, errors: errors ?? none };
  }

  /** Of the entry read last. */
  #id = 0;

  /** Reads one entry of the map, whose fields stand in the usual order or in any other. */
  #take(reader: Reader, end: number, rights: Rights, now: number, catalogue: Catalogue): PublishError | undefined {
    let id = 0;
    let at = now;
    let value: WireValue["value"] | undefined;
    let field = 0;
    while (reader.at < end) {
      const tag = reader.tag();
      if (tag === 8) id = reader.int32();
      else if (tag === 18) {
        const pointEnd = reader.inner();
        while (reader.at < pointEnd) {
          const inner = reader.tag();
          if (inner === 10) at = timestamp(reader, reader.inner());
          else if (inner === 18) {
            const valueEnd = reader.inner();
            while (reader.at < valueEnd) {
              const from = reader.at;
              const own = reader.tag();
              field = own >>> 3;
              if (isScalar(own)) value = readScalar(reader, field);
              else {
                const read = readValue(new Reader(reader.bytes, from, valueEnd));
                value = read?.value;
                field = read?.field ?? 0;
                reader.at = valueEnd;
              }
            }
          } else reader.skip(inner);
        }
      } else reader.skip(tag);
    }
    if (reader.at !== end) throw new WireError("a field reaches beyond its message");
    this.#id = id;
    const signal = signalById(catalogue, id);
    if (signal === undefined) return { code: 3, message: problems.unknown.details };
    if (value === undefined) return { code: 2, message: problems.noValue.details };
    if (field !== this.#fields[signal.slot]) return { code: 2, message: problems.wrongType.details };
    if (!this.mayPublish(signal, rights)) return { code: 4, message: problems.denied.details };
    this.#from.at = at;
    try {
      this.#parts.store.set(signal, value, this.#from);
      return undefined;
    } catch (error) {
      if (error instanceof SignalError) return { code: 2, message: error.message };
      throw error;
    }
  }
}

const none: ReadonlyMap<number, PublishError> = new Map();
