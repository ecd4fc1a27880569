import fc from "fast-check";
import { expect, test } from "vitest";
import { decodeReport, decodeSignedList } from "./message.ts";
import { matchesPath, ruleFor } from "./rules.ts";
import { standardCampaign } from "./standard.ts";

const bytes = (value: unknown) => new TextEncoder().encode(JSON.stringify(value));
const consents = { operation: true, service: true, research: false, marketing: false };
const list = { v: 1, vehicle: "abcdefgh2345", revision: 7, consents, campaigns: [standardCampaign] };
const signature = "A".repeat(88);

test("a list comes back as it was sent", () => {
  const text = JSON.stringify(list);
  expect(decodeSignedList(bytes({ v: 1, list: text, signature }))).toEqual({
    signed: { v: 1, list: text, signature },
    list,
  });
});

test.each([
  ["seventeen campaigns", { ...list, campaigns: Array.from({ length: 17 }, () => standardCampaign) }],
  ["a purpose missing", { ...list, consents: { operation: true } }],
  [
    "a pattern that is none",
    { ...list, campaigns: [{ ...standardCampaign, rules: [{ match: "Vehicle..x", everyMs: 1 }] }] },
  ],
  ["something that nobody knows", { ...list, more: 1 }],
])("a list with %s is not read", (_, broken) => {
  expect(decodeSignedList(bytes({ v: 1, list: JSON.stringify(broken), signature }))).toBe(undefined);
});

test("no bytes bring the reading of lists and reports down", () => {
  fc.assert(
    fc.property(
      fc.oneof(
        fc.uint8Array({ maxLength: 200 }),
        fc.json().map((text) => new TextEncoder().encode(text)),
      ),
      (any) => {
        expect(decodeSignedList(any)).toBe(undefined);
        expect(decodeReport(any)).toBe(undefined);
      },
    ),
  );
});

test.each([
  ["Vehicle.Speed", "Vehicle.Speed", true],
  ["Vehicle.Speed", "Vehicle.Speed.X", false],
  ["Vehicle.Cabin.*", "Vehicle.Cabin.Door.IsOpen", true],
  ["Vehicle.Cabin.*", "Vehicle.Cabin", false],
  ["Vehicle.Cabin.*", "Vehicle.CabinX.Door", false],
  ["Vehicle.Axle.*.Pressure", "Vehicle.Axle.Row1.Pressure", true],
  ["Vehicle.Axle.*.Pressure", "Vehicle.Axle.Row1.Left.Pressure", false],
])("%s and %s: %s", (pattern, path, fits) => {
  expect(matchesPath(pattern, path)).toBe(fits);
});

test("the first rule that fits counts, also where it says never", () => {
  const sensor = { kind: "sensor", datatype: "float" } as const;
  const rules = [
    { match: "A.B", everyMs: 0, never: true },
    { match: "A.*", everyMs: 5_000, only: "measured" },
    { match: "A.*", everyMs: 1_000 },
  ] as const;
  expect(ruleFor(rules, { path: "A.B", ...sensor })).toBe(undefined);
  expect(ruleFor(rules, { path: "A.C", ...sensor })?.everyMs).toBe(5_000);
  expect(ruleFor(rules, { path: "A.C", kind: "sensor", datatype: "boolean" })?.everyMs).toBe(1_000);
  expect(ruleFor(rules, { path: "B.C", ...sensor })).toBe(undefined);
});
