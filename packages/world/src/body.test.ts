import { Vehicle } from "@caravan/signals";
import { expect, test } from "vitest";
import { gears } from "./body.ts";
import { planPath } from "./plan-path.ts";
import { readSnapshot } from "./snapshot.ts";
import { block, carAndStore, start } from "./test-car.ts";

test("reverse gear moves the car backwards and lights its lamp", () => {
  const { store, car, run } = carAndStore();
  car.apply(Vehicle.Powertrain.Transmission.SelectedGear.path, gears.reverse);
  run(1);
  expect(store.value(Vehicle.Body.Lights.Backup.IsOn)).toBe(true);
  run(4, () => car.pedals({ accelerator: 0.4, steering: 0 }));
  expect(car.pose().speed).toBeLessThan(-0.5);
  expect(car.pose().lon).toBeLessThan(start.lon);
  expect(store.value(Vehicle.Powertrain.Transmission.CurrentGear)).toBe(-1);
});

test("windows and doors take their time, and a locked door does not open", () => {
  const { store, car, run } = carAndStore();
  const door = Vehicle.Cabin.Door.Row1.PassengerSide;
  car.apply(door.Window.Position.path, 60);
  run(1.2);
  expect(store.value(door.Window.Position)).toBeGreaterThan(20);
  expect(store.value(door.Window.Position)).toBeLessThan(40);
  run(2);
  expect(store.value(door.Window.Position)).toBe(60);
  car.apply(door.IsLocked.path, true);
  run(0.5);
  expect(store.value(door.IsLocked)).toBe(true);
  expect(car.apply(door.IsOpen.path, true)).toBe(false);
  run(1);
  expect(store.value(door.IsOpen)).toBe(false);
});

test("climate brings the cabin to the wish and takes power for it", () => {
  const { store, car, run } = carAndStore({ outsideTemperature: -5 });
  car.apply(Vehicle.Cabin.HVAC.Station.Row1.Driver.Temperature.path, 22);
  run(20);
  expect(store.value(Vehicle.Cabin.HVAC.Station.Row1.Passenger.Temperature)).toBe(22);
  const heating = store.value(Vehicle.Powertrain.TractionBattery.CurrentPower) ?? 0;
  expect(heating).toBeLessThan(-1_500);
  run(1_500);
  expect(store.value(Vehicle.Cabin.HVAC.AmbientAirTemperature)).toBeGreaterThan(20.5);
  expect(store.value(Vehicle.Cabin.HVAC.AmbientAirTemperature)).toBeLessThan(23.5);
  car.apply(Vehicle.Cabin.HVAC.IsAirConditioningActive.path, false);
  run(5);
  expect(store.value(Vehicle.Powertrain.TractionBattery.CurrentPower)).toBeGreaterThan(-600);
});

test("charging fills the battery and ends when told, or when the car leaves P", () => {
  const { store, car, run } = carAndStore();
  const { TractionBattery } = Vehicle.Powertrain;
  const before = store.value(TractionBattery.StateOfCharge.Displayed) ?? 0;
  car.apply(TractionBattery.Charging.StartStopCharging.path, "START");
  run(600);
  expect(store.value(TractionBattery.Charging.IsCharging)).toBe(true);
  expect(store.value(TractionBattery.CurrentPower)).toBeGreaterThan(8_000);
  expect(store.value(TractionBattery.StateOfCharge.Displayed)).toBeGreaterThan(before + 2);
  car.apply(TractionBattery.Charging.StartStopCharging.path, "STOP");
  run(3);
  expect(store.value(TractionBattery.Charging.IsCharging)).toBe(false);
  car.apply(TractionBattery.Charging.StartStopCharging.path, "START");
  run(3);
  expect(store.value(TractionBattery.Charging.IsCharging)).toBe(true);
  car.apply(Vehicle.Powertrain.Transmission.SelectedGear.path, gears.drive);
  run(3);
  expect(store.value(TractionBattery.Charging.StartStopCharging)).toBe("STOP");
});

