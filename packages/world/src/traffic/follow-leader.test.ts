import { assert, double, property, record } from "fast-check";
import { expect, test } from "vitest";
import { accelerationBehind, speedBefore } from "./follow-leader.ts";

const style = { acceleration: 1.4, braking: 1.67, headway: 1.5, standstill: 2 };
const between = (min: number, max: number) => double({ min, max, noNaN: true });

test("nobody runs into a leader who brakes to a stand, however they follow", () => {
  assert(
    property(
      record({
        speed: between(0, 35),
        braking: between(0.5, 6),
        headway: between(0.8, 2.5),
        spare: between(0, 60),
      }),
      ({ speed, braking, headway, spare }) => {
        const own = { ...style, headway };
        let leaderAt = 2 + speed * headway + spare;
        let leader = speed;
        let at = 0;
        let v = speed;
        for (let t = 0; t < 120; t += 0.1) {
          const a = accelerationBehind(own, v, 35, leaderAt - at, leader);
          const after = Math.max(v + a * 0.1, 0);
          at += ((v + after) / 2) * 0.1;
          v = after;
          const leaderAfter = Math.max(leader - braking * 0.1, 0);
          leaderAt += ((leader + leaderAfter) / 2) * 0.1;
          leader = leaderAfter;
          expect(leaderAt - at).toBeGreaterThan(0);
        }
        expect(v).toBeLessThan(0.5);
      },
    ),
    { numRuns: 60 },
  );
});

test("a free road is driven at the wished speed, a steady leader followed at the headway", () => {
  const run = (gap: (at: number) => number, leader: number): number => {
    let v = 0;
    let at = 0;
    for (let t = 0; t < 400; t += 0.1) {
      v = Math.max(v + accelerationBehind(style, v, 14, gap(at), leader) * 0.1, 0);
      at += (v - (leader === 0 ? 0 : leader)) * 0.1;
    }
    return leader === 0 ? v : gap(at);
  };
  expect(run(() => Infinity, 0)).toBeCloseTo(14, 1);
  // Equilibrium gap of the model: (s0 + vT) / sqrt(1 - (v/v0)^4).
  expect(run((at) => 100 - at, 10)).toBeCloseTo((2 + 10 * 1.5) / Math.sqrt(1 - (10 / 14) ** 4), 0);
});

test("before a corner one may be as fast as braking allows", () => {
  expect(speedBefore(0, 5, 2)).toBe(5);
  expect(speedBefore(36, 5, 2)).toBe(13);
  expect(speedBefore(-3, 5, 2)).toBe(5);
});
