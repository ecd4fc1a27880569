import { setImmediate as nextTurn } from "node:timers/promises";
import { Store, Vehicle, catalogue } from "@caravan/signals";
import { expect, test } from "vitest";
import type { Driver, DriverClock, DriverEnd, Outlet } from "../driver.ts";
import { Sources } from "../sources/sources.ts";
import { pauseMs } from "./supervision.ts";
import { Supervisor } from "./supervisor.ts";

/** A clock that stands until `pass` moves it on; whoever sleeps is woken in order. */
function standingClock() {
  const sleepers = new Set<{ until: number; wake: () => void }>();
  const clock: DriverClock & { at: number } = {
    at: 1_000,
    now: () => clock.at,
    sleep: (ms, signal) =>
      new Promise((resolve) => {
        if (signal.aborted) return resolve();
        const sleeper = {
          until: clock.at + ms,
          wake: () => {
            sleepers.delete(sleeper);
            resolve();
          },
        };
        sleepers.add(sleeper);
        return signal.addEventListener("abort", sleeper.wake, { once: true });
      }),
  };
  const pass = async (ms: number): Promise<void> => {
    const end = clock.at + ms;
    while (clock.at < end) {
      clock.at = Math.min(end, clock.at + 50);
      for (const sleeper of sleepers) if (sleeper.until <= clock.at) sleeper.wake();
      await nextTurn();
    }
  };
  return { clock, pass };
}

type Script = (outlet: Outlet, signal: AbortSignal, clock: DriverClock) => Promise<DriverEnd>;

function supervised(more: Partial<Driver> & { readonly script: Script }) {
  const { clock, pass } = standingClock();
  const store = new Store({ catalogue, clock });
  const sources = new Sources({ store, clock });
  const changes: string[] = [];
  const supervisor = new Supervisor({ sources, clock, onChange: (_, { kind }) => changes.push(kind) });
  const { script, ...rest } = more;
  supervisor.start({
    name: "can0",
    quality: "good",
    figures: () => [],
    run: (outlet, signal) => script(outlet, signal, clock),
    ...rest,
  });
  const health = () => {
    const [first] = supervisor.health();
    if (first === undefined) throw new Error("there is no driver");
    return first;
  };
  return { store, clock, pass, supervisor, changes, health };
}

const untilAborted = (signal: AbortSignal): Promise<DriverEnd> =>
  new Promise((resolve) => signal.addEventListener("abort", () => resolve({ kind: "lost", why: "told to end" })));

const speaks: Script = async (outlet, signal, clock) => {
  const speed = outlet.claim(Vehicle.Speed, { timeoutMs: 1_000 });
  while (!signal.aborted) {
    outlet.put(speed, 50);
    await clock.sleep(100, signal);
  }
  return { kind: "lost", why: "told to end" };
};

test("a driver that speaks runs, and stopping leaves nothing behind", async () => {
  const { store, pass, supervisor, health } = supervised({ script: speaks });
  await pass(5_000);
  expect(store.get(Vehicle.Speed)).toMatchObject({ value: 50, source: "can0", quality: "good" });
  expect(health()).toMatchObject({ state: "running", startedAnew: 0, refused: 0, dropped: 0 });
  await supervisor.stop();
});

test("a driver that dies is started anew, later each time, and its signals go stale meanwhile", async () => {
  const begins: number[] = [];
  const { store, pass, supervisor, health } = supervised({
    script: async (outlet, _signal, clock) => {
      begins.push(clock.now());
      outlet.put(outlet.claim(Vehicle.Speed), 50);
      await clock.sleep(100, new AbortController().signal);
      throw new Error("the adapter was unplugged");
    },
  });
  await pass(300);
  expect(store.get(Vehicle.Speed)?.quality).toBe("stale");
  expect(health()).toMatchObject({ state: "waiting", why: "the adapter was unplugged" });
  await pass(8_000);
  const pauses = begins.slice(1).map((at, i) => at - (begins[i] ?? 0));
  expect(pauses.length).toBeGreaterThanOrEqual(3);
  pauses.forEach((pause, i) => expect(pause).toBeGreaterThanOrEqual(pauseMs(i + 1)));
  expect(pauses.toSorted((a, b) => a - b)).toEqual(pauses);
  await supervisor.stop();
});

test("a run that held for a minute earns a quick start", async () => {
  let runs = 0;
  const { pass, supervisor, health } = supervised({
    script: async (_outlet, signal, clock) => {
      runs++;
      await clock.sleep(runs < 4 ? 50 : 61_000, signal);
      return { kind: "lost", why: "gone" };
    },
  });
  await pass(5_000);
  expect(runs).toBe(4);
  await pass(62_000);
  expect(runs).toBe(5);
  expect(health().startedAnew).toBe(4);
  await supervisor.stop();
});

