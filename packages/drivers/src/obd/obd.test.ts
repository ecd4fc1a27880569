import { setImmediate as nextTurn } from "node:timers/promises";
import { catalogue, Store, Vehicle } from "@caravan/signals";
import fc from "fast-check";
import { expect, test } from "vitest";

import type { ByteLink } from "../byte-link/byte-link.ts";
import type { DriverClock } from "../driver.ts";
import { Sources } from "../sources/sources.ts";
import { Supervisor } from "../supervision/supervisor.ts";
import { ElmAdapter } from "./elm-adapter.ts";
import { busKindOf, readReply } from "./elm-reply.ts";
import { readFaults } from "./faults.ts";
import { createObdDriver } from "./obd-driver.ts";
import { pids, supportedBy } from "./pids.ts";
import { nextDue, untilDue } from "./schedule.ts";
import { ObdSession } from "./session.ts";
import { SimulatedElm, simulatedCar } from "./simulated-elm.ts";
import type { ElmQuirks, SimulatedFigures } from "./simulated-elm.ts";

/** Time passes whenever everybody sleeps, so that nothing waits for a real clock. */
function quickClock(): DriverClock {
  let at = 1_000;
  return {
    now: () => at,
    sleep: async (ms, signal) => {
      for (let turn = 0; turn < 20 && !signal.aborted; turn++) await nextTurn();
      if (!signal.aborted) at += ms;
    },
  };
}

/** A link to a simulated adapter that hands its bytes over in pieces of `piece`; silent while `isSilent`. */
function linkTo(
  elm: Pick<SimulatedElm, "take">,
  { piece = 1_000, isSilent = () => false } = {},
): ByteLink & { lose(): void } {
  const queue: Uint8Array[] = [];
  let wake = (): void => undefined;
  let isOver = false;
  return {
    received: (async function* () {
      for (;;) {
        if (isOver) return;
        const next = queue.shift();
        if (next !== undefined) yield next;
        else await new Promise<void>((resolve) => (wake = resolve));
      }
    })(),
    write: async (bytes) => {
      const answer = elm.take(bytes);
      if (!isSilent()) for (let at = 0; at < answer.length; at += piece) queue.push(answer.subarray(at, at + piece));
      wake();
      await Promise.resolve();
    },
    close: () => {
      isOver = true;
      wake();
    },
    lose: () => {
      isOver = true;
      wake();
    },
  };
}

const figures: SimulatedFigures = {
  speed: 87,
  rpm: 2_150,
  coolant: 91,
  fuelPercent: 40,
  faults: ["P0301", "U0100"],
  vin: "1CARAVAN00SAMPLE7",
};

async function session(quirks: ElmQuirks = {}, piece = 1_000) {
  let faults = figures.faults;
  const car = simulatedCar(
    () => ({ ...figures, faults }),
    () => (faults = []),
  );
  const clock = quickClock();
  const adapter = new ElmAdapter({ link: linkTo(new SimulatedElm(car, quirks), { piece }), clock });
  const open = new ObdSession({ adapter, clock, signal: new AbortController().signal });
  await open.begin();
  return { session: open, adapter };
}

const kinds: readonly (readonly [string, ElmQuirks])[] = [
  ["as in its data sheet", {}],
  ["that echoes whatever it is told", { echoesAlways: true }],
  ["that keeps its blanks", { spacesAlways: true }],
  ["that says SEARCHING on the line of its answer", { searches: true }],
  ["that sends zero bytes", { sendsZeros: true }],
  ["that knows half of the commands", { unknown: ["ATAT1", "ATS0", "ATDPN", "ATL0"], version: "ELM327 v2.1" }],
  ["on a bus with long addresses", { bus: "can29" }],
  ["that is sometimes too slow for its bus", { trouble: { text: "BUFFER FULL", each: 4 } }],
  ["with all of it", { echoesAlways: true, spacesAlways: true, searches: true, sendsZeros: true, unknown: ["ATDPN"] }],
];

test.each(kinds)("an adapter %s is understood", async (_, quirks) => {
  const { session: car, adapter } = await session(quirks, 3);
  expect(car.bus).toBe(quirks.bus ?? "can11");
  expect(await car.supported()).toEqual(new Set([0x05, 0x0c, 0x0d, 0x11, 0x20, 0x2f, 0x40, 0x42, 0x46]));
  const speed = await car.ask(0x01, 0x0d);
  expect(speed.map(({ bytes }) => [...bytes])).toEqual([[87]]);
  expect(await car.vin()).toBe(figures.vin);
  expect((await car.faults()).map(({ code, kind }) => `${kind} ${code}`)).toEqual(["stored P0301", "stored U0100"]);
  await adapter.close();
});

