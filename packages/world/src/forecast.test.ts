import { readFileSync } from "node:fs";
import { join } from "node:path";
import { createRouter } from "@caravan/roads/routing";
import { edgeEnergy, legEnergy } from "@caravan/roads/charging";
import { importCity } from "@caravan/roads/importing";
import type { City } from "@caravan/roads";
import { Store, catalogue } from "@caravan/signals";
import { expect, test } from "vitest";
import { planPath } from "./plan-path.ts";
import { createRandom } from "./random.ts";
import { createSimulatedCar } from "./simulated-car.ts";
import { testTown } from "./test-town.ts";

/** The sum over edges, and the estimate by length and time, as shares of the forecast by the path itself, over random ways. */
function compare(city: City, count: number, leastDistance: number) {
  const store = new Store({ catalogue, clock: { now: () => 0 } });
  const car = createSimulatedCar({ store, seed: 1, start: { ...city.centre, heading: 0 } });
  const energy = edgeEnergy(city, car.energyModel(), city.graph.edgeMs);
  const router = createRouter(city);
  const random = createRandom(5);
  const [west, south, east, north] = city.bounds;
  const anywhere = () => ({ lat: south + random() * (north - south), lon: west + random() * (east - west) });
  let [forecast, byEdges, byLength] = [0, 0, 0];
  let worst = 0;
  for (let found = 0, tried = 0; found < count && tried < 40 * count; tried++) {
    const route = router.route(anywhere(), anywhere());
    const path = route.kind === "route" && route.distance > leastDistance ? planPath(route) : undefined;
    if (route.kind !== "route" || path === undefined) continue;
    found++;
    let sum = 0;
    for (const { edge, from, to } of route.pieces) {
      sum += (energy[edge] * (to - from)) / city.graph.roadLength[city.graph.edgeRoad[edge]] / 1_000;
    }
    const wattHours = car.forecast(path).energy * 1_000;
    forecast += wattHours;
    byEdges += sum;
    byLength += legEnergy(car.energyModel(), route.distance, route.duration);
    worst = Math.max(worst, Math.abs(sum / wattHours - 1));
  }
  return { byEdges: byEdges / forecast, byLength: byLength / forecast, worst };
}

test("in a town the energy of the edges of a way adds up to what its forecast says", async () => {
  const { byEdges, byLength, worst } = compare(await testTown(), 40, 1_000);
  expect(Math.abs(byEdges - 1)).toBeLessThan(0.1);
  expect(Math.abs(byLength - 1)).toBeLessThan(0.25);
  expect(worst).toBeLessThan(0.35);
});

const data = process.env["CARAVAN_TESTDATA"];

test.skipIf(!data)("on real streets of Shanghai it does so within a tenth", async () => {
  const text = readFileSync(join(data ?? "", "maps", "shanghai-centre.osm"), "utf8");
  const { byEdges, byLength, worst } = compare(await importCity({ kind: "osm-xml", text }, { name: "S" }), 60, 1_500);
  expect(Math.abs(byEdges - 1)).toBeLessThan(0.1);
  expect(Math.abs(byLength - 1)).toBeLessThan(0.2);
  expect(worst).toBeLessThan(0.35);
});
