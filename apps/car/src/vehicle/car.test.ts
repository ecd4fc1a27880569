import { CockpitRequest } from "@caravan/link";
import type { RouteSummary } from "@caravan/link";
import { Vehicle } from "@caravan/signals";
import { Value } from "typebox/value";
import { beforeAll, expect, test } from "vitest";
import type { City } from "@caravan/roads";

import { distanceBetween } from "../journey/ground.ts";
import { answer } from "../serve/cockpit/requests.ts";
import type { Reply } from "../serve/cockpit/requests.ts";
import { Car } from "./car.ts";
import { openCarDatabase } from "./database.ts";
import type { CarDatabase } from "./database.ts";
import { cornerOf, testCity, testMap } from "./test-city.ts";

let city: City;
beforeAll(async () => {
  city = await testCity();
});

const silent = { error: () => undefined, warn: () => undefined, info: () => undefined, debug: () => undefined };

/** A car in Gridtown that lives by a clock of its own. */
async function someCar(database: CarDatabase = openCarDatabase(":memory:"), time = { now: 1_000_000 }) {
  let id = 0;
  const car = new Car({
    number: 1,
    version: "test",
    seed: 7,
    database,
    city,
    map: testMap(city),
    clock: { now: () => time.now },
    newId: () => `id-${time.now}-${(id += 1)}`,
    log: silent,
    language: "en",
    listensBeyondMachine: false,
    feed: undefined,
    link: undefined,
  });
  await car.start();
  const live = async (seconds: number, until: () => boolean = () => false): Promise<void> => {
    for (let i = 0; i < seconds * 20 && !until(); i++) {
      time.now += 50;
      car.step(1);
      if (i % 20 === 0) await Promise.resolve();
    }
  };
  const ask = (request: Record<string, unknown>): Promise<Reply> =>
    answer(car.cockpit, Value.Parse(CockpitRequest, { id: 1, ...request }));
  return { car, database, time, live, ask };
}

const resultOf = (reply: Reply): unknown => {
  if (reply.kind === "failed") throw new Error(reply.error.message);
  return reply.result;
};
const plannedBy = (car: Car): RouteSummary => {
  const journey = car.cockpit.navigator.journey();
  if (journey.kind !== "planned") throw new Error(`the car is ${journey.kind}`);
  return journey.route;
};
const place = { ...cornerOf(5, 5), name: "North-east corner" };

test("a person plans, drives, arrives, and finds the trip and the place again", async () => {
  const { car, live, ask } = await someCar();
  expect(resultOf(await ask({ do: "plan", to: place }))).toMatchObject({ kind: "planned", route: { to: place } });
  const planned = plannedBy(car);
  expect(planned.energy).toBeGreaterThan(0);
  expect(planned.arrivalCharge).toBeGreaterThan(0);
  expect(resultOf(await ask({ do: "drive" }))).toMatchObject({ kind: "driving" });
  await live(600, () => car.cockpit.navigator.journey().kind === "arrived");
  expect(car.cockpit.navigator.journey()).toEqual({ kind: "arrived", to: place });
  await live(5);
  const pose = car.cockpit.pose();
  if (pose === undefined) throw new Error("no pose");
  expect(distanceBetween(pose, place)).toBeLessThan(30);
  expect(car.cockpit.driving()).toBe("parked");
  expect(car.store.value(Vehicle.Caravan.Journey.State)).toBe("ARRIVED");
  const [trip] = car.cockpit.trips.latest();
  if (trip === undefined) throw new Error("no trip");
  expect(resultOf(await ask({ do: "trips" }))).toEqual([trip]);
  expect(trip.to).toBe("North-east corner");
  expect(trip.distance / planned.distance).toBeCloseTo(1, 1);
  expect(trip.energy / planned.energy).toBeGreaterThan(0.5);
  expect(trip.energy / planned.energy).toBeLessThan(2);
  expect(car.people.recent()).toEqual([place]);
  await car.stop();
});

test("a drive goes on where it was after the car computer was killed", async () => {
  const first = await someCar();
  await first.ask({ do: "plan", to: place });
  const planned = plannedBy(first.car);
  await first.ask({ do: "drive" });
  await first.live(40);
  const before = first.car.cockpit.pose();
  // No stop: the process is gone from one moment to the next. The file is all that is left.
  const second = await someCar(first.database, { now: first.time.now + 60_000 });
  const after = second.car.cockpit.pose();
  if (before === undefined || after === undefined) throw new Error("no pose");
  expect(distanceBetween(before, after)).toBeLessThan(80);
  expect(second.car.cockpit.navigator.journey().kind).toBe("driving");
  await second.live(600, () => second.car.cockpit.navigator.journey().kind === "arrived");
  const trips = second.car.cockpit.trips.latest();
  expect(trips).toHaveLength(1);
  expect(trips[0]?.distance).toBeGreaterThan(planned.distance * 0.85);
  await second.car.stop();
});

