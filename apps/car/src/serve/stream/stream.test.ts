import { FrameWriter, readFrame, readTaken } from "@caravan/link/frames";
import type { StreamMessage } from "@caravan/link";
import { catalogue, Store, Vehicle } from "@caravan/signals";
import fc from "fast-check";
import { expect, test } from "vitest";

import { allRights, rightsOf } from "../access/rights.ts";
import { SignalStream } from "./stream.ts";

/** Timers that run when told, a store, and clients whose sockets can be blocked. */
function car() {
  let now = 1_000;
  const due: { at: number; run: () => void }[] = [];
  const after = (ms: number, run: () => void): (() => void) => {
    const timer = { at: now + ms, run };
    due.push(timer);
    return () => void due.splice(due.indexOf(timer), 1);
  };
  const clock = { now: () => now };
  const store = new Store({ catalogue, clock });
  const stream = new SignalStream({ store, clock, timing: { soon: (run) => void after(0, run), after } });
  return {
    store,
    stream,
    pass: (ms: number) => {
      now += ms;
      for (let round = 0; round < 100; round++) {
        const next = due.findIndex(({ at }) => at <= now);
        if (next < 0) return;
        due.splice(next, 1)[0]?.run();
      }
      throw new Error("the timers never come to rest");
    },
  };
}

function connect(stream: SignalStream, rights = allRights(catalogue)) {
  const words: StreamMessage[] = [];
  const frames: NonNullable<ReturnType<typeof readFrame>>[] = [];
  const taken: NonNullable<ReturnType<typeof readTaken>>[] = [];
  let closed: string | undefined;
  const wire = {
    bufferedAmount: 0,
    send: (data: string | Uint8Array) => {
      if (typeof data === "string") return void words.push(JSON.parse(data));
      const frame = readFrame(data);
      if (frame !== undefined) frames.push(frame);
      const answer = readTaken(data);
      if (answer !== undefined) taken.push(answer);
    },
    close: (_: number, reason: string) => void (closed = reason),
  };
  const client = stream.open(wire, rights);
  if (client === undefined) throw new Error("the stream is full");
  return {
    client,
    wire,
    words,
    frames,
    taken,
    closed: () => closed,
    say: (it: object) => client.hear(JSON.stringify(it)),
  };
}

const speed = Vehicle.Speed;
const from = { source: "test", at: 900 };
const speeds = { type: "subscribe", id: 5, paths: ["Vehicle.Speed"], mode: "each" };
const valuesOf = (frames: readonly { values: Float64Array }[]) => frames.flatMap(({ values }) => [...values]);

test("a reader gets the newest readings at once, then each in its turn", () => {
  const { store, stream, pass } = car();
  store.set(speed, 10, from);
  const reader = connect(stream);
  reader.say(speeds);
  expect(reader.words).toEqual([
    {
      type: "subscribed",
      id: 5,
      frames: 1,
      signals: [{ slot: speed.slot, path: "Vehicle.Speed", datatype: "float", unit: "km/h" }],
    },
  ]);
  expect(reader.frames[0]).toMatchObject({ isSnapshot: true, base: 900, passedOver: 0 });
  for (const value of [11, 12, 12]) store.set(speed, value, from);
  pass(0);
  expect(valuesOf(reader.frames)).toEqual([10, 11, 12, 12]);
  expect(reader.frames[1]).toMatchObject({ sequence: 1, subscription: 1, isSnapshot: false });
});

test("of many changes between two frames only the newest is sent where that was asked for", () => {
  const { store, stream, pass } = car();
  const reader = connect(stream);
  reader.say({ ...speeds, mode: "newest", everyMs: 50 });
  for (const value of [1, 2, 3]) store.set(speed, value, from);
  pass(20);
  expect(reader.frames).toHaveLength(0);
  pass(30);
  expect(valuesOf(reader.frames)).toEqual([3]);
  store.set(speed, 3, { ...from, quality: "stale" });
  store.set(speed, 3, { ...from, quality: "stale" });
  pass(50);
  expect(reader.frames.map(({ qualities }) => [...qualities])).toEqual([[1], [5]]);
});

