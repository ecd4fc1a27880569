import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { performance } from "node:perf_hooks";
import { setTimeout as sleep } from "node:timers/promises";
import { pathLength } from "@caravan/motion";
import { createRouter } from "@caravan/roads/routing";
import { edgeEnergy, planCharging } from "@caravan/roads/charging";
import { importCity } from "@caravan/roads/importing";
import type { Charger } from "@caravan/roads/charging";
import type { City, LatLon } from "@caravan/roads";
import type { Route } from "@caravan/roads/routing";
import { Store, Vehicle, catalogue } from "@caravan/signals";
import { createSimulatedCar, createTraffic, planPath } from "@caravan/world";
import type { PlannedPath, SimulatedCar, Traffic } from "@caravan/world";
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

function carOn(route: Route, clock: { at: number; now(): number }, seed: number, traffic?: Traffic): Drive {
  const path = planPath(route);
  if (path === undefined) throw new Error("the fixed route is too short");
  const store = new Store({ catalogue, clock });
  const heading = 90 - ((path.heading[0] ?? 0) * 180) / Math.PI;
  const start = { lat: route.geometry[1] ?? 0, lon: route.geometry[0] ?? 0, heading: ((heading % 360) + 360) % 360 };
  const car = createSimulatedCar({ store, seed, start, ...(traffic !== undefined && { traffic }) });
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

/** One drive among others past a broken-down vehicle: how long the queue grew, how hard our car had to brake, and what the others cost. */
function driveInTraffic(city: City, route: Route) {
  const clock = { at: 1_700_000_000_000, now: () => clock.at };
  const traffic = createTraffic({ city, seed: 1 });
  const middle = route.along.findIndex((metres) => metres > route.distance / 2);
  const [lon = 0, lat = 0] = route.geometry.slice(2 * middle, 2 * middle + 2);
  traffic.hinder([{ id: "bench", kind: "jam", lat, lon, from: clock.at, until: clock.at + 600_000 }]);
  const { car, store, paths } = carOn(route, clock, 1, traffic);
  const [path] = paths;
  if (path !== undefined) car.drive(path);
  let [ms, seconds, queue, braking, most] = [0, 0, 0, 0, 0];
  while (seconds < 3_000 && car.activity().kind === "driving") {
    clock.at += 50;
    seconds += 0.05;
    const begin = performance.now();
    traffic.step(0.05, clock.at);
    ms += performance.now() - begin;
    car.step(0.05);
    braking = Math.max(braking, -(store.value(Vehicle.Acceleration.Longitudinal) ?? 0));
    most = Math.max(most, traffic.count());
    if (Math.round(seconds * 20) % 100 !== 0) continue;
    queue = Math.max(
      queue,
      traffic.near({ lat, lon }, 1_000).filter(({ kind, speed }) => kind !== "obstacle" && speed < 2).length,
    );
  }
  if (car.activity().kind !== "arrived") throw new Error("the drive past the broken-down vehicle did not arrive");
  return { share: ms / seconds / 10, queue, braking, most };
}

/** What the edges of the routes cost by the map's energy metric, as a share of what the car's own forecast says of their paths. */
function energyShare(city: City, routes: readonly Route[]): number {
  const clock = { at: 0, now: () => clock.at };
  let [byEdges, byPath] = [0, 0];
  for (const route of routes) {
    const { car, paths } = carOn(route, clock, 1);
    const energy = edgeEnergy(city, car.energyModel(), city.graph.edgeMs);
    for (const { edge, from, to } of route.pieces) {
      const length = city.graph.roadLength[city.graph.edgeRoad[edge] ?? 0] ?? 1;
      byEdges += ((energy[edge] ?? 0) * (to - from)) / length / 1e6;
    }
    for (const path of paths) byPath += car.forecast(path).energy;
  }
  return byEdges / byPath;
}

/** Milliseconds of one charging plan over 200 chargers strewn over 150 x 150 km, ways between them as the crow flies and a third more. */
function planOnce(seed: number): number {
  const random = (n: number): number => (Math.imul(n + 1, 0x9e3779b1) >>> 8) / 2 ** 24;
  const chargers = Array.from({ length: 200 }, (_, i): Charger => {
    const power = [22_000, 50_000, 150_000, 300_000][i % 4] ?? 50_000;
    const plug = power > 22_000 ? ("ccs2" as const) : ("type2" as const);
    const current = power > 22_000 ? ("dc" as const) : ("ac" as const);
    const connector = { plug, current, power, powerIsAssumed: false, count: 2, free: 1 };
    const place = { lat: 150 * random(seed * 400 + 2 * i), lon: 150 * random(seed * 400 + 2 * i + 1) };
    return { id: `${i}`, name: "", ...place, power, plugs: [plug], connectors: [connector], source: "simulated" };
  });
  const store = new Store({ catalogue, clock: { now: () => 0 } });
  const car = createSimulatedCar({ store, seed, start: { lat: 0, lon: 0, heading: 0 } }).chargingCar();
  const km = (from: readonly LatLon[], to: readonly LatLon[]): Float64Array =>
    Float64Array.from(from.flatMap((a) => to.map((b) => 1.3 * Math.hypot(a.lat - b.lat, a.lon - b.lon))));
  const destination = { lat: 150, lon: 150 };
  const places = [{ lat: 0, lon: 0 }, ...chargers];
  const table = km(places, [destination, ...chargers]);
  const legs = { seconds: table.map((way) => way * 45), wattHours: table.map((way) => way * 180) };
  const begin = performance.now();
  const plan = planCharging({
    car,
    start: { lat: 0, lon: 0 },
    destination,
    chargers,
    legs: () => legs,
    charge: 0.4,
    reserve: 0.1,
    arrival: 0.2,
    aim: "time",
  });
  const ms = performance.now() - begin;
  if (plan.kind !== "stops") throw new Error(`no stops were planned: ${plan.kind}`);
  return ms;
}

const median = (values: readonly number[]): number => values.toSorted((a, b) => a - b)[values.length >> 1] ?? NaN;

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

  const among = driveInTraffic(city, first);
  const plans = Array.from({ length: quick ? 7 : 15 }, (_, i) => planOnce(i));

  return [
    { name: "largest cross-track error", value: drive.crossTrack, unit: "m", bar: 0.3, better: "less" },
    { name: "largest lateral acceleration", value: drive.lateral, unit: "m/s2", bar: 2.6, better: "less" },
    { name: "way driven", value: drive.metres / 1_000, unit: "km", better: "more" },
    { name: "simulated seconds a second", value: drive.factor, unit: "x", bar: 100, better: "more" },
    { name: "one driving car", value: driving, unit: "% of a core", bar: 3, better: "less" },
    { name: "one parked car", value: parked, unit: "% of a core", bar: 1.5, better: "less" },
    {
      name: "path planned over the first route, median",
      value: median(planning),
      unit: "ms",
      bar: 50,
      better: "less",
    },
    { name: "traffic around one driving car", value: among.share, unit: "% of a core", bar: 2, better: "less" },
    { name: "vehicles simulated at once", value: among.most, unit: "", bar: 200, better: "less" },
    { name: "longest queue before a broken-down vehicle", value: among.queue, unit: "vehicles", better: "more" },
    { name: "hardest braking behind others", value: among.braking, unit: "m/s2", bar: 3.5, better: "less" },
    {
      name: "energy of the edges off the forecast of the path",
      value: 100 * Math.abs(energyShare(city, routes) - 1),
      unit: "%",
      bar: 10,
      better: "less",
    },
    { name: "charging plan over 200 chargers, median", value: median(plans), unit: "ms", bar: 50, better: "less" },
  ];
}
