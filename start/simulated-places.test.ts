import { importCity } from "@caravan/roads/importing";
import type { City } from "@caravan/roads";
import { expect, test } from "vitest";
import { simulatedChargers, simulatedPlaces } from "./simulated-places.ts";

/** A grid of streets with one real café. */
async function grid(): Promise<City> {
  const features: unknown[] = [];
  for (let i = 0; i < 12; i++) {
    const across = Array.from({ length: 12 }, (_, k) => [11.9 + 0.004 * k, 57.7 + 0.002 * i]);
    const along = Array.from({ length: 12 }, (_, k) => [11.9 + 0.004 * i, 57.7 + 0.002 * k]);
    for (const [name, coordinates] of [
      [`Across ${i}`, across],
      [`Along ${i}`, along],
    ] as const) {
      features.push({
        type: "Feature",
        properties: { highway: "residential", name },
        geometry: { type: "LineString", coordinates },
      });
    }
  }
  const city = await importCity({ kind: "geojson", value: { type: "FeatureCollection", features } }, { name: "Grid" });
  return { ...city, places: [{ name: "Real", kind: "cafe", category: "coffee", lat: 57.71, lon: 11.92 }] };
}

test("a city gets simulated places only of kinds its map has none of, each named as simulated beside its own street", async () => {
  const places = simulatedPlaces(await grid());
  expect(places.filter(({ category }) => category === "coffee")).toEqual([]);
  expect(places.filter(({ category }) => category === "charging").length).toBeGreaterThan(5);
  expect(places.every(({ name, simulated }) => simulated === true && name.endsWith("(simulated)"))).toBe(true);
  const fuel = places.filter(({ category }) => category === "fuel").map(({ street }) => street);
  expect(new Set(fuel).size).toBe(fuel.length);
});

test("every simulated charger is an OCPI location with a power and a tariff that exists", async () => {
  const city = await grid();
  const places = simulatedPlaces(city);
  const { locations, tariffs } = simulatedChargers(places, city, new Date("2026-01-01T00:00:00Z"));
  expect(locations).toHaveLength(places.filter(({ category }) => category === "charging").length);
  const known = new Set(tariffs.map(({ id }) => id));
  for (const { evses } of locations) {
    for (const { connectors } of evses) {
      expect(connectors.every((plug) => plug.max_electric_power >= 22_000)).toBe(true);
      expect(connectors.flatMap((plug) => plug.tariff_ids).every((id) => known.has(id))).toBe(true);
    }
  }
});