test("a driver that falls silent is cut, its signals go stale, and it is started anew", async () => {
  let runs = 0;
  const { store, pass, supervisor, changes } = supervised({
    stallAfterMs: 2_000,
    script: (outlet, signal) => {
      runs++;
      outlet.put(outlet.claim(Vehicle.Speed, { timeoutMs: 60_000 }), 50);
      return untilAborted(signal);
    },
  });
  await pass(1_900);
  expect(store.get(Vehicle.Speed)?.quality).toBe("good");
  await pass(600);
  expect(store.get(Vehicle.Speed)?.quality).toBe("stale");
  await pass(1_000);
  expect(runs).toBe(2);
  expect(changes.slice(0, 3)).toEqual(["ending", "waiting", "running"]);
  await supervisor.stop();
});

test("signs of life keep a driver that has nothing to tell", async () => {
  const { pass, supervisor, health } = supervised({
    stallAfterMs: 1_000,
    script: async (outlet, signal, clock) => {
      while (!signal.aborted) {
        outlet.alive();
        await clock.sleep(500, signal);
      }
      return { kind: "over" };
    },
  });
  await pass(10_000);
  expect(health()).toMatchObject({ state: "running", startedAnew: 0 });
  await supervisor.stop();
});

test("a flood overflows: what is too much is dropped, the driver is cut and started anew", async () => {
  const { pass, supervisor, health, store } = supervised({
    mostReadingsPerSecond: 1_000,
    script: async (outlet, signal, clock) => {
      const speed = outlet.claim(Vehicle.Speed);
      while (!signal.aborted) {
        for (let i = 0; i < 500; i++) outlet.put(speed, i % 100);
        await clock.sleep(50, signal);
      }
      return { kind: "lost", why: "told to end" };
    },
  });
  await pass(700);
  expect(health()).toMatchObject({ state: "waiting", why: "flooded the car with readings" });
  expect(health().taken).toBeLessThanOrEqual(1_000);
  expect(health().dropped).toBeGreaterThan(0);
  expect(store.get(Vehicle.Speed)?.quality).toBe("stale");
  await supervisor.stop();
});

test("what a cut run still tells is dropped", async () => {
  const kept: Outlet[] = [];
  const { pass, supervisor, store } = supervised({
    stallAfterMs: 1_000,
    script: (outlet, signal) => {
      kept.push(outlet);
      return untilAborted(signal);
    },
  });
  await pass(1_500);
  const [late] = kept;
  expect(late?.put(late.claim(Vehicle.Speed), 50)).toBe(false);
  expect(store.get(Vehicle.Speed)).toBeUndefined();
  await supervisor.stop();
});

test("a driver that does not even end when told to is given up after three runs", async () => {
  let runs = 0;
  const { pass, supervisor, health, store } = supervised({
    stallAfterMs: 1_000,
    script: (outlet) => {
      runs++;
      outlet.put(outlet.claim(Vehicle.Speed), 50);
      return new Promise(() => undefined);
    },
  });
  await pass(60_000);
  await supervisor.over("can0");
  expect(runs).toBe(3);
  expect(health()).toMatchObject({ state: "given up", why: "fell silent and did not end" });
  expect(store.get(Vehicle.Speed)?.quality).toBe("stale");
  const stopping = supervisor.stop();
  await pass(3_000);
  await stopping;
});

test("a recording that is over is not started again", async () => {
  let runs = 0;
  const { pass, supervisor, health, store } = supervised({
    script: async (outlet) => {
      runs++;
      outlet.put(outlet.claim(Vehicle.Speed), 50);
      return await Promise.resolve({ kind: "over" });
    },
  });
  await supervisor.over("can0");
  await pass(5_000);
  expect(runs).toBe(1);
  expect(health().state).toBe("over");
  expect(store.get(Vehicle.Speed)?.quality).toBe("stale");
  await supervisor.stop();
});

test("one driver's death leaves the others alone", async () => {
  const { pass, supervisor, store } = supervised({ script: speaks });
  supervisor.start({
    name: "can1",
    quality: "good",
    figures: () => [],
    run: () => Promise.reject(new Error("no such device")),
  });
  await pass(3_000);
  expect(store.get(Vehicle.Speed)).toMatchObject({ source: "can0", quality: "good" });
  expect(() =>
    supervisor.start({
      name: "can1",
      quality: "good",
      figures: () => [],
      run: () => untilAborted(new AbortController().signal),
    }),
  ).toThrow(/two drivers/);
  await supervisor.stop();
});
