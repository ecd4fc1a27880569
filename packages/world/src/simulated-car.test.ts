import { Vehicle, catalogue } from "@caravan/signals";
import { expect, test } from "vitest";
import { gears } from "./body.ts";
import { frameAt, toLat } from "./frame.ts";
import { planPath } from "./plan-path.ts";
import { readSnapshot } from "./snapshot.ts";
import { block, carAndStore, routeThrough, start } from "./test-car.ts";

test("the car drives round the block within 30 cm of its path, comfortably, and parks at the end", () => {
  const { store, car, run } = carAndStore();
  const path = planPath(block, { from: car.pose() });
  if (path === undefined) throw new Error("no path");
  expect(car.drive(path)).toEqual({ kind: "driving" });
  let crossTrack = 0;
  let lateral = 0;
  let fastest = 0;
  run(90, () => {
    const activity = car.activity();
    if (activity.kind === "driving") crossTrack = Math.max(crossTrack, Math.abs(activity.crossTrackError));
    lateral = Math.max(lateral, Math.abs(store.value(Vehicle.Acceleration.Lateral) ?? 0));
    fastest = Math.max(fastest, store.value(Vehicle.Speed) ?? 0);
  });
  expect(car.activity()).toEqual({ kind: "arrived" });
  expect(crossTrack).toBeGreaterThan(0);
  expect(crossTrack).toBeLessThan(0.3);
  expect(lateral).toBeLessThan(2.6);
  expect(fastest).toBeGreaterThan(40);
  expect(fastest).toBeLessThan(50.5);
  expect(store.value(Vehicle.Speed)).toBe(0);
  expect(store.value(Vehicle.Powertrain.Transmission.SelectedGear)).toBe(gears.park);
  expect(store.value(Vehicle.Chassis.ParkingBrake.IsEngaged)).toBe(true);
  const frame = frameAt(start);
  expect(Math.abs(car.pose().lat - toLat(frame, -118.3))).toBeLessThan(1e-5);
});

test("driving takes energy and braking gives some back", () => {
  const { store, car, run } = carAndStore();
  const before = store.value(Vehicle.Powertrain.TractionBattery.StateOfCharge.CurrentEnergy) ?? 0;
  const recuperated = store.value(Vehicle.Powertrain.AccumulatedBrakingEnergy) ?? 0;
  const path = planPath(block, { from: car.pose() });
  if (path === undefined) throw new Error("no path");
  const forecast = car.forecast(path);
  car.drive(path);
  let least = 0;
  let most = 0;
  let seconds = 0;
  run(90, () => {
    const power = store.value(Vehicle.Powertrain.TractionBattery.CurrentPower) ?? 0;
    least = Math.min(least, power);
    most = Math.max(most, power);
    if (car.activity().kind === "driving") seconds += 0.05;
  });
  expect(least).toBeLessThan(-15_000);
  expect(most).toBeGreaterThan(5_000);
  expect(store.value(Vehicle.Powertrain.TractionBattery.StateOfCharge.CurrentEnergy)).toBeLessThan(before);
  expect(store.value(Vehicle.Powertrain.AccumulatedBrakingEnergy)).toBeGreaterThan(recuperated);
  expect(Math.abs(forecast.duration / seconds - 1)).toBeLessThan(0.15);
});

test("a longer drive costs what its forecast said", () => {
  const { car, run } = carAndStore();
  const path = planPath(
    routeThrough([
      [0, 0],
      [900, 0],
      [1_500, 400],
      [3_000, 400],
    ]),
    { from: car.pose() },
  );
  if (path === undefined) throw new Error("no path");
  const forecast = car.forecast(path);
  const before = car.snapshot();
  car.drive(path);
  let seconds = 0;
  run(400, () => {
    if (car.activity().kind === "driving") seconds += 0.05;
  });
  const after = car.snapshot();
  const used = (before.charge - after.charge) * 54;
  expect(seconds).toBeGreaterThan(200);
  expect(used).toBeGreaterThan(0.2);
  expect(Math.abs(forecast.energy / used - 1)).toBeLessThan(0.2);
});

test("the driving car stops when asked, where it is, and stays", () => {
  const { store, car, run } = carAndStore();
  const path = planPath(
    routeThrough([
      [0, 0],
      [800, 0],
    ]),
    { from: car.pose() },
  );
  if (path === undefined) throw new Error("no path");
  car.drive(path);
  run(15);
  expect(store.value(Vehicle.Speed)).toBeGreaterThan(40);
  car.stop();
  expect(car.activity().kind).toBe("stopping");
  let hardest = 0;
  run(15, () => (hardest = Math.min(hardest, store.value(Vehicle.Acceleration.Longitudinal) ?? 0)));
  expect(car.activity().kind).toBe("standing");
  expect(store.value(Vehicle.IsMoving)).toBe(false);
  expect(hardest).toBeGreaterThan(-2.6);
});

test("a hand that falls silent for 300 ms brakes the car to a stand", () => {
  const { store, car, run } = carAndStore();
  car.apply(Vehicle.Powertrain.Transmission.SelectedGear.path, gears.drive);
  run(1);
  run(6, () => car.pedals({ accelerator: 0.6, steering: 0 }));
  const speed = store.value(Vehicle.Speed) ?? 0;
  expect(speed).toBeGreaterThan(15);
  run(0.25);
  expect(store.value(Vehicle.Speed)).toBeGreaterThan(speed - 2);
  run(4);
  expect(store.value(Vehicle.Speed)).toBe(0);
  run(3);
  expect(car.activity().kind).toBe("standing");
});

