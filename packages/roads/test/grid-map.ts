import fc from "fast-check";
import type { SmallMap } from "./small-map.ts";

const width = 5;
const height = 4;
const columns = Array.from({ length: width }, (_, x) => x);
const nameOf = (x: number, y: number) => `n${x}${y}`;

/** Neighbours in the grid, each pair once. */
const lines = columns.flatMap((x) =>
  Array.from({ length: height }, (_, y) => [
    ...(x + 1 < width ? [[nameOf(x, y), nameOf(x + 1, y)] as const] : []),
    ...(y + 1 < height ? [[nameOf(x, y), nameOf(x, y + 1)] as const] : []),
  ]).flat(),
);

const street = fc.record({
  oneway: fc.constantFrom("no", "no", "yes", "-1"),
  missing: fc.boolean(),
  limit: fc.constantFrom("20", "50", "90"),
  extra: fc.constantFrom({}, {}, {}, { toll: "yes" }, { tunnel: "yes" }, { access: "destination" }),
});

const rule = fc.record({
  from: fc.nat(200),
  steps: fc.array(fc.nat(3), { minLength: 1, maxLength: 3 }),
  only: fc.boolean(),
});

/**
 * Crooked grids of streets for property tests: one-way ones, tolls, tunnels and access among them, streets that lead back to where they begin,
 * and turn restrictions over one junction or several.
 */
export const gridMap: fc.Arbitrary<SmallMap> = fc
  .record({
    streets: fc.array(street, { minLength: lines.length, maxLength: lines.length }),
    loops: fc.array(fc.record({ x: fc.nat(width - 1), y: fc.nat(height - 1), oneway: fc.constantFrom("no", "yes") }), {
      maxLength: 2,
    }),
    rules: fc.array(rule, { maxLength: 5 }),
  })
  .map(({ streets, loops, rules }) => {
    const nodes: Record<string, readonly [number, number]> = {};
    for (const x of columns) {
      for (let y = 0; y < height; y++) nodes[nameOf(x, y)] = [x * 200 + y * 13, y * 170 + x * 7];
    }
    const kept = lines.flatMap((line, i) => (streets[i].missing && i % 3 > 0 ? [] : [{ line, ...streets[i] }]));
    const ways = kept.map(({ line, oneway, limit, extra }) => ({
      nodes: line.join(" "),
      tags: { oneway, maxspeed: limit, ...extra },
    }));
    for (const [i, { x, y, oneway }] of loops.entries()) {
      const [east, north] = nodes[nameOf(x, y)];
      nodes[`a${i}`] = [east + 40, north + 30 + i];
      nodes[`b${i}`] = [east + 10, north + 60 + i];
      ways.push({ nodes: `${nameOf(x, y)} a${i} b${i} ${nameOf(x, y)}`, tags: { oneway, maxspeed: "20" } });
    }
    return { nodes, ways, relations: rules.flatMap((one) => relationOf(kept, one)) };
  });

/** A restriction along streets that follow each other. */
function relationOf(
  kept: readonly { readonly line: readonly [string, string] }[],
  { from, steps, only }: { readonly from: number; readonly steps: readonly number[]; readonly only: boolean },
) {
  if (kept.length === 0) return [];
  const path = [from % kept.length];
  let [, node] = kept[path[0]].line;
  const passed = [node];
  for (const step of steps) {
    const next = kept.flatMap(({ line }, i) => (line.includes(node) && i !== path.at(-1) ? [i] : []));
    if (next.length === 0) return [];
    const chosen = next[step % next.length];
    const { line } = kept[chosen];
    path.push(chosen);
    node = line[0] === node ? line[1] : line[0];
    passed.push(node);
  }
  const via = path.length === 2 ? [`via ${passed[0]}`] : path.slice(1, -1).map((way) => `via ${way + 1}`);
  return [
    {
      tags: { type: "restriction", restriction: only ? "only_straight_on" : "no_left_turn" },
      members: [`from ${path[0] + 1}`, ...via, `to ${path[path.length - 1] + 1}`],
    },
  ];
}
