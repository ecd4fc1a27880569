import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { Vehicle, catalogue } from "../../index.ts";

interface Official {
  readonly [fact: string]: unknown;
  readonly children?: Readonly<Record<string, Official>>;
}

function officialLeaves(path: string, node: Official, found = new Map<string, Official>()): Map<string, Official> {
  if (node.children) {
    for (const [name, child] of Object.entries(node.children)) officialLeaves(`${path}.${name}`, child, found);
  } else {
    found.set(path, node);
  }
  return found;
}

const plain = (text: unknown) =>
  String(text)
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, " ")
    .trim();

const folder = process.env["CARAVAN_TESTDATA"];

test.skipIf(!folder)("every signal has the facts of VSS 6.0 and a description of our own", () => {
  const file: { readonly Vehicle: Official } = JSON.parse(
    readFileSync(join(folder ?? "", "vss/vss_release_6.0.json"), "utf8"),
  );
  const official = officialLeaves("Vehicle", file.Vehicle);
  const ours = catalogue.signals.filter(({ path }) => !path.startsWith("Vehicle.Caravan."));
  expect(ours.length).toBeGreaterThan(500);
  const facts = ({ kind: type, datatype, unit, min, max, allowed }: (typeof ours)[number]) => ({
    type,
    datatype,
    unit,
    min,
    max,
    allowed,
  });
  const wrong = ours.flatMap((signal) => {
    const { type, datatype, unit, min, max, allowed } = official.get(signal.path) ?? {};
    const differs = JSON.stringify(facts(signal)) !== JSON.stringify({ type, datatype, unit, min, max, allowed });
    return differs
      ? [{ path: signal.path, ours: facts(signal), theirs: { type, datatype, unit, min, max, allowed } }]
      : [];
  });
  expect(wrong).toEqual([]);
  const copied = ours.filter(
    (signal) => plain(official.get(signal.path)?.["description"]) === plain(signal.description),
  );
  expect(copied.map(({ path, description }) => `${path}: ${description}`)).toEqual([]);
});

test("a signal's slot is its place in the catalogue and its path leads back to it", () => {
  for (const [slot, signal] of catalogue.signals.entries()) {
    expect(signal.slot).toBe(slot);
    expect(catalogue.find(signal.path)).toBe(signal);
    expect(signal.description).not.toBe("");
  }
  expect(new Set(catalogue.signals.map(({ path }) => path)).size).toBe(catalogue.signals.length);
});

test("the tree of names has the paths of VSS", () => {
  expect(Vehicle.Speed).toMatchObject({ path: "Vehicle.Speed", kind: "sensor", datatype: "float", unit: "km/h" });
  expect(Vehicle.Cabin.Door.Row2.PassengerSide.Window.Position).toMatchObject({
    path: "Vehicle.Cabin.Door.Row2.PassengerSide.Window.Position",
    kind: "actuator",
    min: 0,
    max: 100,
  });
  expect(Vehicle.Caravan.Journey.State.allowed).toContain("ARRIVED");
});
