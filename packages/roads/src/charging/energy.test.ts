import { readFileSync } from "node:fs";
import { join } from "node:path";
import { assert, double, property, record } from "fast-check";
import { expect, test } from "vitest";
import { importCity } from "../import/import-city.ts";
import { curvePower, secondsTo } from "./curve.ts";
import { edgeEnergy, legEnergy, roadLoad, slowingLoss } from "./energy.ts";
import type { EnergyModel } from "./energy.ts";

/** The mid-size electric car of the simulation. */
const model: EnergyModel = {
  mass: 1_752,
  rotatingMass: 60,
  dragArea: 0.51,
  airDensity: 1.2,
  rollingResistance: 0.007,
  lossShare: 0.07,
  lossPerForce2: 2.5e-4,
  turningPower: 300,
  batteryLoss: 0.01,
  auxiliary: 250,
  acceleration: 1.6,
  deceleration: 1.7,
  lateral: 2.3,
};

const road = (lat: number, tags: Readonly<Record<string, string>>, bend = 0) => ({
  type: "Feature",
  properties: tags,
  geometry: {
    type: "LineString",
    coordinates: [0, 1, 2, 3, 4].map((i) => [11.9 + i * 0.004, lat + (i % 2) * bend]),
  },
});
const cityOf = (...features: unknown[]) =>
  importCity({ kind: "geojson", value: { type: "FeatureCollection", features } }, { name: "Test" });
const street = { highway: "primary", maxspeed: "50" };

/** Wh a kilometre on the first edge. */
async function perKilometre(
  feature: unknown,
  change: Partial<EnergyModel> = {},
  slower = 1,
  rise?: number,
): Promise<number> {
  const city = await cityOf(feature);
  const { graph } = city;
  const edgeMs = graph.edgeMs.map((ms) => ms * slower);
  const climbs = rise === undefined ? undefined : new Float32Array(graph.edgeCount).fill(rise);
  const [milliwattHours] = edgeEnergy(city, { ...model, ...change }, edgeMs, climbs);
  return milliwattHours / graph.roadLength[0];
}

test("fifty kilometres an hour on the flat cost what rolling, air and losses take", async () => {
  const force = 0.007 * 1_752 * 9.81 + 0.5 * 1.2 * 0.51 * (50 / 3.6) ** 2;
  const cruising = (force * 1.07 + (2.5e-4 * force * force + 300) / (50 / 3.6)) / 3.6;
  const found = await perKilometre(road(57.7, street), { auxiliary: 0 });
  expect(roadLoad(model, 50 / 3.6)).toBeCloseTo(force, 6);
  expect(found).toBeGreaterThan(cruising);
  expect(found).toBeLessThan(cruising * 1.15);
});

test("faster costs more, bends cost more, heating costs more the longer it takes", async () => {
  const straight = await perKilometre(road(57.7, street));
  expect(await perKilometre(road(57.7, { ...street, maxspeed: "110" }))).toBeGreaterThan(straight * 1.5);
  expect(await perKilometre(road(57.7, street, 0.001))).toBeGreaterThan(straight);
  const heated = await perKilometre(road(57.7, street), { auxiliary: 3_000 });
  expect(heated).toBeGreaterThan(straight * 1.5);
  expect(await perKilometre(road(57.7, street), { auxiliary: 3_000 }, 3)).toBeGreaterThan(heated * 1.5);
});

test("a slow stream costs less than a fast one, stop and go more than a slow stream", async () => {
  const highway = road(57.7, { ...street, maxspeed: "90" });
  const free = await perKilometre(highway);
  const slow = await perKilometre(highway, {}, 1.6);
  expect(slow).toBeLessThan(free);
  expect(await perKilometre(highway, {}, 6)).toBeGreaterThan(slow);
});

test("uphill costs more, downhill less and never less than nothing", async () => {
  const flat = await perKilometre(road(57.7, street));
  const up = await perKilometre(road(57.7, street), {}, 1, 30);
  const down = await perKilometre(road(57.7, street), {}, 1, -30);
  // 30 m of height are 30 * 1752 * 9.81 J, and the losses on the way up.
  expect(up - flat).toBeGreaterThan((30 * 1_752 * 9.81) / 3_600);
  expect(down).toBeLessThan(flat);
  expect(await perKilometre(road(57.7, street), {}, 1, -500)).toBe(0);
});

