import { array, assert, double, integer, property, record } from "fast-check";
import { expect, test } from "vitest";
import { atPercent } from "./curve.ts";
import { searchStops } from "./search-stops.ts";
import type { StopProblem } from "./search-stops.ts";

/** Every sequence of stops and every whole percent to leave with. */
function bruteForce(problem: StopProblem): number {
  const width = problem.count + 1;
  let best = Infinity;
  const go = (row: number, charge: number, cost: number, left: number): void => {
    const arrive = charge - problem.driveEnergy[row * width + problem.count];
    if (arrive >= Math.max(problem.arrival, problem.reserve)) {
      best = Math.min(best, cost + problem.driveCost[row * width + problem.count]);
    }
    if (left === 0) return;
    for (let place = 0; place < problem.count; place++) {
      if (row === place + 1) continue;
      const at = charge - problem.driveEnergy[row * width + place];
      if (!(at >= problem.reserve)) continue;
      const here = cost + problem.driveCost[row * width + place] + problem.stopCost[place];
      for (let leave = Math.ceil(at); leave <= 100; leave++) {
        const paid = problem.chargeCost[place][leave] - atPercent(problem.chargeCost[place], at);
        if (here + paid < best) go(place + 1, leave, here + paid, left - 1);
      }
    }
  };
  go(0, problem.charge, 0, problem.mostStops);
  return best;
}

const problems = record({
  count: integer({ min: 0, max: 3 }),
  seeds: array(double({ min: 0, max: 1, noNaN: true }), { minLength: 80, maxLength: 80 }),
  charge: integer({ min: 5, max: 95 }),
  reserve: integer({ min: 0, max: 15 }),
  arrival: integer({ min: 0, max: 70 }),
  mostStops: integer({ min: 0, max: 3 }),
}).map(({ count, seeds, ...rest }): StopProblem => {
  let k = 0;
  const next = (): number => seeds[k++ % seeds.length];
  const cells = (count + 1) ** 2;
  return {
    count,
    ...rest,
    // Steps of ten percent keep the brute force short; every tenth leg does not exist.
    driveEnergy: Float64Array.from({ length: cells }, () => (next() < 0.1 ? NaN : 20 + 85 * next())),
    driveCost: Float64Array.from({ length: cells }, () => Math.round(10 + 500 * next())),
    stopCost: Float64Array.from({ length: count }, () => Math.round(60 * next())),
    chargeCost: Array.from({ length: count }, () => {
      const slow = 0.5 + 5 * next();
      const taper = 40 + 60 * next();
      let sum = 0;
      return Float64Array.from({ length: 101 }, (_, i) =>
        i === 0 ? 0 : (sum += slow * (i > taper ? 1 + (i - taper) / 5 : 1)),
      );
    }),
  };
});

test("no other stops and no other percents are cheaper", () => {
  assert(
    property(problems, (problem) => {
      const plan = searchStops(problem);
      const best = bruteForce(problem);
      if (plan === undefined) expect(best).toBe(Infinity);
      else expect(plan.cost).toBeCloseTo(best, 6);
    }),
    { numRuns: 150 },
  );
});

test("a plan can be driven: no charge ever falls below the reserve, and its cost is what it says", () => {
  assert(
    property(problems, (problem) => {
      const plan = searchStops(problem);
      if (plan === undefined) return;
      const width = problem.count + 1;
      let row = 0;
      let { charge } = problem;
      let cost = 0;
      for (const { place, arrive, leave } of plan.stops) {
        expect(arrive).toBeCloseTo(charge - problem.driveEnergy[row * width + place], 9);
        expect(arrive).toBeGreaterThanOrEqual(problem.reserve);
        expect(leave).toBeGreaterThanOrEqual(arrive);
        expect(leave).toBeLessThanOrEqual(100);
        cost += problem.driveCost[row * width + place] + problem.stopCost[place];
        cost += problem.chargeCost[place][leave] - atPercent(problem.chargeCost[place], arrive);
        charge = leave;
        row = place + 1;
      }
      expect(plan.stops.length).toBeLessThanOrEqual(problem.mostStops);
      expect(plan.arrival).toBeCloseTo(charge - problem.driveEnergy[row * width + problem.count], 9);
      expect(plan.arrival).toBeGreaterThanOrEqual(Math.max(problem.arrival, problem.reserve));
      expect(plan.cost).toBeCloseTo(cost + problem.driveCost[row * width + problem.count], 6);
    }),
    { numRuns: 300 },
  );
});
