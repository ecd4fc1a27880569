import type { Tags } from "../import/map-data.ts";

/** A value for each direction of a way. */
export interface Directed<T> {
  readonly forward: T;
  readonly backward: T;
}

function valueOf(tags: Tags, key: string): string | undefined {
  const value = tags.get(key);
  return value === "" ? undefined : value;
}

/**
 * The first of several keys that says something about a direction; "key:forward" comes before "key". Keys given earlier win over later
 * ones, whatever direction they name.
 */
export function directed(tags: Tags, keys: readonly string[]): Directed<string | undefined> {
  let forward: string | undefined;
  let backward: string | undefined;
  for (const key of keys) {
    const both = valueOf(tags, key);
    forward ??= valueOf(tags, `${key}:forward`) ?? both;
    backward ??= valueOf(tags, `${key}:backward`) ?? both;
  }
  return { forward, backward };
}

/** One key by direction; on a one-way street a value without a direction belongs to the way it runs. */
export function alongWay(tags: Tags, key: string, oneWay: -1 | 0 | 1): Directed<string | undefined> {
  const both = valueOf(tags, key);
  return {
    forward: valueOf(tags, `${key}:forward`) ?? (oneWay === -1 ? undefined : both),
    backward: valueOf(tags, `${key}:backward`) ?? (oneWay === 1 ? undefined : both),
  };
}

export function isSet(tags: Tags, key: string): boolean {
  const value = tags.get(key);
  return value !== undefined && value !== "no";
}

/** "A;B" as "A; B". */
export function canonicalList(text: string, mark: ";" | ","): string {
  return text
    .split(mark)
    .map((part) => part.trim())
    .filter((part) => part !== "")
    .join(`${mark} `);
}
