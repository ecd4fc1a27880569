import { Catalogue, Store, Vehicle, catalogue, check } from "@caravan/signals";
import type { Signal, SignalValue } from "@caravan/signals";
import { expect, test } from "vitest";
import type { Asker, Question, Verdict } from "./asker.ts";
import { createGate } from "./gate.ts";
import type { MotionCommand, Provider } from "./gate.ts";
import { safeNow } from "./safe-now.ts";

const driver: Asker = { kind: "screen", id: "driver" };
const window = Vehicle.Cabin.Door.Row1.DriverSide.Window.Position;
const from = { source: "body" };

/** A clock that stands until `pass` is called, and a provider that notes what it was told. */
function gateWith(
  parts: {
    readonly standing?: (question: Question, asker: Asker) => Verdict;
    readonly guard?: (question: Question) => Verdict;
    readonly apply?: (path: string, value: SignalValue) => boolean | Promise<boolean>;
    readonly motion?: ((command: MotionCommand<string>) => boolean) | "none";
  } = {},
) {
  const store = new Store({ catalogue, clock: { now: () => 0 } });
  const told: [string, SignalValue][] = [];
  const timers = new Set<{ ms: number; callback: () => void }>();
  const provider: Provider<string> = {
    apply: (path, value) => {
      told.push([path, value]);
      return parts.apply?.(path, value) ?? true;
    },
    ...(parts.motion === "none" ? {} : { motion: parts.motion ?? (() => true) }),
  };
  let listening = 0;
  const gate = createGate<string>({
    store: {
      value: (signal) => store.value(signal),
      subscribe: (signals, listener) => {
        const end = store.subscribe(signals, listener);
        listening++;
        return () => {
          listening--;
          end();
        };
      },
    },
    signalAt: (path) => catalogue.find(path),
    check: (signal: Signal, value: unknown) => check(signal, value),
    provider,
    standing: parts.standing ?? (() => "allowed"),
    guard: parts.guard ?? (() => "allowed"),
    after: (ms, callback) => {
      const timer = { ms, callback };
      timers.add(timer);
      return () => timers.delete(timer);
    },
  });
  const pass = (ms: number) => {
    for (const timer of timers) {
      timer.ms -= ms;
      if (timer.ms > 0) continue;
      timers.delete(timer);
      timer.callback();
    }
  };
  return { gate, store, told, timers, pass, listening: () => listening };
}

test("a command is done when the signal itself shows the value, and not before", async () => {
  const { gate, store, told, timers } = gateWith();
  let outcome: unknown;
  const asked = gate.actuate(window.path, 50, driver).then((answer) => (outcome = answer));
  store.set(window, 20, from);
  await Promise.resolve();
  expect(outcome).toBeUndefined();
  store.set(window, 50, from);
  await asked;
  expect(outcome).toEqual({ kind: "done", value: 50 });
  expect(told).toEqual([[window.path, 50]]);
  expect(timers.size).toBe(0);
});

test("a car that obeys at once is answered at once", async () => {
  const made = gateWith({ apply: () => (made.store.set(window, 7, from), true) });
  expect(await made.gate.actuate(window.path, 7, driver)).toEqual({ kind: "done", value: 7 });
});

test.each([
  ["Vehicle.NoSuchThing", true, "unknown-signal"],
  [Vehicle.Speed.path, 10, "not-an-actuator"],
  [window.path, 101, "bad-value"],
  [window.path, "wide", "bad-value"],
  [Vehicle.Powertrain.Transmission.PerformanceMode.path, "ROCKET", "bad-value"],
])("%s = %j is refused as %3$s and the car hears nothing of it", async (path, value, why) => {
  const { gate, told } = gateWith();
  expect(await gate.actuate(path, value, driver)).toEqual({ kind: "refused", why });
  expect(told).toEqual([]);
});

test("who may not ask is refused before anybody looks whether it is safe", async () => {
  const looked: Question[] = [];
  const { gate, told } = gateWith({
    standing: (_, asker) => (asker.kind === "viss" ? "not-allowed" : "allowed"),
    guard: (question) => (looked.push(question), "allowed"),
  });
  expect(await gate.actuate(window.path, 5, { kind: "viss" })).toEqual({ kind: "refused", why: "not-allowed" });
  expect(gate.motion({ kind: "drive", path: "home" }, { kind: "viss" })).toEqual({
    kind: "refused",
    why: "not-allowed",
  });
  expect(looked).toEqual([]);
  expect(told).toEqual([]);
});

