import { CockpitRequest } from "@caravan/link";
import type { Announcement, RouteSummary } from "@caravan/link";
import { Vehicle } from "@caravan/signals";
import { Value } from "typebox/value";
import { beforeAll, expect, test } from "vitest";
import type { City } from "@caravan/roads";

import { distanceBetween } from "../journey/ground.ts";
import { chargersOf } from "../journey/map/chargers.ts";
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
  const map = testMap(city, chargers);
  const car = new Car({
    number: 1,
    version: "test",
    seed: 7,
    at: cornerOf(0.1, 0),
    database,
    city,
    map,
    chargers: chargersOf(city, chargers),
    clock: { now: () => time.now },
    newId: () => `id-${time.now}-${(id += 1)}`,
    log: silent,
    language: "en",
    listensBeyondMachine: false,
    feed: undefined,
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
  return { car, map, database, time, live, ask, said };
}

function routeOf(car: Car): RouteSummary {
  const journey = car.cockpit.navigator.journey();
  if (!("route" in journey)) throw new Error(`the car is ${journey.kind}`);
  return journey.route;
}

/** One charger of 150 kW beside North Street 3, as an operator would publish it. */
const chargers = JSON.stringify({
  locations: [
    {
      id: "SIM-1",
      publish: true,
      name: "Fast charging (simulated)",
      coordinates: { latitude: `${cornerOf(2, 2.5).lat}`, longitude: `${cornerOf(2, 2.5).lon}` },
      evses: [
        {
          uid: "1",
          status: "AVAILABLE",
          connectors: [
            {
              id: "1",
              standard: "IEC_62196_T2_COMBO",
              format: "CABLE",
              power_type: "DC",
              max_voltage: 920,
              max_amperage: 163,
              max_electric_power: 150_000,
            },
          ],
        },
      ],
    },
  ],
});

const goal = { ...cornerOf(4, 3), name: "North-east corner" };
const halfWay = { ...cornerOf(2, 0.5), name: "Half way" };

test("a driver who takes a wrong turn is told a new route at once and drives on by it", async () => {
  const { car, live, ask, said } = await someCar();
  await ask({ do: "plan", to: goal });
  await ask({ do: "drive" });
  await live(15);
  const before = routeOf(car);
  await ask({ do: "simulate", what: "wrong-turn" });
  await live(90, () => {
    expect(car.cockpit.navigator.progress()?.route).toBe(routeOf(car).id);
    return routeOf(car).id !== before.id;
  });
  const after = routeOf(car);
  expect(after.id).not.toBe(before.id);
  expect(after.to).toEqual(goal);
  expect(said.map(({ kind }) => kind)).toContain("reroute");
  await live(15);
  expect(routeOf(car).id).toBe(after.id);
  expect(car.cockpit.navigator.progress()?.along).toBeGreaterThan(40);
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

test("a battery that does not last is charged on the way, as far as was planned, and the car drives on by itself", async () => {
  const { car, live, ask, said } = await someCar();
  await ask({ do: "simulate", what: "charge" });
  await live(2);
  await ask({ do: "plan", to: goal });
  const planned = routeOf(car);
  expect(planned.stops.map(({ kind }) => kind)).toEqual(["charge", "destination"]);
  const [stop] = planned.stops;
  expect(stop).toMatchObject({ name: "Fast charging (simulated)", charge: { simulated: true } });
  expect(planned.charging).toMatch(/left at the destination/);
  expect(planned.arrivalCharge).toBeGreaterThanOrEqual(10);
  await ask({ do: "drive" });
  await live(300, () => "standsAt" in car.cockpit.navigator.journey());
  const isCharging = () => car.store.value(Vehicle.Powertrain.TractionBattery.Charging.IsCharging) === true;
  await live(20, isCharging);
  expect(isCharging()).toBe(true);
  const left = () => car.cockpit.navigator.progress()?.remainingTime ?? 0;
  const atFirst = left();
  expect(atFirst).toBeGreaterThan(0.7 * (stop?.charge?.seconds ?? Infinity));
  await live(30);
  expect(atFirst - left()).toBeGreaterThan(15);
  await live(300, () => !("standsAt" in car.cockpit.navigator.journey()));
  const charge = car.store.value(Vehicle.Powertrain.TractionBattery.StateOfCharge.Displayed) ?? 0;
  expect(charge).toBeGreaterThan((stop?.charge?.until ?? 100) - 1);
  await live(400, () => car.cockpit.navigator.journey().kind === "arrived");
  expect(car.cockpit.navigator.journey()).toEqual({ kind: "arrived", to: goal });
  expect(said.map(({ kind }) => kind)).toContain("charge");
});

test("a charging stop can be taken out, and the car then says that the battery will be low", async () => {
  const { car, live, ask } = await someCar();
  await ask({ do: "simulate", what: "charge" });
  await live(2);
  await ask({ do: "plan", to: goal });
  await ask({ do: "stop.remove", stop: 0 });
  expect(routeOf(car).stops.map(({ kind }) => kind)).toEqual(["destination"]);
  expect(routeOf(car).notices).toContainEqual({ kind: "low-charge" });
});

test("a closure ahead is driven around without anybody asking", async () => {
  const { car, map, time, live, ask, said } = await someCar();
  await ask({ do: "plan", to: goal });
  await ask({ do: "drive" });
  await live(10);
  const before = routeOf(car);
  const i = 2 * Math.floor(before.geometry.length / 4);
  const [lon = 0, lat = 0] = before.geometry.slice(i, i + 2);
  const middle = { lat, lon };
  map.hear({
    speeds: [],
    incidents: [{ id: "works", kind: "closure", ...middle, from: 0, until: time.now + 600_000 }],
  });
  await live(5, () => routeOf(car).id !== before.id);
  expect(routeOf(car).id).not.toBe(before.id);
  expect(routeOf(car).traffic.some(({ level }) => level === "closed")).toBe(false);
  expect(said.find(({ kind }) => kind === "reroute")?.text).toBe("The road ahead is closed. New route");
});

test("a place beyond the edge of the map is driven to as far as the map goes, and the driver knows", async () => {
  const { car, ask } = await someCar();
  await ask({ do: "plan", to: { ...cornerOf(9, 4), name: "Beyond" } });
  expect(routeOf(car).notices).toContainEqual({ kind: "over-map-edge" });
  const [lon = 0, lat = 0] = routeOf(car).geometry.slice(-2);
  expect(distanceBetween({ lat, lon }, cornerOf(5, 4))).toBeLessThan(5);
});

/** A queue on the part of the car's way between these shares of it, as three other cars have measured it. */
function queueOn(car: Car, from: number, to: number, at: number) {
  const state = car.cockpit.navigator.state();
  if (state.kind !== "driving") throw new Error(`the car is ${state.kind}`);
  const { nodes, along, distance } = state.way.route;
  const known = Array.from(nodes.keys()).filter(
    (i) => (nodes[i] ?? 0) > 0 && (along[i] ?? 0) >= from * distance && (along[i] ?? 0) <= to * distance,
  );
  const speeds = known.slice(1).map((i, k) => {
    return { from: nodes[known[k] ?? 0] ?? 0, to: nodes[i] ?? 0, speed: 0.7, at, probes: 3 };
  });
  return { speeds, incidents: [] };
}

test("a queue that appears on the way delays it, and the quicker way that is offered is driven when it is taken", async () => {
  const { car, map, time, live, ask, said } = await someCar();
  await ask({ do: "plan", to: goal });
  await ask({ do: "drive" });
  await live(6);
  const before = routeOf(car);
  const remaining = car.cockpit.navigator.progress()?.remainingTime ?? 0;
  map.hear(queueOn(car, 0.4, 0.9, time.now));
  await live(6, () => car.cockpit.traffic.offer() !== undefined);
  const offer = car.cockpit.traffic.offer();
  expect(routeOf(car)).toMatchObject({ id: before.id });
  expect(routeOf(car).delay).toBeGreaterThan(120);
  expect(routeOf(car).traffic.map(({ level }) => level)).toContain("queue");
  expect(car.cockpit.navigator.progress()?.remainingTime).toBeGreaterThan(remaining + 100);
  expect(offer?.saves).toBeGreaterThan(60);
  await live(12, () => said.some(({ kind }) => kind === "traffic"));
  expect(said.map(({ kind }) => kind)).toContain("traffic");
  await ask({ do: "offer.take" });
  expect(routeOf(car).delay).toBeLessThan(10);
  expect(car.cockpit.traffic.offer()).toBeUndefined();
  expect(said.at(-1)).toMatchObject({ kind: "reroute", text: "New route around slow traffic" });
});

test("what a driver has left behind delays no more, though others still wait there", async () => {
  const { car, map, time, live, ask } = await someCar();
  await ask({ do: "plan", to: goal });
  await ask({ do: "drive" });
  await live(6);
  const { distance } = routeOf(car);
  map.hear(queueOn(car, 0.1, 0.35, time.now));
  await live(6, () => routeOf(car).delay > 0);
  expect(routeOf(car).delay).toBeGreaterThan(60);
  const { id } = routeOf(car);
  await live(120, () => car.cockpit.navigator.along() > 0.5 * distance);
  await live(35, () => routeOf(car).delay === 0);
  expect(routeOf(car)).toMatchObject({ id, delay: 0 });
  expect(routeOf(car).traffic.map(({ level }) => level)).toContain("queue");
});

test("a quicker way that was dismissed is not offered again, and goes when the queue goes", async () => {
  const { car, map, time, live, ask } = await someCar();
  await ask({ do: "plan", to: goal });
  await ask({ do: "drive" });
  await live(6);
  map.hear(queueOn(car, 0.4, 0.9, time.now));
  await live(6, () => car.cockpit.traffic.offer() !== undefined);
  await ask({ do: "offer.dismiss" });
  await live(35);
  expect(car.cockpit.traffic.offer()).toBeUndefined();
  await expect(ask({ do: "offer.take" })).rejects.toThrow("no better way");
  map.hear({ speeds: [], incidents: [] });
  await live(4);
  expect(routeOf(car).delay).toBe(0);
});
