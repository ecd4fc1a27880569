import type { Catalogue, Signal } from "@caravan/signals";

/** What a metadata request returns for a node: VSS facts under their VSS names. */
export interface Metadata {
  readonly [name: string]: unknown;
}

/** The facts of a leaf or of a whole subtree, all of them or only the named ones; `children` is always there for a branch. */
export function metadataOf(catalogue: Catalogue, path: string, names: readonly string[]): Metadata {
  const signal = catalogue.find(path);
  if (signal) return pick(factsOf(signal), names);
  const children = catalogue
    .childrenOf(path)
    .map((name) => [name, metadataOf(catalogue, `${path}.${name}`, names)] as const);
  const facts = { type: "branch", description: `What the car knows of ${path}` };
  return { ...pick(facts, names), children: Object.fromEntries(children) };
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
export const serverCapabilities = {
  filter: ["timebased", "change", "range", "curvelog", "paths", "history", "static-metadata", "dynamic-metadata"],
  access_ctrl: [],
  transport_protocol: ["http", "ws"],
} as const;