test("what is not safe now is refused with the guard's own reason", async () => {
  const { gate, told } = gateWith({ guard: () => "moving" });
  expect(await gate.actuate(window.path, 5, driver)).toEqual({ kind: "refused", why: "moving" });
  expect(told).toEqual([]);
});

test("what this car has no part for is not available", async () => {
  const { gate } = gateWith({ apply: () => false });
  expect(await gate.actuate(window.path, 5, driver)).toEqual({ kind: "refused", why: "not-available" });
});

test("a signal that stays silent for eight seconds is no answer, and nothing is left waiting", async () => {
  const { gate, store, pass, timers } = gateWith();
  const asked = gate.actuate(window.path, 50, driver);
  pass(7_999);
  expect(timers.size).toBe(1);
  pass(1);
  expect(await asked).toEqual({ kind: "refused", why: "no-answer" });
  store.set(window, 50, from);
  expect(timers.size).toBe(0);
});

test("a newer command for the same signal takes the older one's place", async () => {
  const { gate, store } = gateWith();
  const older = gate.actuate(window.path, 50, driver);
  const newer = gate.actuate(window.path, 80, driver);
  expect(await older).toEqual({ kind: "refused", why: "superseded" });
  store.set(window, 80, from);
  expect(await newer).toEqual({ kind: "done", value: 80 });
});

test("64 commands may wait, one more is refused, a newer one for a waiting signal is not", async () => {
  const { gate, pass, told } = gateWith();
  const actuators = catalogue.signals.filter(({ kind, datatype }) => kind === "actuator" && datatype === "boolean");
  expect(actuators.length).toBeGreaterThan(65);
  const asked = actuators.slice(0, 64).map(({ path }) => gate.actuate(path, true, driver));
  expect(await gate.actuate(actuators[64]?.path ?? "", true, driver)).toEqual({ kind: "refused", why: "busy" });
  expect(told).toHaveLength(64);
  const again = gate.actuate(actuators[0]?.path ?? "", false, driver);
  expect(await asked[0]).toEqual({ kind: "refused", why: "superseded" });
  pass(10_000);
  expect(await again).toEqual({ kind: "refused", why: "no-answer" });
  expect(await asked[63]).toEqual({ kind: "refused", why: "no-answer" });
});

test("what is answered waits no longer and listens no longer", async () => {
  const made = gateWith({
    apply: (path, value) => {
      made.store.setByPath(path, value, from);
      return true;
    },
  });
  const actuators = catalogue.signals.filter(({ kind, datatype }) => kind === "actuator" && datatype === "boolean");
  for (const { path } of actuators) expect((await made.gate.actuate(path, true, driver)).kind).toBe("done");
  expect(made.listening()).toBe(0);
});

test("numbers that differ are not the same, however close", async () => {
  const { gate, store, pass } = gateWith();
  const { Temperature } = Vehicle.Cabin.HVAC.Station.Row1.Driver;
  const asked = gate.actuate(Temperature.path, 21.3, driver);
  store.set(Temperature, 21.299, from);
  pass(10_000);
  expect(await asked).toEqual({ kind: "refused", why: "no-answer" });
});

test("numbers that come back in single precision are the same numbers", async () => {
  const { gate, store } = gateWith();
  const { Temperature } = Vehicle.Cabin.HVAC.Station.Row1.Driver;
  const asked = gate.actuate(Temperature.path, 21.3, driver);
  store.set(Temperature, Math.fround(21.3), from);
  expect(await asked).toEqual({ kind: "done", value: 21.3 });
});

test("lists are the same where each element is", async () => {
  const signal: Signal = { path: "Vehicle.Test", kind: "actuator", datatype: "string[]", description: "", slot: 0 };
  const own = new Catalogue([signal]);
  const store = new Store({ catalogue: own, clock: { now: () => 0 } });
  store.set(signal, ["a", "b"], from);
  const timers: (() => void)[] = [];
  const gate = createGate<string>({
    store,
    signalAt: (path) => own.find(path),
    check: (known: Signal, value: unknown) => check(known, value),
    provider: { apply: () => true },
    standing: () => "allowed",
    guard: () => "allowed",
    after: (_, callback) => (timers.push(callback), () => undefined),
    answerWithinMs: 100,
  });
  expect(await gate.actuate(signal.path, ["a", "b"], driver)).toEqual({ kind: "done", value: ["a", "b"] });
  const other = gate.actuate(signal.path, ["a", "c"], driver);
  const shorter = gate.actuate(signal.path, ["a"], driver);
  for (const timer of timers) timer();
  expect(await other).toEqual({ kind: "refused", why: "superseded" });
  expect(await shorter).toEqual({ kind: "refused", why: "no-answer" });
});

