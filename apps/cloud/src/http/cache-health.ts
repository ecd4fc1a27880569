import { readdir } from "node:fs/promises";

export interface Cache {
  readonly name: string;
  readonly folder: string;
  /** Entries it may hold, each a folder. */
  readonly most: number;
}

/** How full each cache is: entries now, and the bound its owner keeps. A cache that was not made yet is empty. */
export async function cacheHealth(
  caches: readonly Cache[],
): Promise<Readonly<Record<string, { readonly entries: number; readonly bound: number }>>> {
  const counted = await Promise.all(
    caches.map(async ({ name, folder, most }) => [name, { entries: await entriesIn(folder), bound: most }] as const),
  );
  return Object.fromEntries(counted);
}

async function entriesIn(folder: string): Promise<number> {
  try {
    return (await readdir(folder, { withFileTypes: true })).filter((entry) => entry.isDirectory()).length;
  } catch {
    return 0;
  }
}
