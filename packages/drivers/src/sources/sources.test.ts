import { Store, Vehicle, catalogue } from "@caravan/signals";
import fc from "fast-check";
import { expect, test } from "vitest";
import { Sources } from "./sources.ts";

function carWithClock() {
  const clock = { at: 1_000, now: () => clock.at };
  const store = new Store({ catalogue, clock });
  const sources = new Sources({ store, clock });
  const pass = (ms: number) => {
    clock.at += ms;
    sources.tick();
  };
  return { clock, store, sources, pass };
}

const speed = Vehicle.Speed;

test("a reading arrives with its source, its quality and its time", () => {
  const { store, sources, clock } = carWithClock();
  const can = sources.claim(speed, "can0", "good");
  expect(sources.put(can, 50, 990, clock.at)).toBe("chosen");
  expect(store.get(speed)).toEqual({ value: 50, at: 990, source: "can0", quality: "good" });
});

test("the source with the greater priority is believed, whoever speaks first", () => {
  const { store, sources, clock } = carWithClock();
  const obd = sources.claim(speed, "obd", "good", { priority: 1 });
  const can = sources.claim(speed, "can0", "good", { priority: 2 });
  sources.put(obd, 49, clock.at, clock.at);
  sources.put(can, 50, clock.at, clock.at);
  expect(sources.put(obd, 48, clock.at, clock.at)).toBe("standby");
  expect(store.get(speed)).toMatchObject({ value: 50, source: "can0" });
});

test("between equals the one that was believed goes on", () => {
  const { store, sources, clock } = carWithClock();
  const left = sources.claim(speed, "left", "good");
  const right = sources.claim(speed, "right", "good");
  sources.put(left, 1, clock.at, clock.at);
  sources.put(right, 2, clock.at, clock.at);
  expect(store.value(speed)).toBe(1);
});

test("a source that falls silent hands over to the next, and takes over again when it speaks", () => {
  const { store, sources, clock, pass } = carWithClock();
  const obd = sources.claim(speed, "obd", "estimated", { priority: 1, timeoutMs: 2_000 });
  const can = sources.claim(speed, "can0", "good", { priority: 2, timeoutMs: 500 });
  sources.put(can, 50, clock.at, clock.at);
  sources.put(obd, 49, clock.at, clock.at);
  pass(501);
  expect(store.get(speed)).toEqual({ value: 49, at: 1_000, source: "obd", quality: "estimated" });
  sources.put(can, 51, clock.at, clock.at);
  expect(store.get(speed)).toMatchObject({ value: 51, source: "can0" });
  expect(sources.view()[0]).toMatchObject({ changes: 2 });
});

test("where no source is left the reading stays and is marked stale, once", () => {
  const { store, sources, clock, pass } = carWithClock();
  const can = sources.claim(speed, "can0", "good", { timeoutMs: 500 });
  sources.put(can, 50, clock.at, clock.at);
  let told = 0;
  store.subscribe([speed], () => told++);
  pass(501);
  pass(501);
  expect(store.get(speed)).toEqual({ value: 50, at: 1_000, source: "can0", quality: "stale" });
  expect(told).toBe(1);
  sources.put(can, 52, clock.at, clock.at);
  expect(store.get(speed)?.quality).toBe("good");
});

test("a source that is withdrawn is silent at once", () => {
  const { store, sources, clock } = carWithClock();
  const can = sources.claim(speed, "can0", "good");
  sources.put(can, 50, clock.at, clock.at);
  sources.withdraw("can0");
  expect(store.get(speed)?.quality).toBe("stale");
});

test("what breaks the signal's limits is refused, counted, and does not keep a source alive", () => {
  const { store, sources, clock, pass } = carWithClock();
  const charge = Vehicle.Powertrain.TractionBattery.StateOfCharge.Displayed;
  const can = sources.claim(charge, "can0", "good", { priority: 1, timeoutMs: 500 });
  sources.put(can, 60, clock.at, clock.at);
  clock.at += 400;
  expect(sources.put(can, 127.5, clock.at, clock.at)).toBe("refused");
  pass(200);
  expect(store.get(charge)).toMatchObject({ value: 60, quality: "stale" });
  expect(sources.view()[0]?.sources[0]).toMatchObject({ refused: 1, state: "silent" });
});

