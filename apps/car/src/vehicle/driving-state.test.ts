import { catalogue, Store, Vehicle } from "@caravan/signals";
import { expect, test } from "vitest";

import { drivingState, gears } from "./driving-state.ts";

function someCar() {
  const clock = { time: 10_000, now: () => clock.time };
  return { clock, store: new Store({ catalogue, clock }) };
}
const from = { source: "test" };

test("a car of which nothing is known counts as moving", () => {
  expect(drivingState(someCar().store)).toBe("moving");
});

test("standing in park is parked, standing in drive is idling, rolling in either is moving", () => {
  const { store } = someCar();
  store.set(Vehicle.Speed, 0, from);
  store.set(Vehicle.Powertrain.Transmission.SelectedGear, gears.park, from);
  expect(drivingState(store)).toBe("parked");
  store.set(Vehicle.Powertrain.Transmission.SelectedGear, gears.drive, from);
  expect(drivingState(store)).toBe("idling");
  store.set(Vehicle.Speed, 0.6, from);
  expect(drivingState(store)).toBe("idling");
  store.set(Vehicle.Speed, 7, from);
  expect(drivingState(store)).toBe("moving");
  store.set(Vehicle.Speed, -3, from);
  expect(drivingState(store)).toBe("moving");
});

test("a speed that was read long ago says nothing about now", () => {
  const { store, clock } = someCar();
  store.set(Vehicle.Speed, 0, from);
  store.set(Vehicle.Powertrain.Transmission.SelectedGear, gears.park, from);
  clock.time += 60_000;
  expect(drivingState(store)).toBe("moving");
});
