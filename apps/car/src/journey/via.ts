import type { Route } from "@caravan/roads";

/** What a way is called by: this many streets at most. */
const mostStreets = 2;
/** A street with less than this share of the way says nothing about it. */
const leastShare = 0.06;

/** For each way the streets that tell it from the others, in the order they are driven: "Södra vägen, E 6". Empty where the map has no names. */
export function viaOf(ways: readonly Pick<Route, "streets" | "distance">[]): readonly string[] {
  const lengths = ways.map(({ streets }) => metresByStreet(streets));
  return ways.map(({ distance }, i) => {
    const own = lengths[i] ?? new Map<string, number>();
    const others = lengths.filter((_, k) => k !== i);
    const shared = (name: string): number => Math.max(0, ...others.map((other) => other.get(name) ?? 0));
    const longest = (weigh: (name: string, metres: number) => number): readonly string[] =>
      [...own.entries()]
        .map(([name, metres]) => ({ name, weight: weigh(name, metres) }))
        .filter(({ weight }) => weight > leastShare * distance)
        .toSorted((a, b) => b.weight - a.weight)
        .slice(0, mostStreets)
        .map(({ name }) => name);
    const telling = longest((name, metres) => metres - shared(name));
    const named = telling.length > 0 ? telling : longest((_, metres) => metres);
    // The map keeps the order of insertion, which is that of the drive.
    return [...own.keys()].filter((name) => named.includes(name)).join(", ");
  });
}

function metresByStreet(streets: Route["streets"]): Map<string, number> {
  const metres = new Map<string, number>();
  for (const { name, ref, from, to } of streets) {
    const called = name === "" ? ref : name;
    if (called !== "") metres.set(called, (metres.get(called) ?? 0) + to - from);
  }
  return metres;
}
