import { standardCampaign } from "@caravan/link/campaigns";
import { expect, test } from "vitest";
import { draftOf, emptyDraft, faultOf, matching, unitsIn, wishOf } from "./draft.ts";

test("what is read into the form comes out of it again", () => {
  const { id: _id, revision: _revision, ...wish } = standardCampaign;
  const minute = Math.ceil(Date.UTC(2030, 0, 2, 3, 4) / 60_000) * 60_000;
  const condition = {
    kind: "condition",
    expression: "Vehicle.Speed > 3",
    on: "always",
    preMs: 1_500,
    postMs: 0,
  } as const;
  for (const each of [wish, { ...wish, until: minute }, { ...wish, when: condition }]) {
    expect(wishOf(draftOf(each, "all"))).toEqual(each);
  }
});

test("a draft that cannot be sent yet is no wish", () => {
  const good = { ...emptyDraft, name: "Fast" };
  expect(wishOf(good)).toBeDefined();
  expect(wishOf(emptyDraft)).toBe(undefined);
  expect(wishOf({ ...good, expression: "Vehicle.Speed >" })).toBe(undefined);
  expect(wishOf({ ...good, rules: [] })).toBe(undefined);
  expect(wishOf({ ...good, rules: [{ match: "Vehicle.Sped", every: "1", deadband: "", rest: {} }] })).toBe(undefined);
  expect(wishOf({ ...good, rules: [{ match: "Vehicle.Speed", every: "", deadband: "", rest: {} }] })).toBe(undefined);
  expect(wishOf({ ...good, pre: "x" })).toBe(undefined);
  expect(wishOf({ ...good, whom: [] })).toBe(undefined);
});

test("the form shows what fits and in which unit", () => {
  expect(faultOf("Vehicle.Speed > 3")).toBe(undefined);
  expect(faultOf("Vehicle.Speed > ")?.at).toBe(16);
  expect(matching("Vehicle.Speed")).toEqual(["Vehicle.Speed"]);
  expect(matching("Vehicle.Cabin.Door.*").length).toBeGreaterThan(4);
  expect(unitsIn("Vehicle.Speed > 3 and Vehicle.NoSuch > 2")).toEqual([{ path: "Vehicle.Speed", unit: "km/h" }]);
});
