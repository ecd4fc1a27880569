import fc from "fast-check";
import { expect, test } from "vitest";
import { bestOrder } from "./trip-order.ts";

function permutations(items: readonly number[]): number[][] {
  if (items.length === 0) return [[]];
  return items.flatMap((item) => permutations(items.filter((other) => other !== item)).map((rest) => [item, ...rest]));
}

function lengthOf(cost: Float64Array, count: number, order: readonly number[], isRound: boolean): number {
  let sum = 0;
  for (let i = 0; i + 1 < order.length; i++) sum += cost[order[i] * count + order[i + 1]];
  return isRound ? sum + cost[order[order.length - 1] * count + order[0]] : sum;
}

const matrix = (count: number) =>
  fc
    .array(fc.nat(1_000), { minLength: count * count, maxLength: count * count })
    .map((list) => Float64Array.from(list));

test("for a few places no order is shorter", () => {
  const wish = fc.record({ roundtrip: fc.boolean(), first: fc.boolean(), last: fc.boolean() });
  fc.assert(
    fc.property(
      fc.integer({ min: 2, max: 6 }).chain((count) => fc.tuple(fc.constant(count), matrix(count))),
      wish,
      ([count, cost], { roundtrip, first, last }) => {
        const order = bestOrder(cost, count, { roundtrip, first, last });
        expect([...order].toSorted((a, b) => a - b)).toEqual(Array.from({ length: count }, (_, i) => i));
        if (!roundtrip && first) expect(order[0]).toBe(0);
        if (!roundtrip && last) expect(order.at(-1)).toBe(count - 1);
        const allowed = permutations(order).filter(
          (one) => roundtrip || ((!first || one[0] === 0) && (!last || one.at(-1) === count - 1)),
        );
        const least = Math.min(...allowed.map((one) => lengthOf(cost, count, one, roundtrip)));
        expect(lengthOf(cost, count, order, roundtrip)).toBe(least);
      },
    ),
    { numRuns: 40 },
  );
});

test("many places on a circle are visited around it", () => {
  const count = 30;
  const at = (i: number) => [Math.cos((i * 7 * 2 * Math.PI) / count), Math.sin((i * 7 * 2 * Math.PI) / count)] as const;
  const cost = Float64Array.from({ length: count * count }, (_, cell) => {
    const [x1, y1] = at(Math.floor(cell / count));
    const [x2, y2] = at(cell % count);
    return Math.hypot(x2 - x1, y2 - y1);
  });
  const order = bestOrder(cost, count, { roundtrip: true, first: true, last: false });
  expect(order[0]).toBe(0);
  expect(new Set(order).size).toBe(count);
  expect(lengthOf(cost, count, order, true)).toBeCloseTo(2 * count * Math.sin(Math.PI / count), 6);
});
