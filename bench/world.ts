import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { performance } from "node:perf_hooks";
import { setTimeout as sleep } from "node:timers/promises";
import { pathLength } from "@caravan/motion";
import { createRouter, importCity } from "@caravan/roads";
import type { City, LatLon, Route } from "@caravan/roads";
import { Store, Vehicle, catalogue } from "@caravan/signals";
import { createSimulatedCar, planPath } from "@caravan/world";
import type { PlannedPath, SimulatedCar } from "@caravan/world";
import type { BenchOptions, Row } from "./main.ts";

const network = createRequire(import.meta.url).resolve("geojson-path-finder/test/large-network.json");

/** Across central Gothenburg, there and back, with two more ends. */
const stops: readonly LatLon[] = [
  { lat: 57.6985, lon: 11.9355 },
  { lat: 57.7127, lon: 11.9997 },
  { lat: 57.6872, lon: 11.9783 },
  { lat: 57.7065, lon: 11.9402 },
];

interface Drive {
  readonly car: SimulatedCar;
  readonly store: Store;
  readonly paths: readonly PlannedPath[];
}

function routesOf(city: City): readonly Route[] {
  const router = createRouter(city);
  return stops.slice(1).map((to, i) => {
    const route = router.route(stops[i] ?? to, to);
    if (route.kind !== "route") throw new Error(`the fixed route has no way: ${route.kind}`);
    return route;
  });
}

function carOn(route: Route, clock: { at: number; now(): number }, seed: number): Drive {
  const path = planPath(route);
  if (path === undefined) throw new Error("the fixed route is too short");
  const store = new Store({ catalogue, clock });
  const heading = 90 - ((path.heading[0] ?? 0) * 180) / Math.PI;
  const start = { lat: route.geometry[1] ?? 0, lon: route.geometry[0] ?? 0, heading: ((heading % 360) + 360) % 360 };
  const car = createSimulatedCar({ store, seed, start });
  return { car, store, paths: [planPath(route, { from: car.pose() }) ?? path] };
}

/** Drives every route to its end as fast as the machine can. */
function driveAll(routes: readonly Route[]) {
  let crossTrack = 0;
  let lateral = 0;
  let simulated = 0;
  let metres = 0;
  let ms = 0;
  let arrived = 0;
  for (const [i, route] of routes.entries()) {
    const clock = { at: 0, now: () => clock.at };
    const { car, store, paths } = carOn(route, clock, i);
    for (const path of paths) {
      car.drive(path);
      metres += pathLength(path);
      const begin = performance.now();
      for (let t = 0; t < 3_600; t += 0.05) {
        clock.at += 50;
        car.step(0.05);
        simulated += 0.05;
        const activity = car.activity();
        if (activity.kind !== "driving") break;
        crossTrack = Math.max(crossTrack, Math.abs(activity.crossTrackError));
        lateral = Math.max(lateral, Math.abs(store.value(Vehicle.Acceleration.Lateral) ?? 0));
      }
      ms += performance.now() - begin;
      if (car.activity().kind === "arrived") arrived++;
    }
  }
  return { crossTrack, lateral, factor: (simulated * 1_000) / ms, metres, arrived };
}

/** Percent of a core that one car takes when it is stepped 20 times a second, from the CPU time of `count` cars at once. */
async function share(cars: readonly SimulatedCar[], seconds: number, clock: { at: number }): Promise<number> {
  for (const car of cars) for (let i = 0; i < 400; i++) car.step(0.05);
  const begin = performance.now();
  const before = process.cpuUsage();
  for (let tick = 1; tick <= seconds * 20; tick++) {
    clock.at += 50;
    for (const car of cars) car.step(0.05);
    await sleep(Math.max(0, begin + tick * 50 - performance.now()));
  }
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 10 / (performance.now() - begin) / cars.length;
}

/** The simulated car: how true it drives, how fast it can be simulated and what it costs while it is. */
export async function run({ quick }: BenchOptions): Promise<readonly Row[]> {
  const city = await importCity(
    { kind: "geojson", value: JSON.parse(readFileSync(network, "utf8")) },
    { name: "Gothenburg" },
  );
  const routes = routesOf(city);
  driveAll(routes.slice(0, 1));
  const drive = driveAll(routes);
  if (drive.arrived !== routes.length) throw new Error(`only ${drive.arrived} of ${routes.length} drives arrived`);

  const first = routes[0];
  if (first === undefined) throw new Error("no routes");
  const planning: number[] = [];
  for (let i = 0; i < 9; i++) {
    const begin = performance.now();
    planPath(first);
    planning.push(performance.now() - begin);
  }

  const clock = { at: 0, now: () => clock.at };
  const fleet = Array.from({ length: 20 }, (_, i) => carOn(first, clock, i));
  const parked = await share(
    fleet.map(({ car }) => car),
    quick ? 4 : 15,
    clock,
  );
  for (const { car, paths } of fleet) if (paths[0] !== undefined) car.drive(paths[0]);
  const driving = await share(
    fleet.map(({ car }) => car),
    quick ? 4 : 15,
    clock,
  );

  return [
    { name: "largest cross-track error", value: drive.crossTrack, unit: "m", bar: 0.3, better: "less" },
    { name: "largest lateral acceleration", value: drive.lateral, unit: "m/s2", bar: 2.6, better: "less" },
    { name: "way driven", value: drive.metres / 1_000, unit: "km", better: "more" },
    { name: "simulated seconds a second", value: drive.factor, unit: "x", bar: 100, better: "more" },
    { name: "one driving car", value: driving, unit: "% of a core", bar: 3, better: "less" },
    { name: "one parked car", value: parked, unit: "% of a core", bar: 1.5, better: "less" },
    {
      name: "path planned over the first route, median",
      value: planning.toSorted((a, b) => a - b)[4] ?? 0,
      unit: "ms",
      bar: 50,
      better: "less",
    },
  ];
}
