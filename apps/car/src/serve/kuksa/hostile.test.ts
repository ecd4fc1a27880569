import { Store, Vehicle, catalogue } from "@caravan/signals";
import type { Signal, SignalValue } from "@caravan/signals";
import fc from "fast-check";
import { expect, test } from "vitest";
import { allRights } from "../access/rights.ts";
import { realScheduler } from "../viss/scheduler.ts";
import { Access } from "../access/access.ts";
import { metadataResponse, ordersResponse, publishErrorsResponse, valuesResponse } from "./answers.ts";
import { Kuksa } from "./kuksa.ts";
import {
  actuateRequest,
  batchActuateRequest,
  getValueRequest,
  getValuesRequest,
  listMetadataRequest,
  providerMessage,
  publishValueRequest,
  subscribeByIdRequest,
  subscribeRequest,
} from "./messages.ts";
import { Providers } from "./providers.ts";
import { CallError } from "./status.ts";
import { Subscription } from "./subscription.ts";
import { fieldOf, readValue, writeValue } from "./value.ts";
import { Reader, WireError, Writer } from "./wire.ts";

const clock = { now: () => 1_700_000_000_000 };

function createKuksa() {
  const store = new Store({ catalogue, clock });
  const providers = new Providers({ store });
  const kuksa = new Kuksa({
    store,
    clock,
    scheduler: realScheduler,
    access: new Access({ catalogue, clock, key: undefined, vin: () => undefined }),
    gate: { actuate: async () => ({ kind: "refused", why: "not-available" }), judge: () => "allowed" },
    providers,
    version: "1",
    report: (error) => expect.unreachable(String(error)),
  });
  return { store, kuksa, rights: allRights(catalogue) };
}

/** Bytes that look a little like messages, and bytes that do not. */
const bytes = fc.oneof(
  fc.uint8Array({ maxLength: 200 }),
  fc
    .array(
      fc.tuple(
        fc.constantFrom(8, 10, 16, 18, 26, 34, 90, 96, 104, 112, 120, 128, 141, 145, 170, 186, 0x8d, 0xff),
        fc.uint8Array({ maxLength: 20 }),
      ),
      { maxLength: 12 },
    )
    .map((parts) => Uint8Array.from(parts.flatMap(([tag, inner]) => [tag, inner.length, ...inner]))),
);

test("whatever bytes come, they are a message or refused as none", () => {
  const parsers = [
    getValueRequest,
    getValuesRequest,
    subscribeRequest,
    subscribeByIdRequest,
    actuateRequest,
    batchActuateRequest,
    listMetadataRequest,
    publishValueRequest,
    providerMessage,
  ];
  fc.assert(
    fc.property(bytes, fc.nat(parsers.length - 1), (given, which) => {
      try {
        parsers[which]?.(Buffer.from(given));
      } catch (error) {
        expect(error).toBeInstanceOf(WireError);
      }
    }),
    { numRuns: 1_000 },
  );
});

test("whatever a provider sends, it is taken, answered or ends the stream, and the Store holds only what signals may be", () => {
  const { store, kuksa, rights } = createKuksa();
  const sent: Buffer[] = [];
  const stream = kuksa.openProvider(rights, (answer) => sent.push(answer));
  fc.assert(
    fc.property(bytes, (given) => {
      try {
        stream.receive(providerMessage(Buffer.from([18, ...varint(given.length), ...given])));
      } catch (error) {
        expect(error instanceof WireError || error instanceof CallError).toBe(true);
      }
    }),
    { numRuns: 1_000 },
  );
  for (const signal of catalogue.signals) {
    const value = store.value(signal);
    if (typeof value === "number") expect(Number.isFinite(value)).toBe(true);
  }
});

/** A number as protocol buffers write it. */
function varint(value: number): number[] {
  return value < 128 ? [value] : [(value & 127) | 128, ...varint(value >>> 7)];
}

test("a message that names too many signals, or elements, is refused and not held", () => {
  const name = [10, 2, 8, 1];
  expect(() => getValuesRequest(Buffer.from(Array.from({ length: 5_000 }, () => name).flat()))).toThrow(WireError);
  const packed = Buffer.from([10, ...varint(2_000), ...Array.from({ length: 2_000 }, () => 1)]);
  expect(() => readValue(new Reader(Buffer.from([0xba, 0x01, ...varint(packed.length), ...packed])))).toThrow(
    WireError,
  );
  expect(() => providerMessage(Buffer.from([34, 255, 255, 255, 255, 15]))).toThrow(WireError);
  expect(() => getValueRequest(Buffer.from(Array.from({ length: 11 }, () => 255)))).toThrow(WireError);
});

