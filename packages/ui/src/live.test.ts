import { expect, test } from "vitest";
import { createLive } from "./live.tsx";

test("a live value tells its listeners of each change, of nothing else, and not after they left", () => {
  const speed = createLive(0);
  const heard: number[] = [];
  const stop = speed.subscribe(() => heard.push(speed.get()));
  speed.set(10);
  speed.set(10);
  speed.set(12);
  stop();
  speed.set(14);
  expect(heard).toEqual([10, 12]);
  expect(speed.get()).toBe(14);
});
