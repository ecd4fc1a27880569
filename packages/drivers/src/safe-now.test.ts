import { Store, Vehicle, catalogue } from "@caravan/signals";
import type { Signal, SignalValue } from "@caravan/signals";
import { expect, test } from "vitest";
import type { Verdict } from "./asker.ts";
import { safeNow } from "./safe-now.ts";

const from = { source: "test" };
const { Body, Cabin, Chassis, Powertrain } = Vehicle;
const door = Cabin.Door.Row1.DriverSide;
const gear = Powertrain.Transmission.SelectedGear;

function ask(speed: number | undefined, signal: Signal, value: SignalValue, prepare?: (store: Store) => void): Verdict {
  const store = new Store({ catalogue, clock: { now: () => 0 } });
  if (speed !== undefined) store.set(Vehicle.Speed, speed, from);
  prepare?.(store);
  return safeNow(store)({ kind: "actuate", path: signal.path, value });
}

test.each([
  ["a door opens at rest", 0, door.IsOpen, true, "allowed"],
  ["a door does not open at 3 km/h", 3, door.IsOpen, true, "moving"],
  ["a door shuts at any speed", 80, door.IsOpen, false, "allowed"],
  ["a door does not open by its position either", 3, door.Position, 1, "moving"],
  ["nor by its switch", 3, door.Switch, "OPEN", "moving"],
  ["a switch may be told to shut", 80, door.Switch, "ONE_SHOT_CLOSE", "allowed"],
  ["or to rest", 80, door.Switch, "INACTIVE", "allowed"],
  ["or to shut while held", 80, door.Switch, "CLOSE", "allowed"],
  ["a door may be told its shut position", 80, door.Position, 0, "allowed"],
  ["1 km/h is still standing", 1, door.IsOpen, true, "allowed"],
  ["5 km/h is still walking pace", 5, gear, 126, "allowed"],
  ["doors are not unlocked at speed", 50, door.IsLocked, false, "moving"],
  ["doors are locked at any speed", 50, door.IsLocked, true, "allowed"],
  ["the trunk stays shut at speed", 20, Body.Trunk.Rear.IsOpen, true, "moving"],
  ["the hood stays shut at speed", 20, Body.Hood.IsOpen, true, "moving"],
  ["windows move at any speed", 120, door.Window.Position, 100, "allowed"],
  ["P waits for walking pace", 6, gear, 126, "moving"],
  ["P below walking pace", 4, gear, 126, "allowed"],
  ["R waits for walking pace", 30, gear, -1, "moving"],
  ["N at any speed", 100, gear, 0, "allowed"],
  ["the parking brake is not pulled at speed", 30, Chassis.ParkingBrake.IsEngaged, true, "moving"],
  ["and let go at any speed", 30, Chassis.ParkingBrake.IsEngaged, false, "allowed"],
  ["the park lock neither", 30, Powertrain.Transmission.IsParkLockEngaged, true, "moving"],
  ["the park lock is released at any speed", 30, Powertrain.Transmission.IsParkLockEngaged, false, "allowed"],
  ["mirrors do not fold at speed", 30, Body.Mirrors.DriverSide.IsFolded, true, "moving"],
  ["mirrors unfold at any speed", 30, Body.Mirrors.DriverSide.IsFolded, false, "allowed"],
  ["mirrors are adjusted at any speed", 30, Body.Mirrors.DriverSide.Pan, 10, "allowed"],
  ["the steering column stays while moving", 30, Chassis.SteeringWheel.Tilt, 10, "moving"],
  ["and so does its length", 30, Chassis.SteeringWheel.Extension, 10, "moving"],
  ["the driver's seat does not slide while moving", 30, Cabin.Seat.Row1.DriverSide.Position, 10, "moving"],
  [
    "charging does not start while moving",
    30,
    Powertrain.TractionBattery.Charging.StartStopCharging,
    "START",
    "moving",
  ],
  ["charging stops at any time", 30, Powertrain.TractionBattery.Charging.StartStopCharging, "STOP", "allowed"],
  [
    "the charging flap stays shut while moving",
    30,
    Powertrain.TractionBattery.Charging.ChargingPort.RearLeft.IsFlapOpen,
    true,
    "moving",
  ],
] as const)("%s", (_, speed, signal, value, verdict) => {
  expect(ask(speed, signal, value)).toBe(verdict);
});

test("a car that does not say how fast it is counts as driving fast", () => {
  expect(ask(undefined, door.IsOpen, true)).toBe("moving");
  expect(ask(undefined, gear, 126)).toBe("moving");
});

test("a car that says it moves is moving, whatever its speed reads", () => {
  expect(ask(0, door.IsOpen, true, (store) => store.set(Vehicle.IsMoving, true, from))).toBe("moving");
});

test("a locked door does not open", () => {
  expect(ask(0, door.IsOpen, true, (store) => store.set(door.IsLocked, true, from))).toBe("locked");
  expect(ask(0, door.IsOpen, false, (store) => store.set(door.IsLocked, true, from))).toBe("allowed");
});

test("from neutral back to D at speed is allowed only where the car was in a forward gear", () => {
  expect(ask(50, gear, 127, (store) => store.set(Powertrain.Transmission.CurrentGear, 1, from))).toBe("allowed");
  expect(ask(50, gear, 127, (store) => store.set(Powertrain.Transmission.CurrentGear, -1, from))).toBe("moving");
  expect(ask(50, gear, 127, (store) => store.set(Powertrain.Transmission.CurrentGear, 0, from))).toBe("moving");
  expect(ask(50, gear, 127)).toBe("moving");
});

test("R and P wait for walking pace, also from a forward gear", () => {
  const forward = (store: Store): void => store.set(Powertrain.Transmission.CurrentGear, 1, from);
  expect(ask(30, gear, -1, forward)).toBe("moving");
  expect(ask(30, gear, 126, forward)).toBe("moving");
});

test("the car stays in P at the charging cable and does not drive", () => {
  const store = new Store({ catalogue, clock: { now: () => 0 } });
  store.set(Vehicle.Speed, 0, from);
  store.set(Powertrain.TractionBattery.Charging.ChargingPort.RearLeft.IsChargingCableConnected, true, from);
  const guard = safeNow(store);
  expect(guard({ kind: "actuate", path: gear.path, value: 127 })).toBe("cable-connected");
  expect(guard({ kind: "actuate", path: gear.path, value: 126 })).toBe("allowed");
  expect(guard({ kind: "motion", motion: "drive" })).toBe("cable-connected");
});

test("nothing drives with an open door, trunk or hood", () => {
  for (const part of [door.IsOpen, Cabin.Door.Row2.PassengerSide.IsOpen, Body.Trunk.Rear.IsOpen, Body.Hood.IsOpen]) {
    const store = new Store({ catalogue, clock: { now: () => 0 } });
    const guard = safeNow(store);
    expect(guard({ kind: "motion", motion: "drive" })).toBe("allowed");
    store.set(part, true, from);
    expect(guard({ kind: "motion", motion: "drive" })).toBe("door-open");
    expect(guard({ kind: "motion", motion: "pedals" })).toBe("door-open");
  }
});