test("a moving car does not change from forward to reverse before it stands", () => {
  const { store, car, run } = carAndStore();
  car.apply(Vehicle.Powertrain.Transmission.SelectedGear.path, gears.drive);
  run(1);
  run(4, () => car.pedals({ accelerator: 0.6, steering: 0 }));
  car.apply(Vehicle.Powertrain.Transmission.SelectedGear.path, gears.reverse);
  run(0.5, () => car.pedals({ accelerator: 0, steering: 0 }));
  expect(store.value(Vehicle.Powertrain.Transmission.CurrentGear)).toBe(1);
  run(8, () => car.pedals({ accelerator: 0, steering: 0 }));
  expect(store.value(Vehicle.Powertrain.Transmission.CurrentGear)).toBe(-1);
});

test("an open door keeps the car where it is", () => {
  const { store, car, run } = carAndStore();
  car.apply(Vehicle.Cabin.Door.Row1.DriverSide.IsOpen.path, true);
  run(3);
  const path = planPath(block, { from: car.pose() });
  if (path === undefined) throw new Error("no path");
  car.drive(path);
  run(5);
  expect(store.value(Vehicle.IsMoving)).toBe(false);
  car.apply(Vehicle.Cabin.Door.Row1.DriverSide.IsOpen.path, false);
  run(6);
  expect(store.value(Vehicle.IsMoving)).toBe(true);
});

test("after a hand let go the gear stays, and the next push drives on", () => {
  const { store, car, run } = carAndStore();
  car.apply(Vehicle.Powertrain.Transmission.SelectedGear.path, gears.drive);
  run(1);
  run(3, () => car.pedals({ accelerator: 0.5, steering: 0 }));
  run(8);
  expect(store.value(Vehicle.Chassis.ParkingBrake.IsEngaged)).toBe(true);
  expect(store.value(Vehicle.Powertrain.Transmission.SelectedGear)).toBe(gears.drive);
  run(3, () => car.pedals({ accelerator: 0.5, steering: 0 }));
  expect(store.value(Vehicle.Speed)).toBeGreaterThan(3);
});

test("the indicator blinks before a turn and not after it", () => {
  const { store, car, run } = carAndStore();
  const path = planPath(
    routeThrough([
      [0, 0],
      [150, 0],
      [150, -200],
    ]),
    { from: car.pose() },
  );
  if (path === undefined) throw new Error("no path");
  car.drive(path);
  const { Left, Right } = Vehicle.Body.Lights.DirectionIndicator;
  let first = Infinity;
  run(60, () => {
    const activity = car.activity();
    if (activity.kind === "driving" && store.value(Right.IsSignaling) === true) first = Math.min(first, activity.along);
    expect(store.value(Left.IsSignaling)).toBe(false);
  });
  expect(first).toBeGreaterThan(90);
  expect(first).toBeLessThan(140);
  expect(store.value(Right.IsSignaling)).toBe(false);
});

test("the satellite receiver is off by decimetres, never by metres, and holds still at rest", () => {
  const { store, car, run } = carAndStore();
  const path = planPath(block, { from: car.pose() });
  if (path === undefined) throw new Error("no path");
  car.drive(path);
  let most = 0;
  run(40, () => {
    const north = (store.value(Vehicle.CurrentLocation.Latitude) ?? 0) - car.pose().lat;
    most = Math.max(most, Math.abs(north) * 111_000);
  });
  expect(most).toBeGreaterThan(0.05);
  // 0.35 m of spread, and the way of up to 100 ms between two positions.
  expect(most).toBeLessThan(3);
  run(60);
  const before = store.value(Vehicle.CurrentLocation.Latitude);
  run(10);
  expect(store.value(Vehicle.CurrentLocation.Latitude)).toBe(before);
});

test("range follows what the car really takes, and tyres warm with speed", () => {
  const { store, car, run } = carAndStore({ outsideTemperature: -10 });
  run(2);
  const range = store.value(Vehicle.Powertrain.Range) ?? 0;
  expect(range).toBeGreaterThan(150_000);
  const pressure = store.value(Vehicle.Chassis.Axle.Row1.Wheel.Left.Tire.Pressure) ?? 0;
  const path = planPath(
    routeThrough(
      [
        [0, 0],
        [9_000, 0],
      ],
      25,
    ),
    { from: car.pose() },
  );
  if (path === undefined) throw new Error("no path");
  car.drive(path);
  run(400);
  expect(store.value(Vehicle.Powertrain.Range)).toBeLessThan(range - 5_000);
  expect(store.value(Vehicle.Chassis.Axle.Row1.Wheel.Left.Tire.Pressure)).toBeGreaterThan(pressure + 5);
});

test("a path that begins somewhere else is refused", () => {
  const { car } = carAndStore();
  const path = planPath(
    routeThrough([
      [500, 0],
      [900, 0],
    ]),
  );
  if (path === undefined) throw new Error("no path");
  expect(car.drive(path)).toEqual({ kind: "refused", why: "far" });
});

test("the same seed and the same commands give the same readings", () => {
  const run = () => {
    const { store, car, run } = carAndStore({ seed: 42 });
    const path = planPath(block, { from: car.pose() });
    if (path !== undefined) car.drive(path);
    run(30);
    return catalogue.signals.map((signal) => store.value(signal));
  };
  expect(run()).toEqual(run());
});

test.each([
  undefined,
  null,
  7,
  "x",
  [],
  {},
  { version: 1 },
  { version: 2, body: {} },
  { version: 1, body: {}, lat: 91 },
])("what is no snapshot is not taken for one: %j", (value) => {
  expect(readSnapshot(value)).toBeUndefined();
});
