import type { Graph } from "../city.ts";
import type { Hierarchy } from "../engine/hierarchy.ts";

/**
 * Increase whenever an import gives something else than before: other rules, other tiles, another picture. Whoever caches cities makes it
 * part of the key.
 */
export const importerVersion = 21;

/** Increase whenever the meaning of a stored city changes; older files are then made anew. */
export const cityFormat = 8;

/** "CVCITY" and two zero bytes, as two little-endian words. */
export const magic = [0x49435643, 0x00005954] as const;

/** Words before the description: magic (2), format, length of the description in bytes, length of the whole file in bytes, checksum. */
export const headWords = 6;

/** Columns of the graph in the order they are stored, with the kind of their numbers. */
export const columns = {
  roadPoint: "u32",
  pointX: "i32",
  pointY: "i32",
  pointNode: "f64",
  pointFlags: "u16",
  roadLength: "f32",
  roadWay: "u32",
  roadForward: "i32",
  roadBackward: "i32",
  wayId: "f64",
  wayClass: "u8",
  wayFlags: "u16",
  wayLayer: "i8",
  wayWidth: "f32",
  wayLanesForward: "u8",
  wayLanesBackward: "u8",
  wayLimitForward: "f32",
  wayLimitBackward: "f32",
  waySpeed: "f32",
  wayName: "u32",
  wayRef: "u32",
  wayAlias: "u32",
  wayDestination: "u32",
  wayExits: "u32",
  wayPronunciation: "u32",
  wayTurnLanesForward: "u32",
  wayTurnLanesBackward: "u32",
  edgeFrom: "u32",
  edgeTo: "u32",
  edgeRoad: "u32",
  edgeMs: "u32",
  edgeWeight: "u32",
  edgeFlags: "u8",
  stateEdge: "u32",
  turnFirst: "u32",
  turnTo: "u32",
  turnMs: "u16",
  turnExtraMs: "u32",
  runPoint: "u32",
  runRoad: "u32",
} as const satisfies Partial<Record<keyof Graph, "u8" | "i8" | "u16" | "i32" | "u32" | "f32" | "f64">>;

/** The columns of the hierarchy, all of 32-bit numbers, in the order they are stored. */
export function hierarchyColumns(hierarchy: Hierarchy): readonly (readonly [name: string, column: Uint32Array])[] {
  const { stateOfRank, rankOfState, parent, turnArc, up, down, belowUp, belowDown } = hierarchy;
  return [
    ["stateOfRank", stateOfRank],
    ["rankOfState", rankOfState],
    ["parent", parent],
    ["turnArc", turnArc],
    ...Object.entries({ up, down, belowUp, belowDown }).flatMap(([name, { first, to }]) => [
      [`${name}.first`, first] as const,
      [`${name}.to`, to] as const,
    ]),
  ];
}

/** FNV-1a over all 32-bit words of a file but the one that holds it, the last of the head: any single damaged word changes it. */
export function checksumOf(words: Uint32Array): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < headWords - 1; i++) hash = Math.imul(hash ^ words[i], 0x01000193);
  for (let i = headWords; i < words.length; i++) hash = Math.imul(hash ^ words[i], 0x01000193);
  return hash >>> 0;
}

/** The next multiple of eight, where every typed array may begin. */
export function aligned(offset: number): number {
  return Math.ceil(offset / 8) * 8;
}
