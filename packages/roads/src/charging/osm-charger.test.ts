import { expect, test } from "vitest";
import { readOsmCharger, readPower } from "./osm-charger.ts";

const read = (tags: Readonly<Record<string, string>>) =>
  readOsmCharger({ id: "n1", name: "Here", lat: 1, lon: 2, tags });

test("sockets, their number and their power come from the tags", () => {
  const charger = read({
    "socket:type2_combo": "2",
    "socket:type2_combo:output": "150 kW",
    "socket:type2": "1",
    "socket:type2:output": "22 kW",
    operator: "Somebody",
    fee: "yes",
    charge: "0.59 EUR/kWh",
  });
  const price = { currency: "EUR", perKwh: 59, perMinute: 0, flat: 0, taxIncluded: true, isPartial: false };
  expect(charger).toEqual({
    id: "n1",
    name: "Here",
    lat: 1,
    lon: 2,
    operator: "Somebody",
    power: 150_000,
    plugs: ["ccs2", "type2"],
    connectors: [
      { plug: "ccs2", current: "dc", power: 150_000, powerIsAssumed: false, count: 2, price },
      { plug: "type2", current: "ac", power: 22_000, powerIsAssumed: false, count: 1, price },
    ],
    price,
    source: "osm",
  });
});

test.each([
  [{ access: "private", "socket:type2": "1" }],
  [{ access: "no", "socket:type2": "1" }],
  [{ motorcar: "no", "socket:schuko": "4" }],
  [{ bicycle: "yes" }],
])("the public charges no car at %j", (tags) => {
  expect(read(tags)).toBeUndefined();
});

test("what nobody says is assumed and marked so", () => {
  expect(read({ "socket:chademo": "yes" })?.connectors).toEqual([
    { plug: "chademo", current: "dc", power: 50_000, powerIsAssumed: true, count: 1 },
  ]);
  expect(read({ capacity: "4" })?.connectors).toEqual([
    { plug: "type2", current: "ac", power: 11_000, powerIsAssumed: true, count: 4 },
  ]);
  expect(read({ "charging_station:output": "50 kW" })?.connectors).toEqual([
    { plug: "ccs2", current: "dc", power: 50_000, powerIsAssumed: false, count: 1 },
  ]);
});

test("free is free", () => {
  expect(read({ fee: "no", "socket:type2": "2" })?.price).toMatchObject({ perKwh: 0, perMinute: 0, flat: 0 });
});

test.each([
  ["0,45 €/kWh; 0.10 EUR/minute", { currency: "EUR", perKwh: 45, perMinute: 10, flat: 0, isPartial: false }],
  ["6 GBP/hour", { currency: "GBP", perMinute: 10, perKwh: 0 }],
  ["30 JPY/kWh", { currency: "JPY", perKwh: 30 }],
  ["2 EUR", { flat: 200, perKwh: 0 }],
  ["0.39 EUR/kWh; ask inside", { perKwh: 39, isPartial: true }],
])("a price as people write it: %s", (charge, price) => {
  expect(read({ charge, "socket:type2": "1" })?.price).toMatchObject(price);
});

test("a price that cannot be read is no price", () => {
  expect(read({ charge: "see app", "socket:type2": "1" })?.price).toBeUndefined();
});

test.each([
  ["22 kW", 22_000],
  ["50kW", 50_000],
  ["22000 W", 22_000],
  ["22000", 22_000],
  ["11", 11_000],
  ["3,7 kW", 3_700],
  ["43 kVA", 43_000],
  ["11;22 kW", 22_000],
  ["1 MW", 1_000_000],
  ["fast", undefined],
  ["0", undefined],
  ["99999 kW", undefined],
  [undefined, undefined],
])("a power as people write it: %s", (text, watts) => {
  expect(readPower(text)).toBe(watts);
});
