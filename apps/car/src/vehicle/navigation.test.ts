import { CockpitRequest } from "@caravan/link";
import type { Announcement, RouteSummary } from "@caravan/link";
import { Value } from "typebox/value";
import { beforeAll, expect, test } from "vitest";
import type { City } from "@caravan/roads";

import { distanceBetween } from "../journey/ground.ts";
import { answer } from "../serve/cockpit/requests.ts";
import { Car } from "./car.ts";
import { openCarDatabase } from "./database.ts";
import { cornerOf, testCity, testMap } from "./test-city.ts";

let city: City;
beforeAll(async () => {
  city = await testCity();
});

const silent = { error: () => undefined, warn: () => undefined, info: () => undefined, debug: () => undefined };

/** A car at the south-west corner of Gridtown that lives by a clock of its own, and what it says. */
async function someCar(database = openCarDatabase(":memory:"), time = { now: 1_000_000 }) {
  let id = 0;
  const car = new Car({
    number: 1,
    version: "test",
    seed: 7,
    at: cornerOf(0.1, 0),
    database,
    city,
    map: testMap(city),
    clock: { now: () => time.now },
    newId: () => `id-${time.now}-${(id += 1)}`,
    log: silent,
    language: "en",
    listensBeyondMachine: false,
    replay: undefined,
    link: undefined,
  });
  const said: Announcement[] = [];
  car.screens.announce = (announcement) => void said.push(announcement);
  await car.start();
  const live = async (seconds: number, until: () => boolean = () => false): Promise<void> => {
    for (let i = 0; i < seconds * 20 && !until(); i++) {
      time.now += 50;
      car.step(1);
      if (i % 4 === 0) await new Promise((resolve) => setImmediate(resolve));
    }
  };
  const ask = async (request: Record<string, unknown>): Promise<unknown> => {
    const reply = await answer(car.cockpit, Value.Parse(CockpitRequest, { id: 1, ...request }));
    if (reply.kind === "failed") throw new Error(reply.error.message);
    return reply.result;
  };
  return { car, database, time, live, ask, said };
}

function routeOf(car: Car): RouteSummary {
  const journey = car.cockpit.navigator.journey();
  if (!("route" in journey)) throw new Error(`the car is ${journey.kind}`);
  return journey.route;
}

const goal = { ...cornerOf(5, 5), name: "North-east corner" };
const halfWay = { ...cornerOf(3, 0.5), name: "Half way" };

test("a driver who takes a wrong turn is told a new route at once and arrives", async () => {
  const { car, live, ask, said } = await someCar();
  await ask({ do: "plan", to: goal });
  await ask({ do: "drive" });
  await live(15);
  const before = routeOf(car);
  await ask({ do: "simulate", what: "wrong-turn" });
  await live(90, () => routeOf(car).id !== before.id);
  const after = routeOf(car);
  expect(after.id).not.toBe(before.id);
  expect(after.to).toEqual(goal);
  expect(said.map(({ kind }) => kind)).toContain("reroute");
  await live(400, () => car.cockpit.navigator.journey().kind === "arrived");
  const pose = car.cockpit.pose();
  if (pose === undefined) throw new Error("no pose");
  expect(distanceBetween(pose, goal)).toBeLessThan(30);
});

test("without satellites the car goes on by its wheels, says so, and still knows its street", async () => {
  const { car, live, ask } = await someCar();
  await ask({ do: "plan", to: goal });
  await ask({ do: "drive" });
  await live(10);
  expect(car.cockpit.position()).toBe("satellites");
  await ask({ do: "simulate", what: "satellites", on: false });
  await live(25);
  expect(car.cockpit.position()).toBe("dead-reckoned");
  const progress = car.cockpit.navigator.progress();
  const route = routeOf(car);
  await ask({ do: "simulate", what: "satellites", on: true });
  await live(5);
  expect(car.cockpit.position()).toBe("satellites");
  expect(routeOf(car).id).toBe(route.id);
  const later = car.cockpit.navigator.progress();
  expect((later?.along ?? 0) - (progress?.along ?? 0)).toBeLessThan(120);
  expect(later?.along ?? 0).toBeGreaterThan(progress?.along ?? 0);
});

