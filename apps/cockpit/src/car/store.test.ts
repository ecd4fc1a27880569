import type { CockpitMessage, Journey, RouteProgress } from "@caravan/link";
import { FrameWriter } from "@caravan/link/frames";
import { expect, test } from "vitest";
import { CarStore, firstSettings, showsLastValues } from "./store.ts";

function clockwork() {
  let now = 0;
  const tasks: { at: number; run: () => void }[] = [];
  return {
    now: () => now,
    after: (ms: number, run: () => void) => {
      const task = { at: now + ms, run };
      tasks.push(task);
      return () => {
        const index = tasks.indexOf(task);
        if (index >= 0) tasks.splice(index, 1);
      };
    },
    pass: (ms: number) => {
      const until = now + ms;
      for (;;) {
        const next = tasks.filter(({ at }) => at <= until).toSorted((a, b) => a.at - b.at)[0];
        if (next === undefined) break;
        tasks.splice(tasks.indexOf(next), 1);
        now = next.at;
        next.run();
      }
      now = until;
    },
  };
}

const hello: CockpitMessage = {
  type: "hello",
  version: "1",
  car: { name: "Car 1", model: "Test", simulated: true, vehicle: "v" },
  signals: [
    { slot: 3, path: "Vehicle.Speed", datatype: "float" },
    { slot: 4, path: "Vehicle.Cabin.Door.Row1.DriverSide.IsLocked", datatype: "boolean" },
  ],
  values: { "Vehicle.Speed": 10, "Vehicle.Cabin.Door.Row1.DriverSide.IsLocked": true },
  driving: "parked",
  journey: { kind: "idle" },
  alerts: [],
  position: "satellites",
  person: { id: "p", name: "" },
  persons: [{ id: "p", name: "" }],
  settings: firstSettings,
  places: [],
  recent: [],
  online: true,
};

/** One reading as the car sends it; a quality of 0 is a signal without one. */
function frame(slot: number, value: number, quality = 1): Uint8Array {
  const writer = new FrameWriter();
  writer.add(slot, value, 1_760_000_000_000, quality);
  return writer.take({ subscription: 1, sequence: 1, passedOver: 0, isSnapshot: false });
}

function connected() {
  const clock = clockwork();
  const store = new CarStore(clock);
  store.setLink(true);
  store.receive(hello);
  let renders = 0;
  store.subscribe(() => {
    renders += 1;
  });
  return { clock, store, renders: () => renders };
}

test("a speed that changes twenty times a second is drawn at once, but rendered at most twice a second", () => {
  const { clock, store, renders } = connected();
  let drawn = 0;
  store.signal("Vehicle.Speed").subscribe(() => {
    drawn += 1;
  });
  for (let i = 0; i < 100; i += 1) {
    store.receiveFrame(frame(3, 20 + i));
    clock.pass(50);
  }
  expect(drawn).toBe(100);
  expect(renders()).toBeGreaterThanOrEqual(9);
  expect(renders()).toBeLessThanOrEqual(10);
  expect(store.state().values.get("Vehicle.Speed")).toBeGreaterThan(100);
});

test("a lock that turns is shown without waiting for the beat", () => {
  const { store, renders } = connected();
  store.receiveFrame(frame(4, 0));
  expect(renders()).toBe(1);
  expect(store.state().values.get("Vehicle.Cabin.Door.Row1.DriverSide.IsLocked")).toBe(false);
});

test("setting off is known in the same moment", () => {
  const { store } = connected();
  store.receive({ type: "driving", driving: "moving" });
  expect(store.state().driving).toBe("moving");
});

test("without a line to the car nobody knows whether it moves", () => {
  const { clock, store } = connected();
  clock.pass(1_234);
  store.receive({ type: "online", online: true });
  clock.pass(8_000);
  store.setLink(false);
  expect(store.state()).toMatchObject({ link: "lost", lostAt: 1_234, driving: "unknown" });
});

