import { expect, test } from "vitest";
import { joinCommand } from "./join-command.ts";

test("a code that begins with a dash is not taken for a flag", () => {
  expect(joinCommand("https://cars.example", "-abc_D")).toBe(
    "npm start -- --car-only --cloud-url https://cars.example --enrol=-abc_D",
  );
});