test("a stop is added where it costs least, reached, waited at, and left again", async () => {
  const { car, live, ask } = await someCar();
  await ask({ do: "plan", to: goal });
  await ask({ do: "stop.add", place: halfWay });
  expect(routeOf(car).stops.map(({ name, kind }) => [name, kind])).toEqual([
    ["Half way", "stop"],
    ["North-east corner", "destination"],
  ]);
  await ask({ do: "drive" });
  await live(300, () => "standsAt" in car.cockpit.navigator.journey());
  expect(car.cockpit.navigator.journey()).toMatchObject({ kind: "driving", standsAt: 0 });
  const pose = car.cockpit.pose();
  if (pose === undefined) throw new Error("no pose");
  expect(distanceBetween(pose, halfWay)).toBeLessThan(40);
  await live(30, () => !("standsAt" in car.cockpit.navigator.journey()));
  expect(car.cockpit.navigator.progress()).toMatchObject({ nextStop: 1 });
  await live(400, () => car.cockpit.navigator.journey().kind === "arrived");
  expect(car.cockpit.navigator.journey()).toEqual({ kind: "arrived", to: goal });
});

test("an ended route comes back with its stops when the person says so within half a minute, and not later", async () => {
  const { car, live, ask } = await someCar();
  await ask({ do: "plan", to: goal, stops: [halfWay] });
  await ask({ do: "drive" });
  await live(8);
  await ask({ do: "end" });
  await live(4);
  await ask({ do: "resume" });
  expect(car.cockpit.navigator.journey().kind).toBe("driving");
  expect(routeOf(car).stops.map(({ name }) => name)).toEqual(["Half way", "North-east corner"]);
  await ask({ do: "end" });
  await live(40);
  await expect(ask({ do: "resume" })).rejects.toThrow("a moment ago");
});

test("after a restart the car goes on to the stops that are left, and says nothing it has said before", async () => {
  const first = await someCar();
  await first.ask({ do: "plan", to: goal, stops: [halfWay] });
  await first.ask({ do: "drive" });
  await first.live(300, () => "standsAt" in first.car.cockpit.navigator.journey());
  await first.live(30, () => !("standsAt" in first.car.cockpit.navigator.journey()));
  await first.live(6);
  const second = await someCar(first.database, { now: first.time.now + 20_000 });
  expect(routeOf(second.car).stops.map(({ name }) => name)).toEqual(["North-east corner"]);
  expect(second.car.cockpit.navigator.journey().kind).toBe("driving");
  await second.live(1);
  expect(second.said.filter(({ text }) => text.startsWith("Head"))).toEqual([]);
});

test("a person can say where the car goes and when it is there", async () => {
  const { ask } = await someCar();
  await expect(ask({ do: "share" })).rejects.toThrow("no route");
  await ask({ do: "plan", to: goal });
  expect(await ask({ do: "share" })).toMatchObject({ text: expect.stringMatching(/North-east corner.*\d\d:\d\d/) });
});

test("announcements come in the person's language, and the last one again when asked for", async () => {
  const { live, ask, said } = await someCar();
  await ask({ do: "settings", change: { language: "zh-CN" } });
  await ask({ do: "plan", to: goal });
  await ask({ do: "drive" });
  await live(6);
  expect(said.length).toBeGreaterThan(0);
  expect(said.every(({ language }) => language === "zh-CN")).toBe(true);
  const before = said.length;
  await ask({ do: "say.again" });
  expect(said).toHaveLength(before + 1);
  expect(said.at(-1)?.text).toMatch(/[转驶达]/);
});