test("a car that nobody uses goes on a round trip by itself, and stops for good when a person ends it", async () => {
  const { car, live, ask, database } = await someCar();
  await live(30, () => car.cockpit.navigator.journey().kind === "driving");
  const journey = car.cockpit.navigator.journey();
  if (journey.kind !== "driving") throw new Error("it did not set off");
  expect(journey.route.to.detail).toContain("simulation");
  await live(10);
  await ask({ do: "end" });
  await live(120);
  expect(car.cockpit.navigator.journey().kind).toBe("idle");
  expect(car.cockpit.driving()).toBe("parked");
  const again = await someCar(database);
  await again.live(60);
  expect(again.car.cockpit.navigator.journey().kind).toBe("idle");
});

test("a new person's first look is at night with the headlights on, and in the day with them off", async () => {
  const lowBeamAt = async (now: number) => {
    const { car, live } = await someCar(openCarDatabase(":memory:"), { now });
    expect(car.people.settings().look).toBe("headlights");
    await live(2);
    return car.store.value(Vehicle.Body.Lights.Beam.Low.IsOn);
  };
  expect(await lowBeamAt(Date.UTC(2026, 11, 21, 18))).toBe(true);
  expect(await lowBeamAt(Date.UTC(2026, 11, 21, 11))).toBe(false);
});

test("the car remembers its last minutes for clients that ask for history", async () => {
  const { car, live, ask } = await someCar();
  await ask({ do: "plan", to: place });
  await ask({ do: "drive" });
  await live(30);
  const { values = [] } = car.store.history(Vehicle.Speed) ?? {};
  expect(values.length).toBeGreaterThan(15);
  expect(Math.max(...values)).toBeGreaterThan(20);
  expect(car.health()).toContainEqual(
    expect.objectContaining({ name: expect.stringContaining("history"), bound: 5_400 }),
  );
});

test("text is not typed into a moving car", async () => {
  const { car, live, ask } = await someCar();
  await ask({ do: "plan", to: place });
  await ask({ do: "drive" });
  await live(30, () => car.cockpit.driving() === "moving");
  expect(await ask({ do: "search", text: "North" })).toMatchObject({ kind: "failed", error: { code: "moving" } });
});

test("a place off the map has no way to it, and the car says which of both it is", async () => {
  const { ask } = await someCar();
  const reply = await ask({ do: "plan", to: { lat: 57.9, lon: 12.4, name: "Far away" } });
  expect(reply).toMatchObject({ kind: "failed", error: { code: "not-on-a-road" } });
});

test("a control on the screen changes the signal it names, and a bad value changes nothing", async () => {
  const { car, live, ask } = await someCar();
  const path = Vehicle.Cabin.HVAC.IsAirConditioningActive.path;
  const before = car.store.value(Vehicle.Cabin.HVAC.IsAirConditioningActive) ?? false;
  const asked = ask({ do: "actuate", path, value: !before });
  await live(3);
  expect(resultOf(await asked)).toEqual({ kind: "done", value: !before });
  expect(car.store.value(Vehicle.Cabin.HVAC.IsAirConditioningActive)).toBe(!before);
  expect(resultOf(await ask({ do: "actuate", path, value: 12 }))).toMatchObject({ kind: "refused", why: "bad-value" });
});

test("a hand on the pedals drives, and a hand that lets go brakes the car to a stand", async () => {
  const { car, live, ask } = await someCar();
  const gear = ask({ do: "actuate", path: Vehicle.Powertrain.Transmission.SelectedGear.path, value: 127 });
  await live(2);
  expect(resultOf(await gear)).toMatchObject({ kind: "done" });
  for (let i = 0; i < 15; i++) {
    await ask({ do: "pedals", accelerator: 0.4, steering: 0 });
    await live(0.2);
  }
  expect(car.cockpit.navigator.journey().kind).toBe("manual");
  expect(car.cockpit.pose()?.speed).toBeGreaterThan(1);
  await live(20);
  expect(car.cockpit.pose()?.speed).toBeCloseTo(0, 1);
  expect(car.cockpit.navigator.journey().kind).toBe("idle");
});
