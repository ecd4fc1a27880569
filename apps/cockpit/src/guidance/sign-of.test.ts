import type { Manoeuvre } from "@caravan/link";
import { expect, test } from "vitest";
import { lanesToTake, signFacts, thenIndex } from "./sign-of.ts";

const at = (along: number, change: Partial<Manoeuvre> = {}): Manoeuvre => ({
  kind: "turn",
  modifier: "right",
  along,
  lat: 57.7,
  lon: 11.97,
  street: "",
  ref: "",
  destination: "",
  text: "",
  ...change,
});

test("a second turn is hinted at only when it follows closely", () => {
  expect(thenIndex([at(100), at(200)], 0)).toBe(1);
  expect(thenIndex([at(100), at(400)], 0)).toBeUndefined();
  expect(thenIndex([at(100)], 0)).toBeUndefined();
});

test("at a stop nothing is hinted at: the way on begins anew", () => {
  expect(thenIndex([at(100, { kind: "arrive" }), at(100, { kind: "depart" })], 0)).toBeUndefined();
});

test("leaving a roundabout and a new name are no second turn", () => {
  const way = [
    at(100, { kind: "roundabout" }),
    at(130, { kind: "exit roundabout" }),
    at(140, { kind: "new name" }),
    at(200),
  ];
  expect(thenIndex(way, 0)).toBe(3);
});

test("the way through a roundabout is read from the route: into it northwards, out of it to the west", () => {
  const geometry = [11.97, 57.7, 11.97, 57.701, 11.9706, 57.7013, 11.97, 57.7016, 11.968, 57.7016];
  const manoeuvres = [at(111, { kind: "roundabout" }), at(211, { kind: "exit roundabout" })];
  expect(signFacts({ geometry, manoeuvres }, 0)?.turn).toBeCloseTo(-90, -1);
  expect(signFacts({ geometry, manoeuvres }, 1)?.turn).toBeUndefined();
});

test("one drives on the right unless the car says otherwise", () => {
  const route = { geometry: [], manoeuvres: [at(1), at(2, { drivingSide: "left" })] };
  expect(signFacts(route, 0)?.side).toBe("right");
  expect(signFacts(route, 1)?.side).toBe("left");
  expect(signFacts(route, 2)).toBeUndefined();
});

test("lanes are told from the left, neighbours together", () => {
  const lanes = (...valid: boolean[]) => valid.map((each) => ({ valid: each }));
  expect(lanesToTake(lanes(false, true, true))).toBe("2–3");
  expect(lanesToTake(lanes(true, false, false, true))).toBe("1, 4");
  expect(lanesToTake(lanes(true, true))).toBe("");
  expect(lanesToTake(lanes(false, false))).toBe("");
});