test("a reading that is taken away arrives as gone", () => {
  const { store, stream, pass } = car();
  store.set(speed, 10, from);
  const reader = connect(stream);
  reader.say(speeds);
  store.remove(speed);
  pass(0);
  expect(reader.frames.at(-1)?.qualities[0]).toBe(0);
  expect(reader.frames.at(-1)?.values[0]).toBeNaN();
});

test("a slow reader is not queued for: it gets the newest later and hears how many readings gave way", () => {
  const { store, stream, pass } = car();
  const slow = connect(stream);
  const quick = connect(stream);
  slow.say(speeds);
  quick.say(speeds);
  slow.wire.bufferedAmount = 1e6;
  for (let value = 1; value <= 100; value++) {
    store.set(speed, value, from);
    pass(1);
  }
  expect(slow.frames).toHaveLength(0);
  expect(valuesOf(quick.frames)).toHaveLength(100);
  slow.wire.bufferedAmount = 0;
  pass(20);
  expect(slow.frames).toHaveLength(1);
  expect(slow.frames[0]).toMatchObject({ sequence: 100, passedOver: 99, isSnapshot: true });
  expect(valuesOf(slow.frames)).toEqual([100]);
  store.set(speed, 101, from);
  pass(0);
  expect(slow.frames[1]).toMatchObject({ sequence: 101, passedOver: 0 });
});

test("whatever is slow for whatever time, every reading is delivered or counted, and the last value is the car's", () => {
  const step = fc.oneof(
    fc.record({ set: fc.nat(200) }),
    fc.record({ buffered: fc.constantFrom(0, 100_000, 400_000) }),
    fc.record({ pass: fc.nat(60) }),
  );
  fc.assert(
    fc.property(fc.array(step, { maxLength: 80 }), (steps) => {
      const { store, stream, pass } = car();
      const reader = connect(stream);
      reader.say(speeds);
      let count = 0;
      for (const one of steps) {
        if ("set" in one) {
          store.set(speed, one.set, from);
          count += 1;
        } else if ("buffered" in one) reader.wire.bufferedAmount = one.buffered;
        else pass(one.pass);
      }
      reader.wire.bufferedAmount = 0;
      pass(100);
      const delivered = valuesOf(reader.frames);
      const passedOver = reader.frames.reduce((sum, frame) => sum + frame.passedOver, 0);
      expect(delivered.length + passedOver).toBe(count);
      if (count > 0) expect(delivered.at(-1)).toBe(store.value(speed));
    }),
  );
});

test("texts come as words", () => {
  const { store, stream, pass } = car();
  const reader = connect(stream);
  reader.say({ type: "subscribe", id: 1, paths: ["Vehicle.VehicleIdentification"], mode: "each" });
  store.set(Vehicle.VehicleIdentification.Model, "One", from);
  store.set(Vehicle.VehicleIdentification.Model, "Two", from);
  pass(0);
  expect(reader.words[1]).toEqual({
    type: "texts",
    frames: 1,
    values: { "Vehicle.VehicleIdentification.Model": { value: "Two", at: 900, quality: "good" } },
  });
});

test("what was asked for ends when it is asked to, and a subscription nobody hears costs nothing", () => {
  const { store, stream, pass } = car();
  const reader = connect(stream);
  reader.say(speeds);
  reader.say({ type: "unsubscribe", id: 5 });
  store.set(speed, 1, from);
  pass(10);
  expect(reader.frames).toHaveLength(0);
  expect(reader.words.at(-1)).toEqual({ type: "unsubscribed", id: 5 });
  reader.say({ type: "unsubscribe", id: 5 });
  expect(reader.words.at(-1)).toMatchObject({ type: "failed", code: "bad-request" });
  reader.client.end();
  expect(stream.count()).toBe(0);
});

