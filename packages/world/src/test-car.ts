import type { Route } from "@caravan/roads/routing";
import { Store, catalogue } from "@caravan/signals";
import { frameAt, toLat, toLon } from "./frame.ts";
import { createSimulatedCar } from "./simulated-car.ts";
import type { SimulatedCarParts } from "./simulated-car.ts";

export const start = { lat: 57.7, lon: 11.97, heading: 90 };

type DrivableRoute = Pick<Route, "geometry" | "speeds" | "pieces" | "events">;

/** A route through corners given in metres east and north of the start. */
export function routeThrough(corners: readonly (readonly [number, number])[], speed = 13.9): DrivableRoute {
  const frame = frameAt(start);
  const piece = {
    edge: 0,
    first: 0,
    last: corners.length - 1,
    from: 0,
    to: 0,
    limit: speed,
    speed,
    class: "residential" as const,
    lanes: 1,
    width: 7,
    oneWay: false,
    roundabout: false,
    bridge: false,
    tunnel: false,
    toll: false,
    motorway: false,
    ferry: false,
    unpaved: false,
    restricted: false,
    seconds: 60,
    freeSeconds: 60,
    turnSeconds: 0,
    weightSeconds: 60,
    turnWeight: 0,
    street: "",
    ref: "",
  };
  return {
    geometry: Float64Array.from(corners.flatMap(([x, y]) => [toLon(frame, x), toLat(frame, y)])),
    speeds: new Float32Array(corners.length - 1).fill(speed),
    pieces: [piece],
    events: [],
  };
}

/** A simulated car with a Store and a clock of its own, and `run` to let time pass. */
export function carAndStore(parts: Partial<SimulatedCarParts> = {}) {
  const clock = { at: 1_700_000_000_000, now: () => clock.at };
  const store = new Store({ catalogue, clock });
  const car = createSimulatedCar({ store, seed: 1, start, ...parts });
  const run = (seconds: number, each?: () => void) => {
    for (let t = 0; t < seconds; t += 0.05) {
      clock.at += 50;
      car.step(0.05);
      each?.();
    }
  };
  return { store, car, run };
}

/** Round a block of the size of a city's: three right turns. */
export const block = routeThrough([
  [0, 0],
  [150, 0],
  [150, -120],
  [20, -120],
]);
