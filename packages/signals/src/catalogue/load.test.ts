import { readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { expect, test } from "vitest";
import { CatalogueError, Vehicle, catalogue, loadCatalogue } from "../../index.ts";

const folder = process.env["CARAVAN_TESTDATA"];
const branch = (children: unknown) => ({ type: "branch", description: "", children });
const winch = { type: "actuator", datatype: "uint8", unit: "percent", min: 0, max: 100, description: "Rope drawn in" };

test.skipIf(!folder)("the whole official VSS 6.0 file is taken in, and agrees with the product", () => {
  const file: unknown = JSON.parse(readFileSync(join(folder ?? "", "vss/vss_release_6.0.json"), "utf8"));
  const loaded = loadCatalogue(file);
  const own = catalogue.signals.filter(({ path }) => path.startsWith("Vehicle.Caravan."));
  expect(loaded.signals).toHaveLength(1263 + own.length);
  expect(loaded.differences).toEqual([]);
  expect(loaded.find("Vehicle.Speed")).toBe(Vehicle.Speed);
  expect(loaded.match("Vehicle.MotionManagement")).toHaveLength(99);
  for (const [slot, signal] of loaded.signals.entries()) expect(signal.slot).toBe(slot);
});

test("an overlay adds signals, nested or flat", () => {
  const nested = loadCatalogue({ Vehicle: branch({ Winch: branch({ Rope: winch }) }) });
  const flat = loadCatalogue({ Vehicle: { type: "branch" }, "Vehicle.Winch.Rope": winch }, [
    { "Vehicle.Winch.Hook": { ...winch, default: 7 } },
  ]);
  expect(nested.find("Vehicle.Winch.Rope")).toMatchObject({ kind: "actuator", datatype: "uint8", min: 0, max: 100 });
  expect(flat.find("Vehicle.Winch.Rope")).toMatchObject({ slot: catalogue.signals.length });
  expect(flat.find("Vehicle.Winch.Hook")).toMatchObject({ slot: catalogue.signals.length + 1, default: 7 });
});

test("an older official file loads, and its differences are told", () => {
  const loaded = loadCatalogue({
    "Vehicle.Speed": { type: "sensor", datatype: "int32", unit: "km/h", description: "" },
  });
  expect(loaded.find("Vehicle.Speed")).toBe(Vehicle.Speed);
  expect(loaded.differences).toEqual([{ path: "Vehicle.Speed", fact: "datatype", ours: "float", theirs: "int32" }]);
});

test.each([
  ["no object", [], "file", "no object"],
  ["nothing in it", {}, "file", "no signal"],
  ["an unknown data type", { "Vehicle.X": { ...winch, datatype: "uint128" } }, "Vehicle.X", "uint128"],
  ["an unknown type", { "Vehicle.X": { ...winch, type: "struct" } }, "Vehicle.X", "struct"],
  ["limits the wrong way round", { "Vehicle.X": { ...winch, min: 5, max: 1 } }, "Vehicle.X", "above"],
  ["a limit that is text", { "Vehicle.X": { ...winch, max: "1" } }, "Vehicle.X", "max"],
  ["allowed values that are no list", { "Vehicle.X": { ...winch, allowed: "A" } }, "Vehicle.X", "allowed"],
  ["a default out of range", { "Vehicle.X": { ...winch, default: 101 } }, "Vehicle.X", "at most 100"],
  [
    "instances not expanded",
    { Vehicle: branch({ Door: { ...branch({}), instances: "Row[1,2]" } }) },
    "Vehicle.Door",
    "expanded",
  ],
  ["a name with a space", { Vehicle: branch({ "a b": winch }) }, "Vehicle.a b", "letters"],
  [
    "the prototype as a name",
    JSON.parse('{"Vehicle":{"type":"branch","children":{"__proto__":{"type":"sensor"}}}}'),
    "Vehicle.__proto__",
    "letters",
  ],
  ["a leaf that is text", { Vehicle: branch({ X: "float" }) }, "Vehicle.X", "neither"],
])("a file with %s is refused by name", (_what, file: unknown, path, problem) => {
  let error: unknown;
  try {
    loadCatalogue(file);
  } catch (thrown) {
    error = thrown;
  }
  expect(error).toBeInstanceOf(CatalogueError);
  expect(error).toMatchObject({ path });
  expect(String(error)).toContain(problem);
});

test("an overlay cannot change what a signal means", () => {
  const overlay = { "Vehicle.Speed": { type: "sensor", datatype: "float", unit: "m/s", description: "" } };
  expect(() => loadCatalogue({ "Vehicle.X": winch }, [overlay])).toThrow(
    'Vehicle.Speed: an overlay cannot change its unit from "km/h" to "m/s"',
  );
});

test("a tree without end is refused", () => {
  let node: unknown = winch;
  for (let depth = 0; depth < 60; depth++) node = branch({ A: node });
  expect(() => loadCatalogue({ Vehicle: node })).toThrow("deeper");
});

test("any JSON is either taken in or refused by name", () => {
  fc.assert(
    fc.property(fc.dictionary(fc.constantFrom("Vehicle", "Vehicle.A", "B"), fc.jsonValue()), (file) => {
      try {
        expect(loadCatalogue(file).signals.length).toBeGreaterThanOrEqual(catalogue.signals.length);
      } catch (error) {
        expect(error).toBeInstanceOf(CatalogueError);
      }
    }),
  );
});

test("a star stands for one segment, a branch for everything below it", () => {
  const paths = (pattern: string) => catalogue.match(pattern).map(({ path }) => path);
  expect(paths("Vehicle.Cabin.Door.*.*.IsOpen")).toHaveLength(4);
  expect(paths("Vehicle.Cabin.Door.*.IsOpen")).toEqual([]);
  expect(paths("Vehicle.CurrentLocation.GNSSReceiver.MountingPosition")).toHaveLength(3);
  expect(paths("Vehicle")).toHaveLength(catalogue.signals.length);
  expect(paths("Vehicle.__proto__")).toEqual([]);
  expect(catalogue.isBranch("Vehicle.Cabin")).toBe(true);
  expect(catalogue.isBranch("Vehicle.Speed")).toBe(false);
  expect(catalogue.isBranch("Vehicle.Nothing")).toBe(false);
  expect(catalogue.childrenOf("Vehicle.Cabin.Door.Row1")).toEqual(["DriverSide", "PassengerSide"]);
});
