import { createRouter } from "@caravan/roads/routing";
import { importCity } from "@caravan/roads/importing";
import type { City, LatLon } from "@caravan/roads";
import type { Route } from "@caravan/roads/routing";
import { Store, catalogue } from "@caravan/signals";
import { frameAt, toLat, toLon } from "./frame.ts";
import { planPath } from "./plan-path.ts";
import { createSimulatedCar } from "./simulated-car.ts";
import type { SimulatedCarParts } from "./simulated-car.ts";

const frame = frameAt({ lat: 57.7, lon: 11.97 });
const block = 250;
const blocks = 14;

/** Metres east and north of the town's western end. */
export const at = (x: number, y: number): LatLon => ({ lat: toLat(frame, y), lon: toLon(frame, x) });

function line(corners: readonly (readonly [number, number])[], tags: Readonly<Record<string, string>>) {
  const coordinates = corners.map(([x, y]) => [toLon(frame, x), toLat(frame, y)]);
  return { type: "Feature", properties: tags, geometry: { type: "LineString", coordinates } };
}

/** For tests: a main road of 3.5 km straight east with a crossing every 250 m, a road beside it, and a tunnel between 1,500 and 2,000 m. */
export function testTown(): Promise<City> {
  const main = Array.from({ length: blocks }, (_, i) =>
    line(
      [
        [i * block, 0],
        [(i + 1) * block, 0],
      ],
      { highway: "secondary", name: "Main", maxspeed: "50", ...(i >= 6 && i < 8 && { tunnel: "yes", layer: "-1" }) },
    ),
  );
  const beside = line(
    Array.from({ length: blocks + 1 }, (_, i) => [i * block, 300] as const),
    { highway: "tertiary", name: "Beside", maxspeed: "50" },
  );
  const across = Array.from({ length: blocks + 1 }, (_, i) => i)
    .filter((i) => i !== 7)
    .map((i) =>
      line(
        [
          [i * block, -200],
          [i * block, 0],
          [i * block, 300],
        ],
        { highway: "residential", name: `Across ${i}`, maxspeed: "30" },
      ),
    );
  return importCity(
    { kind: "geojson", value: { type: "FeatureCollection", features: [...main, beside, ...across] } },
    { name: "Test town" },
  );
}

export function routeBetween(city: City, from: LatLon, to: LatLon): Route {
  const found = createRouter(city).route(from, to);
  if (found.kind !== "route") throw new Error(`no route: ${found.kind}`);
  return found;
}

/** A simulated car that stands at the beginning of a route, with the path it will take. */
export function carAt(city: City, route: Route, clock: { now(): number }, parts: Partial<SimulatedCarParts> = {}) {
  const store = new Store({ catalogue, clock });
  const start = { lat: route.geometry[1] ?? 0, lon: route.geometry[0] ?? 0, heading: 90 };
  const car = createSimulatedCar({ store, seed: 1, start, ...parts });
  const path = planPath(route, { from: car.pose(), keeps: city.drivingSide });
  if (path === undefined) throw new Error("no path");
  return { store, car, path };
}
