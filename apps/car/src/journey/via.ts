import type { Route } from "@caravan/roads/routing";

/** What a way is called by: this many streets at most. */
const mostStreets = 2;
/** A street with less than this share of the way says nothing about it. */
const leastShare = 0.06;

/** For each way the streets that tell it from the others, in the order they are driven: "Södra vägen, E 6". Empty where the map has no names. */
export function viaOf(ways: readonly Pick<Route, "streets" | "distance">[]): readonly string[] {
  const numbers = metresByNumber(ways.flatMap(({ streets }) => streets));
  const lengths = ways.map(({ streets }) => metresByStreet(streets, numbers));
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

const numbersOf = (ref: string): readonly string[] =>
  ref
    .split(";")
    .map((number) => number.trim())
    .filter((number) => number !== "");

function metresByNumber(streets: Route["streets"]): ReadonlyMap<string, number> {
  const metres = new Map<string, number>();
  for (const { ref, from, to } of streets)
    for (const number of numbersOf(ref)) metres.set(number, (metres.get(number) ?? 0) + to - from);
  return metres;
}

/** Of a road with several numbers the one that is driven longest: "E 6" and "E 6; E 20" are one road to a driver. */
function numberOf(ref: string, metres: ReadonlyMap<string, number>): string {
  const [best = ""] = numbersOf(ref).toSorted((a, b) => (metres.get(b) ?? 0) - (metres.get(a) ?? 0));
  return best;
}

function metresByStreet(streets: Route["streets"], numbers: ReadonlyMap<string, number>): Map<string, number> {
  const metres = new Map<string, number>();
  for (const { name, ref, from, to } of streets) {
    const called = name === "" ? numberOf(ref, numbers) : name;
    if (called !== "") metres.set(called, (metres.get(called) ?? 0) + to - from);
  }
  return metres;
}
