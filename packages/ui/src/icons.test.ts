import { expect, test } from "vitest";
import { manoeuvreIcon } from "./icons.tsx";

test("every manoeuvre has its sign", () => {
  expect(manoeuvreIcon("turn", "sharp left")).toBe("turn-sharp-left");
  expect(manoeuvreIcon("continue", "straight")).toBe("turn-straight");
  expect(manoeuvreIcon("roundabout", "right")).toBe("turn-roundabout");
  expect(manoeuvreIcon("off ramp", "slight right")).toBe("turn-fork-right");
  expect(manoeuvreIcon("fork", "slight left")).toBe("turn-fork-left");
  expect(manoeuvreIcon("arrive", "straight")).toBe("turn-arrive");
});