test("stopping needs nobody's leave, driving does", () => {
  const commands: string[] = [];
  const { gate } = gateWith({ guard: () => "door-open", motion: (command) => (commands.push(command.kind), true) });
  expect(gate.motion({ kind: "drive", path: "home" }, driver)).toEqual({ kind: "refused", why: "door-open" });
  expect(gate.motion({ kind: "pedals", accelerator: 1, steering: 0 }, driver)).toEqual({
    kind: "refused",
    why: "door-open",
  });
  expect(gate.motion({ kind: "stop" }, { kind: "remote" })).toEqual({ kind: "done" });
  expect(commands).toEqual(["stop"]);
});

test("a path that the car cannot drive now is refused, and a real car drives none", () => {
  expect(gateWith({ motion: () => false }).gate.motion({ kind: "drive", path: "x" }, driver)).toEqual({
    kind: "refused",
    why: "not-drivable",
  });
  expect(gateWith({ motion: "none" }).gate.motion({ kind: "stop" }, driver)).toEqual({
    kind: "refused",
    why: "not-available",
  });
  expect(gateWith().gate.motion({ kind: "drive", path: "x" }, driver)).toEqual({ kind: "done" });
});

test("with the usual guard a door stays shut at 30 km/h and opens at rest", async () => {
  const { store } = gateWith();
  const { gate } = gateWith({ guard: safeNow(store) });
  const door = Vehicle.Cabin.Door.Row1.DriverSide.IsOpen;
  store.set(Vehicle.Speed, 30, from);
  expect(await gate.actuate(door.path, true, driver)).toEqual({ kind: "refused", why: "moving" });
});

test("an outside program that says no ends the command; one that says yes leaves it to the signal", async () => {
  const { gate, store, timers, listening } = gateWith({ apply: async (_path, value) => value !== 10 });
  expect(await gate.actuate(window.path, 10, driver)).toEqual({ kind: "refused", why: "denied" });
  expect([timers.size, listening()]).toEqual([0, 0]);
  const asked = gate.actuate(window.path, 20, driver);
  await Promise.resolve();
  expect(timers.size).toBe(1);
  store.set(window, 20, from);
  expect(await asked).toEqual({ kind: "done", value: 20 });
});

test("a no that comes too late does not end the newer command for the same signal", async () => {
  const answers: ((does: boolean) => void)[] = [];
  const { gate, store } = gateWith({ apply: () => new Promise<boolean>((resolve) => answers.push(resolve)) });
  const first = gate.actuate(window.path, 10, driver);
  const second = gate.actuate(window.path, 20, driver);
  answers[0]?.(false);
  expect(await first).toEqual({ kind: "refused", why: "superseded" });
  store.set(window, 20, from);
  expect(await second).toEqual({ kind: "done", value: 20 });
});

test("the gate tells what it would say and does nothing", () => {
  const { gate, told } = gateWith({
    standing: (question) => (question.kind === "actuate" && question.value === 9 ? "not-allowed" : "allowed"),
  });
  expect(gate.judge(window.path, 8, driver)).toBe("allowed");
  expect(gate.judge(window.path, 9, driver)).toBe("not-allowed");
  expect(gate.judge(window.path, 900, driver)).toBe("bad-value");
  expect(gate.judge("Vehicle.Nothing", 9, driver)).toBe("unknown-signal");
  expect(gate.judge(Vehicle.Speed.path, 9, driver)).toBe("not-an-actuator");
  expect(told).toEqual([]);
});

test("the gate says beforehand that too many wait", () => {
  const { gate } = gateWith();
  const actuators = catalogue.signals.filter(({ kind, datatype }) => kind === "actuator" && datatype === "boolean");
  for (const { path } of actuators.slice(0, 64)) void gate.actuate(path, true, driver);
  expect(gate.judge(actuators[64]?.path ?? "", true, driver)).toBe("busy");
  expect(gate.judge(actuators[0]?.path ?? "", true, driver)).toBe("allowed");
});
