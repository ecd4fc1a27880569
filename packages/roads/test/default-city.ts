import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { ImportedCity } from "../src/city.ts";
import { importCity } from "../src/import/import-city.ts";

let city: Promise<ImportedCity> | undefined;

/** The default city, central Gothenburg, imported once for all tests of a thread. */
export function defaultCity(): Promise<ImportedCity> {
  const file = createRequire(import.meta.url).resolve("geojson-path-finder/test/large-network.json");
  city ??= importCity({ kind: "geojson", value: JSON.parse(readFileSync(file, "utf8")) }, { name: "Gothenburg" });
  return city;
}