test("what slowing down costs grows with both speeds and is nothing where nobody slows", () => {
  const speed = double({ min: 0, max: 40, noNaN: true });
  assert(
    property(record({ from: speed, to: speed, faster: speed }), ({ from, to, faster }) => {
      const loss = slowingLoss(model, from, to);
      expect(loss).toBeGreaterThanOrEqual(0);
      if (to >= from) expect(loss).toBe(0);
      expect(slowingLoss(model, from + faster, to)).toBeGreaterThanOrEqual(loss);
    }),
  );
});

test("a way known only by length and time costs as much as ways of that kind do", () => {
  expect(legEnergy(model, 10_000, 10_000 / 10)).toBeGreaterThan(800);
  expect(legEnergy(model, 10_000, 10_000 / 10)).toBeLessThan(1_400);
  expect(legEnergy(model, 100_000, 3_600)).toBeGreaterThan(12_000);
  expect(legEnergy(model, 100_000, 3_600)).toBeLessThan(20_000);
  expect(legEnergy(model, 0, 0)).toBe(0);
});

const data = process.env["CARAVAN_TESTDATA"];
const read = (name: string): string => readFileSync(join(data ?? "", name), "utf8");

/** Rows of a CSV with a header; no field of the columns used here holds a comma in quotes before them. */
function vehicles(): readonly ReadonlyMap<string, string>[] {
  const [header = "", ...lines] = read("energy/FASTSim_py_veh_db.csv").split("\n");
  const fields = (line: string): string[] =>
    [...line.matchAll(/("[^"]*"|[^,]*)(?:,|$)/g)].map((match) => (match[1] ?? "").replaceAll('"', ""));
  const names = fields(header.trim());
  return lines.map((line) => new Map(fields(line.trim()).map((field, i) => [names[i] ?? "", field])));
}

test.skipIf(!data)(
  "every electric car of FASTSim's table with a known mass takes at 90 km/h what such cars take",
  () => {
    let checked = 0;
    for (const row of vehicles()) {
      const number = (name: string): number => Number(row.get(name));
      const mass = number("veh_override_kg");
      if (row.get("veh_pt_type") !== "BEV" || !(mass > 0)) continue;
      const own: EnergyModel = {
        ...model,
        mass,
        dragArea: number("drag_coef") * number("frontal_area_m2"),
        rollingResistance: number("wheel_rr_coef"),
        auxiliary: number("aux_kw") * 1_000,
      };
      const perKm = legEnergy(own, 100_000, (100 / (90 / 1.2)) * 3_600) / 100;
      const range = ((number("max_soc") - number("min_soc")) * number("ess_max_kwh") * 1_000) / perKm;
      expect(perKm, row.get("Scenario name")).toBeGreaterThan(90);
      expect(perKm, row.get("Scenario name")).toBeLessThan(330);
      expect(range, row.get("Scenario name")).toBeGreaterThan(120);
      expect(range, row.get("Scenario name")).toBeLessThan(600);
      checked++;
    }
    expect(checked).toBeGreaterThan(8);
  },
);

interface EvCar {
  readonly usable_battery_size: number;
  readonly dc_charger: null | {
    readonly charging_curve: readonly { readonly percentage: number; readonly power: number }[];
  };
  readonly energy_consumption: { readonly average_consumption: number };
}

test.skipIf(!data)("the charging curves of 170 real cars give times from 10 to 80 % that drivers know", () => {
  const parsed: { readonly data: readonly EvCar[] } = JSON.parse(read("commerce/open-ev-data.json"));
  let checked = 0;
  for (const { dc_charger, usable_battery_size } of parsed.data) {
    if (dc_charger === null) continue;
    const curve = dc_charger.charging_curve.map(({ percentage, power }) => [percentage / 100, power * 1_000] as const);
    const car = { plugs: [], capacity: usable_battery_size * 1_000, curve, acPower: 11_000, efficiency: 0.93 };
    const times = secondsTo(car, { current: "dc", power: 350_000 });
    const minutes = (times[80] - times[10]) / 60;
    expect(minutes).toBeGreaterThan(10);
    expect(minutes).toBeLessThan(100);
    expect(curvePower(car, 1)).toBe(curve.at(-1)?.[1]);
    for (let i = 1; i <= 100; i++) expect(times[i]).toBeGreaterThan(times[i - 1]);
    checked++;
  }
  expect(checked).toBeGreaterThan(170);
});