test("a sensor that went away has no value, not nought", () => {
  const { store } = connected();
  const speed = store.signal("Vehicle.Speed");
  expect(speed.get()).toBe(10);
  store.receiveFrame(frame(3, Number.NaN, 0));
  expect(speed.get()).toBeUndefined();
  expect(store.state().values.has("Vehicle.Speed")).toBe(false);
});

test("a car that comes back without a signal does not keep its old value", () => {
  const { store } = connected();
  store.setLink(false);
  store.receive({ ...hello, values: {} });
  expect(store.signal("Vehicle.Speed").get()).toBeUndefined();
  expect(store.state().link).toBe("open");
});

test("texts come as words, and one that is no text any more is gone", () => {
  const { clock, store } = connected();
  const path = "Vehicle.VehicleIdentification.Model";
  store.receive({ type: "texts", frames: 1, values: { [path]: { value: "One", at: 1, quality: "good" } } });
  clock.pass(500);
  expect(store.state().values.get(path)).toBe("One");
  store.receive({ type: "texts", frames: 1, values: { [path]: null } });
  expect(store.state().values.has(path)).toBe(false);
});

test("bytes that are no frame, and slots nobody named, change nothing", () => {
  const { store, renders } = connected();
  store.receiveFrame(new Uint8Array(5));
  store.receiveFrame(frame(77, 5));
  expect(renders()).toBe(0);
  expect(store.state().values.size).toBe(2);
});

test("the same value again renders nothing", () => {
  const { clock, store, renders } = connected();
  store.receiveFrame(frame(3, 10));
  clock.pass(2_000);
  expect(renders()).toBe(0);
});

test("the last values of a recording count as such once it has ended, and not while it plays", () => {
  const { store } = connected();
  const over = () => showsLastValues(store.state());
  expect(over()).toBe(false);
  store.receive({ type: "driving", driving: "moving" });
  store.receive({ type: "journey", journey: { kind: "replay", file: "a.log" } });
  expect(over()).toBe(false);
  store.receive({ type: "journey", journey: { kind: "replay", file: "a.log", ended: true } });
  expect(over()).toBe(true);
  // It ended in motion: nobody knows whether the car stands, so it counts as moving still.
  expect(store.state().driving).toBe("moving");
});

function drivingOn(id: string): Journey {
  const to = { lat: 57.7, lon: 11.97, name: "Harbour" };
  const figures = { distance: 1_000, duration: 100, delay: 0, energy: 0.2, arrivalCharge: 60 };
  const lists = { stops: [], geometry: [], manoeuvres: [], traffic: [], notices: [] };
  return { kind: "driving", route: { id, to, via: "", ...figures, ...lists } };
}

function progressOn(route: string, along: number): RouteProgress {
  return { route, along, remaining: 1_000 - along, remainingTime: 60, next: 3, toNext: 50, nextStop: 0 };
}

test("no progress is drawn on a route that it is not of", () => {
  const { store } = connected();
  const seen: (readonly [string, number | undefined])[] = [];
  store.subscribe(() => {
    const { journey, progress } = store.state();
    if (journey.kind === "driving") seen.push([journey.route.id, progress?.along]);
  });
  store.receive({ type: "progress", progress: progressOn("old", 100) });
  expect(store.progress.get()).toBeUndefined();
  store.receive({ type: "journey", journey: drivingOn("old") });
  store.receive({ type: "progress", progress: progressOn("old", 400) });
  store.receive({ type: "journey", journey: drivingOn("new") });
  expect(store.progress.get()).toBeUndefined();
  store.receive({ type: "progress", progress: progressOn("old", 401) });
  expect(store.progress.get()).toBeUndefined();
  store.receive({ type: "progress", progress: progressOn("new", 0) });
  store.learn({ journey: drivingOn("new") });
  expect(store.progress.get()?.along).toBe(0);
  expect(seen.filter(([id, along]) => id === "new" && along !== undefined && along >= 400)).toEqual([]);
  store.learn({ journey: { kind: "idle" } });
  expect(store.state().progress).toBeUndefined();
});
