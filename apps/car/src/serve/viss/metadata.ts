import type { Catalogue, Signal } from "@caravan/signals";

/** What a metadata request returns for a node: VSS facts under their VSS names. */
export interface Metadata {
  readonly [name: string]: unknown;
}

/**
 * The facts of a leaf or of a whole subtree, all of them or only the named ones, so many generations deep; a branch has `children`, unless
 * they are deeper than that.
 */
export function metadataOf(
  catalogue: Catalogue,
  path: string,
  names: readonly string[],
  generations = Infinity,
): Metadata {
  const signal = catalogue.find(path);
  if (signal) return pick(factsOf(signal), names);
  const facts = pick({ type: "branch", description: `What the car knows of ${path}` }, names);
  if (generations <= 1) return facts;
  const children = catalogue
    .childrenOf(path)
    .map((name) => [name, metadataOf(catalogue, `${path}.${name}`, names, generations - 1)] as const);
  return { ...facts, children: Object.fromEntries(children) };
}

function factsOf({ kind, datatype, unit, min, max, allowed, default: preset, description }: Signal): Metadata {
  return {
    type: kind,
    datatype,
    ...(unit !== undefined && { unit }),
    ...(min !== undefined && { min }),
    ...(max !== undefined && { max }),
    ...(allowed && { allowed }),
    ...(preset !== undefined && { default: preset }),
    description,
  };
}

function pick(facts: Metadata, names: readonly string[]): Metadata {
  return names.length === 0
    ? facts
    : Object.fromEntries(Object.entries(facts).filter(([name]) => names.includes(name)));
}

/** VISS version 2, Core, "Server Capabilities". */
export const serverCapabilities = (isRestricted: boolean): Metadata => ({
  filter: ["timebased", "change", "range", "curvelog", "paths", "history", "static-metadata", "dynamic-metadata"],
  access_ctrl: isRestricted ? ["short_term", "signalset_claim"] : [],
  transport_protocol: ["http", "ws"],
});
