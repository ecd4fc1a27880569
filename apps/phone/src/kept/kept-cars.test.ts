import type { VehicleSummary } from "@caravan/link";
import { expect, test } from "vitest";
import { forgetCars, keepCars, readKept, type Shelf } from "./kept-cars.ts";

function shelfWith(items = new Map<string, string>()): Shelf & { readonly items: Map<string, string> } {
  return {
    items,
    getItem: (key) => items.get(key) ?? null,
    setItem: (key, value) => void items.set(key, value),
    removeItem: (key) => void items.delete(key),
  };
}

const car = (vehicle: string): VehicleSummary => ({
  vehicle,
  name: vehicle,
  model: "x",
  simulated: true,
  online: true,
  seenAt: 5,
  values: { "Vehicle.Speed": { value: 30, at: 4 } },
});

test("a kept car comes back with its values and their age, and as offline", () => {
  const shelf = shelfWith();
  keepCars(shelf, { vehicles: [car("a"), car("b")], chosen: "b" });
  expect(readKept(shelf)).toEqual({
    chosen: "b",
    vehicles: [
      { ...car("b"), online: false },
      { ...car("a"), online: false },
    ],
  });
});

test("whoever signs out leaves nothing behind", () => {
  const shelf = shelfWith();
  keepCars(shelf, { vehicles: [car("a")], chosen: undefined });
  forgetCars(shelf);
  expect(shelf.items.size).toBe(0);
  expect(readKept(shelf)).toBeUndefined();
});

test("a large fleet is kept in part, the chosen car among it", () => {
  const shelf = shelfWith();
  const fleet = Array.from({ length: 200 }, (_, index) => car(`car${index}`));
  keepCars(shelf, { vehicles: fleet, chosen: "car150" });
  expect(readKept(shelf)?.vehicles.map((one) => one.vehicle)).toHaveLength(25);
  expect(readKept(shelf)?.vehicles[0]?.vehicle).toBe("car150");
});

test("too much to keep leaves nothing rather than the day before yesterday", () => {
  const shelf = shelfWith();
  keepCars(shelf, { vehicles: [car("a")], chosen: undefined });
  keepCars(shelf, { vehicles: [{ ...car("a"), name: "x".repeat(600_000) }], chosen: undefined });
  expect(readKept(shelf)).toBeUndefined();
});

test.each(["", "{", "[]", "null", '{"version":2,"vehicles":[]}', '{"version":1,"vehicles":[{"vehicle":1}]}'])(
  "what is not ours is not shown: %s",
  (text) => {
    expect(readKept(shelfWith(new Map([["caravan-phone-cars", text]])))).toBeUndefined();
  },
);

test("a closed storage is no fault", () => {
  const closed = () => {
    throw new Error("blocked");
  };
  const shelf = { getItem: closed, setItem: closed, removeItem: closed };
  keepCars(shelf, { vehicles: [car("a")], chosen: undefined });
  forgetCars(shelf);
  expect(readKept(shelf)).toBeUndefined();
});
