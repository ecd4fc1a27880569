import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { anything, assert, property } from "fast-check";
import { expect, test } from "vitest";
import { chargeCost } from "./charger.ts";
import { readTariff } from "./ocpi-tariff.ts";
import { readOcpiLocations } from "./ocpi.ts";
import { isObject } from "./read-json.ts";

const location = {
  country_code: "NL",
  party_id: "ABC",
  id: "L1",
  publish: true,
  name: "Square",
  coordinates: { latitude: "51.5", longitude: "4.6" },
  operator: { name: "Somebody" },
  evses: [
    {
      uid: "1",
      status: "AVAILABLE",
      connectors: [
        {
          id: "1",
          standard: "IEC_62196_T2_COMBO",
          power_type: "DC",
          max_voltage: 920,
          max_amperage: 200,
          max_electric_power: 150_000,
          tariff_ids: ["t"],
        },
      ],
    },
    {
      uid: "2",
      status: "CHARGING",
      connectors: [
        {
          id: "1",
          standard: "IEC_62196_T2_COMBO",
          power_type: "DC",
          max_voltage: 920,
          max_amperage: 200,
          max_electric_power: 150_000,
          tariff_ids: ["t"],
        },
      ],
    },
    { uid: "3", status: "OUTOFORDER", connectors: [{ id: "1", standard: "CHADEMO", power_type: "DC" }] },
  ],
};
const tariff = {
  id: "t",
  currency: "EUR",
  elements: [{ price_components: [{ type: "ENERGY", price: 0.5, vat: 20, step_size: 1 }] }],
};

test("alike connectors are counted together, what is out of order is left out, the tariff gives the price with tax", () => {
  const { chargers, problems } = readOcpiLocations({ locations: [location], tariffs: [tariff] });
  expect(problems).toEqual([]);
  const price = { currency: "EUR", perKwh: 60, perMinute: 0, flat: 0, taxIncluded: true, isPartial: false };
  expect(chargers).toEqual([
    {
      id: "NL*ABC*L1",
      name: "Square",
      operator: "Somebody",
      lat: 51.5,
      lon: 4.6,
      power: 150_000,
      plugs: ["ccs2"],
      connectors: [{ plug: "ccs2", current: "dc", power: 150_000, powerIsAssumed: false, count: 2, free: 1, price }],
      price,
      source: "ocpi",
    },
  ]);
});

test("without a power the voltage to neutral, the current and the phases give it", () => {
  const connector = (change: object) =>
    readOcpiLocations({
      ...location,
      evses: [{ uid: "1", connectors: [{ id: "1", standard: "IEC_62196_T2", power_type: "AC_3_PHASE", ...change }] }],
    }).chargers[0].connectors[0];
  expect(connector({ max_voltage: 230, max_amperage: 32 })).toMatchObject({ power: 22_080, powerIsAssumed: false });
  expect(connector({ power_type: "AC_1_PHASE", max_voltage: 230, max_amperage: 16 })).toMatchObject({ power: 3_680 });
  expect(connector({})).toMatchObject({ power: 11_000, powerIsAssumed: true });
  expect(connector({})).not.toHaveProperty("free");
});

test("what is not published is nobody's business; what cannot be placed is a problem with a name", () => {
  const { chargers, problems } = readOcpiLocations([
    { ...location, publish: false },
    { ...location, id: "L2", coordinates: { latitude: "north" } },
    { ...location, id: "L3", evses: [] },
    7,
  ]);
  expect(chargers).toEqual([]);
  expect(problems).toEqual([
    "Location L2: has no position.",
    "Location L3: has no connectors.",
    "Location 4: is no object.",
  ]);
});

test("a simulated charger says so", () => {
  const simulated = { ...location, country_code: "ZZ", party_id: "SIM" };
  expect(readOcpiLocations({ data: [simulated] }).chargers[0].source).toBe("simulated");
});

test("whatever comes, nothing is thrown", () => {
  assert(
    property(anything(), anything(), (value, other) => {
      readOcpiLocations(value, { tariffs: other });
      readOcpiLocations({ ...location, evses: value, coordinates: { latitude: 1, longitude: other } });
      readTariff(
        { ...tariff, elements: [value, { price_components: other, restrictions: value }] },
        { power: 1, current: 1 },
      );
    }),
  );
});

