/** Room for " (10000)" within the 60 characters that a name may have. */
const longestStem = 52;

/** What all names begin with that `freeName` may give in place of the wish, and the wish itself. */
export function nameStem(wish: string): string {
  return Array.from(wish).slice(0, longestStem).join("").trimEnd();
}

/** The wish where nobody has it, and else with the first number behind it that is free: "Car 1 (2)". */
export function freeName(wish: string, taken: ReadonlySet<string>): string {
  if (!taken.has(wish)) return wish;
  const stem = nameStem(wish);
  let number = 2;
  while (taken.has(`${stem} (${number})`)) number += 1;
  return `${stem} (${number})`;
}