/** Values of one data type. */
const valuesOf = (datatype: string): fc.Arbitrary<number | boolean | string> => {
  if (datatype === "string") return fc.string({ unit: "grapheme" });
  if (datatype === "boolean") return fc.boolean();
  if (datatype === "float") return fc.float({ noNaN: true });
  if (datatype === "double") return fc.double({ noNaN: true });
  const bits = Math.min(Number(/\d+/.exec(datatype)?.[0]), 53);
  return datatype.startsWith("u")
    ? fc.maxSafeNat().map((value) => value % 2 ** bits)
    : fc.maxSafeInteger().map((value) => (value % 2 ** (bits - 1)) + 0);
};

test.each(["string", "boolean", "int8", "int64", "uint16", "uint32", "uint64", "float", "double"] as const)(
  "a value of %s, and an array of them, comes back as it was",
  (datatype) => {
    const there = (field: number, value: SignalValue): void => {
      const writer = new Writer(8);
      writeValue(writer, field, value);
      const back = readValue(new Reader(writer.take()));
      // An empty array leaves no trace but its field.
      expect(back).toEqual({ field, value });
    };
    fc.assert(fc.property(valuesOf(datatype), (value) => there(fieldOf(datatype), value)));
    fc.assert(
      fc.property(fc.array(valuesOf(datatype), { maxLength: 20 }), (values) => there(fieldOf(`${datatype}[]`), values)),
    );
  },
);

test("answers of any length are written whole", () => {
  const found = catalogue.signals.map((signal: Signal) => ({ signal, reading: undefined }));
  let points = 0;
  for (const reader = new Reader(valuesResponse(found, clock.now())); !reader.isAtEnd; points++)
    reader.skip(reader.tag());
  expect(points).toBe(catalogue.signals.length);
  expect(metadataResponse(catalogue.signals).length).toBeGreaterThan(50_000);
  expect(ordersResponse([]).length).toBe(2);
  expect(publishErrorsResponse(0, new Map([[-1, { code: 2, message: "" }]])).length).toBeGreaterThan(10);
});

test("a slow reader keeps the newest: without a buffer one message, with one the newest of so many", () => {
  for (const [bufferSize, expected] of [
    [0, [1, 10]],
    [3, [1, 8, 9, 10]],
  ] as const) {
    const { store } = createKuksa();
    const sent: Buffer[] = [];
    let isFree = true;
    const subscription = new Subscription({
      store,
      clock,
      scheduler: { after: () => () => undefined },
      outlet: { send: (message) => sent.push(message) > 0 && isFree, end: () => undefined },
      signals: [Vehicle.Speed],
      by: "id",
      bufferSize,
      intervalMs: 0,
      durationMs: 0,
    });
    subscription.start();
    const turns = async (): Promise<void> => {
      await Promise.resolve();
      await Promise.resolve();
    };
    const run = async (): Promise<void> => {
      isFree = false;
      for (let value = 1; value <= 10; value++) {
        store.set(Vehicle.Speed, value, { source: "test" });
        await turns();
      }
      isFree = true;
      subscription.drained();
      await turns();
      const floats = sent.slice(1).map((message) => message.readFloatLE(message.length - 4));
      expect(floats).toEqual(expected);
      subscription.stop();
    };
    run().catch((error: unknown) => expect.unreachable(String(error)));
  }
});

test("a message with more values than a car has signals is refused before it holds the car up", () => {
  const { kuksa, rights } = createKuksa();
  const stream = kuksa.openProvider(rights, () => undefined);
  const message = (entries: number): Buffer => {
    const body = Array.from({ length: entries }, () => [18, 6, 8, 255, 255, 3, 18, 0]).flat();
    return Buffer.from([18, ...varint(body.length), ...body]);
  };
  stream.receive(providerMessage(message(4_096)));
  expect(() => stream.receive(providerMessage(message(4_097)))).toThrow(WireError);
  expect(() => kuksa.listMetadata("**.".repeat(400))).toThrow(CallError);
});