const data = process.env["CARAVAN_TESTDATA"];
const folder = join(data ?? "", "commerce", "ocpi-examples", "examples");
const example = (name: string): unknown => JSON.parse(readFileSync(join(folder, `${name}.json`), "utf8"));
const priceOf = (name: string, use: Partial<Parameters<typeof readTariff>[1]> = {}) => {
  const read = example(name);
  return isObject(read) ? readTariff(read, { power: 11_000, current: 16, ...use }) : undefined;
};

test.skipIf(!data)("the example location of the standard is read", () => {
  const { chargers, problems } = readOcpiLocations(example("location_example"));
  expect(problems).toEqual([]);
  expect(chargers).toMatchObject([
    { id: "BE*BEC*LOC1", name: "Gent Zuid", operator: "BeCharged", lat: 51.047599, lon: 3.729944, power: 10_560 },
  ]);
});

test.skipIf(!data).each([
  ["tariff_8_simple_025kwh", { perKwh: 27.5, perMinute: 0, flat: 0, taxIncluded: true, isPartial: false }],
  ["tariff_9_025kwh_start", { perKwh: 27.5, flat: 60 }],
  ["tariff_1_simple_2hour", { perKwh: 0, perMinute: 220 / 60 }],
  ["tariff_12_025kwh_min_price", { perKwh: 27.5, least: 55 }],
  ["tariff_6_025kwh_start_max_price", { perKwh: 27.5, flat: 60, most: 1_100 }],
  ["tariff_5_free_of_charge", { perKwh: 0, perMinute: 0, flat: 0, taxIncluded: true }],
  ["tariff_15_reservation_5_euro_per_hour", { perKwh: 27.5, flat: 60, perMinute: 0 }],
  ["tariff_19_simple_north_american_exclusive", { perMinute: 200 / 60, currency: "CAD", taxIncluded: false }],
  ["tariff_20_simple_north_american_inclusive", { perMinute: 210 / 60, taxIncluded: true }],
  ["tariffrestriction_example_max_duration", { perKwh: 48, isPartial: true }],
  ["tariffrestriction_example_max_power", { perKwh: 24 }],
])("the example tariff %s costs what the standard says", (name, price) => {
  const read = priceOf(name);
  for (const [key, value] of Object.entries(price)) {
    const found = Object.entries(read ?? {}).find(([other]) => other === key)?.[1];
    if (typeof value === "number") expect(found, key).toBeCloseTo(value, 3);
    else expect(found, key).toBe(value);
  }
});

test.skipIf(!data)("the complex example depends on the current and the hour", () => {
  const monday = { weekday: 0, minutes: 10 * 60, date: "2026-11-23" };
  expect(priceOf("tariff_4_complex")).toMatchObject({ flat: 287.5, perMinute: 2, isPartial: true });
  expect(priceOf("tariff_4_complex", { current: 32, at: monday })).toMatchObject({ flat: 287.5, perMinute: 4 });
  const sunday = { ...monday, weekday: 6 };
  expect(priceOf("tariff_4_complex", { current: 32, at: sunday })).toMatchObject({ perMinute: 2.5 });
  // Without the hour the price by time is left out, and the price says so.
  expect(priceOf("tariff_4_complex", { current: 32 })).toMatchObject({ perMinute: 0, isPartial: true });
});

test.skipIf(!data)("every example message of the standard is either read or named as a problem", () => {
  const chargers: string[] = [];
  let prices = 0;
  for (const file of readdirSync(folder)) {
    const read: unknown = JSON.parse(readFileSync(join(folder, file), "utf8"));
    chargers.push(...readOcpiLocations(read).chargers.map((charger) => charger.name));
    const price = isObject(read) ? readTariff(read, { power: 11_000, current: 16 }) : undefined;
    if (price === undefined) continue;
    prices++;
    expect(chargeCost(price, 20_000, 3_600)).toBeGreaterThanOrEqual(0);
  }
  expect(chargers.toSorted()).toEqual(["Gent Zuid", "P-Huset Leonard", "ihomer"]);
  expect(prices).toBeGreaterThanOrEqual(20);
});