test("a standby that told nonsense is passed over for the next one", () => {
  const { store, sources, clock, pass } = carWithClock();
  const charge = Vehicle.Powertrain.TractionBattery.StateOfCharge.Displayed;
  const best = sources.claim(charge, "best", "good", { priority: 3, timeoutMs: 500 });
  const mad = sources.claim(charge, "mad", "good", { priority: 2 });
  const plain = sources.claim(charge, "plain", "good", { priority: 1 });
  sources.put(best, 60, clock.at, clock.at);
  sources.put(mad, 900, clock.at, clock.at);
  sources.put(plain, 61, clock.at, clock.at);
  pass(501);
  expect(store.get(charge)).toMatchObject({ value: 61, source: "plain" });
});

test("what somebody else has written since is not marked stale", () => {
  const { store, sources, clock, pass } = carWithClock();
  const can = sources.claim(speed, "can0", "good", { timeoutMs: 500 });
  sources.put(can, 50, clock.at, clock.at);
  store.set(speed, 7, { source: "receiver" });
  pass(501);
  expect(store.get(speed)).toMatchObject({ value: 7, source: "receiver", quality: "good" });
});

test("a claim of the same source is the same claim; a ninth source of a signal is refused", () => {
  const { sources } = carWithClock();
  expect(sources.claim(speed, "can0", "good")).toBe(sources.claim(speed, "can0", "good", { priority: 4 }));
  for (let i = 1; i < 8; i++) sources.claim(speed, `can${i}`, "good");
  expect(() => sources.claim(speed, "can8", "good")).toThrow(RangeError);
});

test("the choice is seen: every source with its value, age and state", () => {
  const { sources, clock, pass } = carWithClock();
  const obd = sources.claim(speed, "obd", "good", { priority: 1, timeoutMs: 5_000 });
  const can = sources.claim(speed, "can0", "good", { priority: 2, timeoutMs: 500 });
  sources.claim(speed, "gps", "good");
  sources.put(can, 50, clock.at, clock.at);
  sources.put(obd, 49, clock.at, clock.at);
  pass(600);
  expect(sources.view()).toEqual([
    {
      path: "Vehicle.Speed",
      unit: "km/h",
      changes: 1,
      sources: [
        {
          source: "obd",
          priority: 1,
          timeoutMs: 5_000,
          isChosen: true,
          state: "speaks",
          value: 49,
          ageMs: 600,
          quality: "good",
          refused: 0,
        },
        {
          source: "can0",
          priority: 2,
          timeoutMs: 500,
          isChosen: false,
          state: "silent",
          value: 50,
          ageMs: 600,
          quality: "stale",
          refused: 0,
        },
        {
          source: "gps",
          priority: 0,
          timeoutMs: 5_000,
          isChosen: false,
          state: "silent",
          quality: "stale",
          refused: 0,
        },
      ],
    },
  ]);
});

test("whatever sources say and when, the car believes the best that speaks and marks what nobody tells", () => {
  const step = fc.record({ source: fc.nat(2), wait: fc.nat(400), value: fc.integer({ min: 0, max: 200 }) });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
      const { store, sources, clock, pass } = carWithClock();
      const timeoutMs = 500;
      const claims = [0, 1, 2].map((priority) => sources.claim(speed, `s${priority}`, "good", { priority, timeoutMs }));
      const heard = [-Infinity, -Infinity, -Infinity];
      for (const { source, wait, value } of steps) {
        pass(wait);
        const claim = claims[source];
        if (claim !== undefined) sources.put(claim, value, clock.at, clock.at);
        heard[source] = clock.at;
        sources.tick();
        const speaking = [2, 1, 0].filter((each) => clock.at - (heard[each] ?? 0) <= timeoutMs);
        expect(store.get(speed)).toMatchObject({ source: `s${speaking[0]}`, quality: "good" });
      }
      pass(1_000);
      if (steps.length > 0) expect(store.get(speed)?.quality).toBe("stale");
    }),
  );
});
