import fc from "fast-check";
import { expect, test } from "vitest";
import { gridMap } from "../../../test/grid-map.ts";
import { smallCity } from "../../../test/small-map.ts";
import { findArc, noRank } from "../hierarchy.ts";
import { orderRoads } from "./order-roads.ts";
import type { RoadNet } from "./road-net.ts";
import { helpToOrder, shareOrder } from "./shared-order.ts";

/** A grid of streets, 100 m apart. */
function grid(width: number, height: number): RoadNet {
  const from: number[] = [];
  const to: number[] = [];
  const x: number[] = [];
  const y: number[] = [];
  for (let row = 0; row < height; row++) {
    for (let column = 0; column < width; column++) {
      const node = row * width + column;
      x.push(column * 100);
      y.push(row * 100);
      if (column + 1 < width) from.push(node);
      if (column + 1 < width) to.push(node + 1);
      if (row + 1 < height) from.push(node);
      if (row + 1 < height) to.push(node + width);
    }
  }
  return {
    nodeCount: width * height,
    from: Uint32Array.from(from),
    to: Uint32Array.from(to),
    width: new Uint8Array(from.length).fill(2),
    x: Float64Array.from(x),
    y: Float64Array.from(y),
  };
}

test("a large city is ordered alike by one thread and by whoever helps, and no road is lost", () => {
  const net = grid(4, 3_000);
  const alone = orderRoads(net);
  const shared = shareOrder(net);
  helpToOrder(shared);
  expect(Int32Array.from(shared.roads)).toEqual(alone);
  expect(alone.toSorted()).toEqual(Int32Array.from(net.from, (_, road) => road));
});

test("who comes to help when all roads are ordered has nothing to wait for", () => {
  const shared = shareOrder(grid(3, 3));
  helpToOrder(shared);
  const before = Int32Array.from(shared.roads);
  helpToOrder(shared);
  expect(Int32Array.from(shared.roads)).toEqual(before);
});

test("the most important roads of a city with a river are its bridges", () => {
  // Two banks of five by five streets, joined by two bridges.
  const bank = grid(5, 5);
  const count = bank.from.length;
  const both = (values: Uint32Array, bridge: readonly number[]) =>
    Uint32Array.from([...values, ...values.map((node) => node + 25), ...bridge]);
  const net: RoadNet = {
    nodeCount: 50,
    from: both(bank.from, [4, 14]),
    to: both(bank.to, [25, 35]),
    width: new Uint8Array(2 * count + 2).fill(2),
    x: Float64Array.from([...bank.x, ...bank.x.map((x) => x + 700)]),
    y: Float64Array.from([...bank.y, ...bank.y]),
  };
  const order = orderRoads(net);
  expect(order.slice(-2).toSorted()).toEqual(Int32Array.of(2 * count, 2 * count + 1));
});

test("wherever a turn leads up to two states or down from them, the lower of the two is joined with the other", () => {
  fc.assert(
    fc.property(gridMap, (map) => {
      fc.pre(map.ways.length > 0);
      const { hierarchy } = smallCity(map);
      const { up, down, parent, stateOfRank, rankOfState } = hierarchy;
      for (let rank = 0; rank < parent.length; rank++) {
        expect(rankOfState[stateOfRank[rank]]).toBe(rank);
        for (let i = down.first[rank]; i < down.first[rank + 1]; i++) {
          for (let j = up.first[rank]; j < up.first[rank + 1]; j++) {
            const [from, to] = [down.to[i], up.to[j]];
            if (from < to) expect(findArc(up, from, to)).toBeGreaterThanOrEqual(0);
            if (to < from) expect(findArc(down, to, from)).toBeGreaterThanOrEqual(0);
          }
        }
        const above = up.to.slice(up.first[rank], up.first[rank + 1]);
        const ancestors = new Set<number>();
        for (let at = parent[rank]; at !== noRank; at = parent[at]) ancestors.add(at);
        expect(above.every((higher) => ancestors.has(higher))).toBe(true);
      }
    }),
    { numRuns: 25 },
  );
});