test("a restarted car computer finds the car where it was, with its charge, doors and settings", () => {
  const first = carAndStore();
  const path = planPath(block, { from: first.car.pose() });
  if (path === undefined) throw new Error("no path");
  first.car.drive(path);
  first.run(20);
  first.car.apply(Vehicle.Cabin.Door.Row2.DriverSide.Window.Position.path, 40);
  first.run(4);
  const saved = readSnapshot(JSON.parse(JSON.stringify(first.car.snapshot())));
  if (saved === undefined) throw new Error("no snapshot");
  const second = carAndStore({ saved, seed: 9 });
  expect(second.car.pose().lat).toBeCloseTo(first.car.pose().lat, 9);
  expect(second.car.pose().speed).toBe(0);
  expect(second.store.value(Vehicle.TraveledDistance)).toBe(Math.round(first.car.snapshot().odometer));
  expect(second.store.value(Vehicle.Cabin.Door.Row2.DriverSide.Window.Position)).toBe(40);
  expect(second.store.value(Vehicle.Powertrain.Transmission.SelectedGear)).toBe(gears.park);
});

test("the light sensor looks at the sky where the car is, not where it once was", () => {
  const asked: { readonly lat: number; readonly lon: number }[] = [];
  const { car, run } = carAndStore({
    isDark: (at) => {
      asked.push(at);
      return false;
    },
  });
  expect(asked[0]).toMatchObject({ lat: start.lat, lon: start.lon });
  const path = planPath(block, { from: car.pose() });
  if (path === undefined) throw new Error("no path");
  car.drive(path);
  run(20);
  const { lat, lon } = car.pose();
  expect(lon).toBeGreaterThan(start.lon + 0.0005);
  expect(asked.at(-1)?.lat).toBeCloseTo(lat, 3);
  expect(asked.at(-1)?.lon).toBeCloseTo(lon, 3);
});

test("headlights come on in the dark, and by hand", () => {
  const dark = carAndStore({ isDark: () => true });
  dark.run(1);
  expect(dark.store.value(Vehicle.Body.Lights.Beam.Low.IsOn)).toBe(true);
  const day = carAndStore({ isDark: () => false });
  day.run(1);
  expect(day.store.value(Vehicle.Body.Lights.Beam.Low.IsOn)).toBe(false);
  expect(day.store.value(Vehicle.Body.Lights.Running.IsOn)).toBe(true);
  day.car.apply(Vehicle.Body.Lights.Beam.Low.IsOn.path, true);
  day.run(1);
  expect(day.store.value(Vehicle.Body.Lights.Beam.Low.IsOn)).toBe(true);
  day.car.apply(Vehicle.Body.Lights.Beam.Low.IsOn.path, false);
  day.run(1);
  expect(day.store.value(Vehicle.Body.Lights.LightSwitch)).toBe("AUTO");
  day.car.apply(Vehicle.Body.Lights.Beam.High.IsOn.path, true);
  day.run(1);
  expect(day.store.value(Vehicle.Body.Lights.Beam.High.IsOn)).toBe(true);
  expect(day.store.value(Vehicle.Body.Lights.Beam.Low.IsOn)).toBe(true);
  expect(day.car.apply(Vehicle.Body.Lights.Brake.IsActive.path, "ACTIVE")).toBe(false);
});

test("the trip meter is set to zero and nothing else", () => {
  const { store, car, run } = carAndStore();
  const path = planPath(block, { from: car.pose() });
  if (path === undefined) throw new Error("no path");
  car.drive(path);
  run(20);
  expect(store.value(Vehicle.TripMeterReading)).toBeGreaterThan(50);
  expect(car.apply(Vehicle.TripMeterReading.path, 5)).toBe(false);
  expect(car.apply(Vehicle.TripMeterReading.path, 0)).toBe(true);
  expect(store.value(Vehicle.TripMeterReading)).toBe(0);
});

test("a parked car is silent: nothing is written that did not change", () => {
  const { store, run } = carAndStore();
  run(5);
  let writes = 0;
  store.subscribe("all", () => writes++);
  run(10);
  expect(writes).toBeLessThan(60);
});
