import { expect, test } from "vitest";
import { isNamedSimulated, plainName } from "./plain-name.ts";

test("a simulated place's name is told from the note that it is simulated, in either writing", () => {
  expect(plainName("Vasagatan coffee (simulated)", true)).toBe("Vasagatan coffee");
  expect(plainName("福建南路加油站（模拟）", true)).toBe("福建南路加油站");
  expect(isNamedSimulated("福建南路加油站（模拟）")).toBe(true);
});

test("a real place keeps its name whole", () => {
  expect(isNamedSimulated("Simulated Café")).toBe(false);
  expect(plainName("Vasagatan coffee (simulated)", false)).toBe("Vasagatan coffee (simulated)");
});
