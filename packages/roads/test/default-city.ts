import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { ImportedCity } from "../src/city.ts";
import { buildHierarchy } from "../src/engine/order/build-hierarchy.ts";
import { landOf } from "../src/import/city-of.ts";
import { readGeoJson } from "../src/import/geojson.ts";

type Land = ReturnType<typeof landOf>;

let land: Land | undefined;

/** The roads of the default city, central Gothenburg, read once for all tests of a thread; what only routing needs is left out. */
export function defaultLand(): Land {
  const file = createRequire(import.meta.url).resolve("geojson-path-finder/test/large-network.json");
  land ??= landOf(readGeoJson(JSON.parse(readFileSync(file, "utf8"))), { name: "Gothenburg", version: "0" });
  return land;
}

let city: ImportedCity | undefined;

/** The default city with all that routing needs, made once for all tests of a thread. */
export async function defaultCity(): Promise<ImportedCity> {
  const roads = defaultLand();
  city ??= { ...roads, hierarchy: buildHierarchy(roads.graph) };
  return city;
}
