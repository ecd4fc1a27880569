import { expect, test } from "vitest";
import { freeName, nameStem } from "./free-name.ts";

test("a name that nobody has stays as it is", () => {
  expect(freeName("Car 1", new Set(["Car 10", "Car 2"]))).toBe("Car 1");
});

test("a name that is taken gets the first free number", () => {
  expect(freeName("Car 1", new Set(["Car 1"]))).toBe("Car 1 (2)");
  expect(freeName("Car 1", new Set(["Car 1", "Car 1 (2)", "Car 1 (4)"]))).toBe("Car 1 (3)");
});

test("a long name keeps within sixty characters, whole ones, and all its variants begin with its stem", () => {
  const wish = "🚗".repeat(60);
  const taken = new Set([wish]);
  for (let count = 0; count < 20; count++) taken.add(freeName(wish, taken));
  expect(taken.size).toBe(21);
  for (const name of taken) {
    expect(Array.from(name).length).toBeLessThanOrEqual(60);
    expect(name.isWellFormed()).toBe(true);
    expect(name.startsWith(nameStem(wish))).toBe(true);
  }
});