test("an adapter on a serial bus is understood", async () => {
  const { session: car, adapter } = await session({ bus: "serial" });
  expect(car.bus).toBe("serial");
  expect((await car.ask(0x01, 0x0c)).map(({ bytes }) => [...bytes])).toEqual([[0x21, 0x98]]);
  await adapter.close();
});

test("faults are gone once they were cleared", async () => {
  const { session: car, adapter } = await session();
  await expect(car.clearFaults({ wasAskedTwice: false, stands: true })).rejects.toThrow("not-confirmed");
  await expect(car.clearFaults({ wasAskedTwice: true, stands: false })).rejects.toThrow("not-standing");
  expect((await car.faults()).length).toBe(2);
  expect(await car.clearFaults({ wasAskedTwice: true, stands: true })).toBe(true);
  expect(await car.faults()).toEqual([]);
  await adapter.close();
});

test("a session asks for nothing that does more than read", async () => {
  const { session: car, adapter } = await session();
  await expect(car.ask(0x04, 0)).rejects.toThrow("not-reading");
  await expect(car.ask(0x2f, 0)).rejects.toThrow("not-reading");
  await expect(car.ask(0x08, 0)).rejects.toThrow("not-reading");
  await adapter.close();
});

test.each([
  ["UNABLE TO CONNECT", /finds no car/],
  ["NO DATA", /finds no car/],
  ["CAN ERROR", /finds no car/],
  ["LV RESET", /finds no car/],
])("a car that sleeps (%s) is told in one sentence", async (text, message) => {
  await expect(session({ trouble: { text, each: 1 } })).rejects.toThrow(message);
});

test("something that is no ELM327 is told in one sentence", async () => {
  const clock = quickClock();
  const adapter = new ElmAdapter({ link: linkTo({ take: () => new Uint8Array(0) }), clock });
  const open = new ObdSession({ adapter, clock, signal: new AbortController().signal });
  await expect(open.begin()).rejects.toThrow("The adapter no longer answers.");
  await adapter.close();
});

test("a car behind an adapter is in the Store: what it has with its value, what it lacks not at all", async () => {
  const clock = quickClock();
  const store = new Store({ catalogue, clock });
  const sources = new Sources({ store, clock });
  const supervisor = new Supervisor({ sources, clock });
  const elm = new SimulatedElm(simulatedCar(() => figures));
  supervisor.start(createObdDriver({ name: "obd", open: async () => await Promise.resolve(linkTo(elm)), clock }));
  while (
    store.value(Vehicle.Diagnostics.DTCCount) === undefined ||
    store.value(Vehicle.Exterior.AirTemperature) === undefined
  )
    await nextTurn();
  expect(store.get(Vehicle.Speed)).toMatchObject({ value: 87, source: "obd", quality: "good" });
  expect(store.value(Vehicle.Powertrain.CombustionEngine.Speed)).toBe(2_150);
  expect(store.value(Vehicle.Powertrain.CombustionEngine.EngineCoolant.Temperature)).toBe(91);
  expect(store.value(Vehicle.Powertrain.FuelSystem.RelativeLevel)).toBe(40);
  expect(store.value(Vehicle.VehicleIdentification.VIN)).toBe(figures.vin);
  expect(store.value(Vehicle.Diagnostics.DTCList)).toEqual(["P0301", "U0100"]);
  expect(store.value(Vehicle.Powertrain.CombustionEngine.MAF)).toBeUndefined();
  await supervisor.stop();
});

test("an adapter that is pulled out is opened anew, and its signals are stale meanwhile", async () => {
  const clock = quickClock();
  const store = new Store({ catalogue, clock });
  const supervisor = new Supervisor({ sources: new Sources({ store, clock }), clock });
  const links: ReturnType<typeof linkTo>[] = [];
  const open = async (): Promise<ByteLink> => {
    const link = linkTo(new SimulatedElm(simulatedCar(() => figures)));
    links.push(link);
    return await Promise.resolve(link);
  };
  supervisor.start(createObdDriver({ name: "obd", open, clock }));
  while (store.get(Vehicle.Speed)?.quality !== "good") await nextTurn();
  links[0]?.lose();
  while (store.get(Vehicle.Speed)?.quality !== "stale") await nextTurn();
  while (store.get(Vehicle.Speed)?.quality !== "good") await nextTurn();
  expect(links.length).toBeGreaterThan(1);
  await supervisor.stop();
});