test("a provider's readings are the car's, and each frame is answered", () => {
  const { store, stream, pass } = car();
  const provider = connect(stream);
  const writer = new FrameWriter();
  const head = { subscription: 0, sequence: 8, passedOver: 0, isSnapshot: false };
  writer.add(speed.slot, 33, 950, 1);
  provider.client.take(writer.take(head));
  expect(provider.words.at(-1)).toMatchObject({ type: "failed", code: "not-allowed" });
  provider.say({ type: "provide", paths: ["Vehicle.Speed", "Vehicle.IsMoving"] });
  writer.add(speed.slot, 34, 950, 2);
  writer.add(Vehicle.IsMoving.slot, 1, 950, 1);
  provider.client.take(writer.take(head));
  pass(0);
  expect(store.get(speed)).toEqual({ value: 34, at: 950, source: "stream 1", quality: "simulated" });
  expect(store.value(Vehicle.IsMoving)).toBe(true);
  expect(provider.taken).toEqual([{ sequence: 8, refused: 0 }]);
  writer.add(speed.slot, 0, 951, 0);
  provider.client.take(writer.take(head));
  expect(store.get(speed)).toBeUndefined();
});

test("readings of signals not provided, of impossible values and of unknown quality are counted and not taken", () => {
  const { store, stream, pass } = car();
  const provider = connect(stream);
  provider.say({ type: "provide", paths: ["Vehicle.Speed", "Vehicle.IsMoving"] });
  const writer = new FrameWriter();
  writer.add(speed.slot, Number.NaN, 950, 1);
  writer.add(speed.slot, 12, 950, 77);
  writer.add(65_000, 12, 950, 1);
  writer.add(Vehicle.TraveledDistance.slot, 12, 950, 1);
  writer.add(Vehicle.IsMoving.slot, 2, 950, 1);
  writer.add(speed.slot, 13, 950, 1);
  provider.client.take(writer.take({ subscription: 0, sequence: 1, passedOver: 0, isSnapshot: false }));
  pass(0);
  expect(store.value(speed)).toBe(13);
  expect(provider.taken).toEqual([{ sequence: 1, refused: 5 }]);
  expect(provider.words.filter(({ type }) => type === "refused")).toHaveLength(1);
});

test("a token's rights bound what is read and provided, and end with it", () => {
  const { store, stream, pass } = car();
  const rights = rightsOf(catalogue, "read:Vehicle.Speed provide:Vehicle.IsMoving", 5_000);
  if (rights === undefined) throw new Error("the scope is right");
  const reader = connect(stream, rights);
  reader.say({ type: "subscribe", id: 1, paths: ["Vehicle.TraveledDistance"], mode: "each" });
  expect(reader.words.at(-1)).toMatchObject({ type: "failed", code: "not-allowed", id: 1 });
  reader.say({ type: "subscribe", id: 1, paths: ["Vehicle.Speed", "Vehicle.TraveledDistance"], mode: "each" });
  store.set(speed, 3, from);
  store.set(Vehicle.TraveledDistance, 4, from);
  pass(0);
  expect(valuesOf(reader.frames)).toEqual([3]);
  reader.say({ type: "provide", paths: ["Vehicle.Speed"] });
  expect(reader.words.at(-1)).toMatchObject({ type: "failed", code: "not-allowed" });
  pass(6_000);
  expect(reader.closed()).toBe("the token has expired");
});

test("rubbish gets a sentence, never a fault", () => {
  const { stream } = car();
  const words = fc.oneof(
    fc.string(),
    fc.json(),
    fc
      .record({ type: fc.constantFrom("subscribe", "provide", "unsubscribe"), id: fc.anything(), paths: fc.anything() })
      .map((it) => JSON.stringify(it)),
  );
  fc.assert(
    fc.property(words, fc.uint8Array({ maxLength: 64 }), (text, bytes) => {
      const reader = connect(stream);
      reader.client.hear(text);
      reader.client.take(bytes);
      expect(reader.words.every(({ type }) => type === "failed" || type === "subscribed" || type === "provides")).toBe(
        true,
      );
      reader.client.end();
    }),
  );
});