test("a slow adapter still asks everything, what changes quickly most often", () => {
  const all = [100, 1_000, 10_000].map((everyMs) => ({ question: everyMs, everyMs, askedAt: 0, misses: 0 }));
  const counts = new Map<number, number>();
  // It takes 400 ms for each answer, four times as long as the first question may wait.
  for (let now = 0; now < 120_000; now += 400) {
    const due = nextDue(all, now);
    if (due === undefined) continue;
    due.askedAt = now;
    counts.set(due.everyMs, (counts.get(due.everyMs) ?? 0) + 1);
  }
  expect(counts.get(10_000)).toBeGreaterThanOrEqual(8);
  expect(counts.get(1_000)).toBeGreaterThan(60);
  expect(counts.get(100)).toBeGreaterThan(counts.get(1_000) ?? 0);
});

test("what nobody answers is asked seldom, and the wait until the next question is told", () => {
  const silent = { question: 1, everyMs: 100, askedAt: 1_000, misses: 3 };
  expect(nextDue([silent], 30_000)).toBeUndefined();
  expect(untilDue([silent], 30_000)).toBe(31_000);
  expect(nextDue([silent], 61_000)).toBe(silent);
});

test("figures come in the units of the vocabulary", () => {
  const told = (pid: number, ...bytes: number[]) =>
    pids.find((each) => each.pid === pid)?.decode(Uint8Array.from(bytes));
  expect(told(0x0c, 0x1a, 0xf8)).toBe(1_726);
  expect(told(0x05, 0x7b)).toBe(83);
  expect(told(0x11, 0xff)).toBe(100);
  expect(told(0x42, 0x32, 0xc8)).toBe(13);
  expect(told(0xa6, 0x00, 0x01, 0x86, 0xa0)).toBe(10_000_000);
  expect(supportedBy(0x20, Uint8Array.of(0x80, 0, 0, 1))).toEqual([0x21, 0x40]);
});

test("every pid's largest answer is a value that its signal takes", () => {
  const store = new Store({ catalogue, clock: { now: () => 1 } });
  for (const pid of pids)
    for (const byte of [0, 127, 255]) {
      // The mileage of a car ends long before the four bytes for it do.
      const data = new Uint8Array(pid.bytes).fill(byte);
      if (pid.bytes === 4) data[0] = 0;
      store.set(pid.signal, pid.decode(data), { source: "test" });
    }
  expect(store.value(Vehicle.Speed)).toBe(255);
});

test("trouble codes are read as people write them", () => {
  expect(readFaults(Uint8Array.of(2, 0x01, 0x43, 0xc1, 0x96), true)).toEqual(["P0143", "U0196"]);
  expect(readFaults(Uint8Array.of(0x01, 0x43, 0, 0, 0x44, 0x21), false)).toEqual(["P0143", "C0421"]);
  expect(readFaults(Uint8Array.of(9, 0x01), true)).toEqual([]);
});

test("protocol numbers are understood with and without the letter of the automatic choice", () => {
  expect(["A6", "8", "A7", "3", "0", "?", ""].map(busKindOf)).toEqual([
    "can11",
    "can11",
    "can29",
    "serial",
    undefined,
    undefined,
    undefined,
  ]);
});

test("whatever an adapter sends ends in a reply", () => {
  const words = fc.constantFrom(
    "7E8",
    "SEARCHING...",
    "NO DATA",
    "410C",
    "\r",
    ">",
    "?",
    " ",
    "BUFFER FULL",
    "<RX ERROR",
    "1014",
    "21",
    "0",
  );
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string(),
        fc.array(words, { maxLength: 20 }).map((parts) => parts.join("")),
      ),
      fc.constantFrom("can11", "can29", "serial", undefined),
      (text, bus) => {
        const reply = readReply(text, "010C", bus);
        if (reply.kind === "answers") for (const { bytes } of reply.answers) expect(bytes.length).toBeGreaterThan(0);
      },
    ),
  );
});

test("an adapter that babbles holds the driver up no longer than its patience, and is bounded", async () => {
  const clock = quickClock();
  const babble = { take: () => new Uint8Array(100_000).fill(0x41) };
  const adapter = new ElmAdapter({ link: linkTo(babble), clock });
  await expect(adapter.ask("ATZ", 1_000)).rejects.toThrow("no longer answers");
  await adapter.close();
});
