import { check } from "../check.ts";
import { SignalError } from "../error.ts";
import type { Kind, Signal } from "../signal.ts";
import { Catalogue } from "./catalogue.ts";
import type { Difference } from "./catalogue.ts";
import { catalogue as product } from "./product.ts";
import { isDatatype } from "./table.ts";

const mostSignals = 20_000;
const deepest = 32;
const longestPath = 255;

/** Something in a signal file that no catalogue can take in. Names the path and what is wrong there. */
export class CatalogueError extends Error {
  readonly path: string;

  constructor(path: string, problem: string) {
    super(`${path}: ${problem}`);
    this.name = "CatalogueError";
    this.path = path;
  }
}

/**
 * The product's signals and, after them, those of an official VSS file (parsed JSON as `vspec export json` writes it, nested, or flat with
 * dotted keys) and of overlays of the same form. Where an official file says other facts about a signal of the product, the product's
 * hold and `differences` lists them.
 * @throws CatalogueError where a file is malformed, or an overlay contradicts a signal that is there already
 */
export function loadCatalogue(official: unknown, overlays: readonly unknown[] = []): Catalogue {
  const signals = [...product.signals];
  const byPath = new Map(signals.map((signal) => [signal.path, signal]));
  const differences: Difference[] = [];
  const add = (leaf: Omit<Signal, "slot">, isOverlay: boolean): void => {
    const known = byPath.get(leaf.path);
    if (!known) {
      if (signals.length >= mostSignals)
        throw new CatalogueError(leaf.path, `a catalogue takes at most ${mostSignals} signals`);
      const signal = { ...leaf, slot: signals.length };
      signals.push(signal);
      byPath.set(leaf.path, signal);
      return;
    }
    for (const difference of differencesOf(known, leaf)) {
      if (isOverlay) {
        const { fact, ours, theirs } = difference;
        throw new CatalogueError(
          leaf.path,
          `an overlay cannot change its ${fact} from ${JSON.stringify(ours)} to ${JSON.stringify(theirs)}`,
        );
      }
      differences.push(difference);
    }
  };
  for (const leaf of leavesOf(official)) add(leaf, false);
  for (const overlay of overlays) for (const leaf of leavesOf(overlay)) add(leaf, true);
  return new Catalogue(signals, differences);
}

function differencesOf(ours: Signal, theirs: Omit<Signal, "slot">): readonly Difference[] {
  const facts = ["kind", "datatype", "unit", "min", "max", "allowed"] as const;
  return facts.flatMap((fact) =>
    JSON.stringify(ours[fact]) === JSON.stringify(theirs[fact])
      ? []
      : [{ path: ours.path, fact, ours: ours[fact], theirs: theirs[fact] }],
  );
}

function leavesOf(file: unknown): readonly Omit<Signal, "slot">[] {
  const leaves: Omit<Signal, "slot">[] = [];
  if (!isRecord(file)) throw new CatalogueError("file", "it is no object of signals");
  for (const [path, node] of Object.entries(file)) collect(path, node, 1, leaves);
  if (leaves.length === 0) throw new CatalogueError("file", "it holds no signal");
  return leaves;
}

function collect(path: string, node: unknown, depth: number, leaves: Omit<Signal, "slot">[]): void {
  if (depth > deepest) throw new CatalogueError(path, `the tree is deeper than ${deepest}`);
  if (path.length > longestPath || !path.split(".").every((name) => /^[A-Za-z][A-Za-z0-9_]*$/.test(name))) {
    throw new CatalogueError(path.slice(0, longestPath), "a path is names of letters and digits, joined by dots");
  }
  if (!isRecord(node)) throw new CatalogueError(path, "it is neither branch nor signal");
  if (node["instances"] !== undefined)
    throw new CatalogueError(path, "its instances are not expanded; export the file with expansion");
  if (node["type"] !== "branch") {
    leaves.push(leafOf(path, node));
    return;
  }
  const { children } = node;
  // Flat files list a branch without its children, which follow under their own keys.
  if (children === undefined) return;
  if (!isRecord(children)) throw new CatalogueError(path, "its children are no object");
  for (const [name, child] of Object.entries(children)) collect(`${path}.${name}`, child, depth + 1, leaves);
}

const isKind = (type: unknown): type is Kind => type === "sensor" || type === "actuator" || type === "attribute";

function leafOf(path: string, node: Readonly<Record<string, unknown>>): Omit<Signal, "slot"> {
  const { type, datatype, unit, description = "", default: preset } = node;
  if (!isKind(type))
    throw new CatalogueError(path, `its type is ${JSON.stringify(type)}, not branch, sensor, actuator or attribute`);
  if (!isDatatype(datatype)) throw new CatalogueError(path, `there is no data type ${JSON.stringify(datatype)}`);
  if (unit !== undefined && typeof unit !== "string") throw new CatalogueError(path, "its unit is no text");
  if (typeof description !== "string") throw new CatalogueError(path, "its description is no text");
  const min = limitOf(path, "min", node["min"]);
  const max = limitOf(path, "max", node["max"]);
  if (min !== undefined && max !== undefined && min > max)
    throw new CatalogueError(path, `its min ${min} is above its max ${max}`);
  const allowed = allowedOf(path, node["allowed"]);
  const leaf = {
    path,
    kind: type,
    datatype,
    ...(unit !== undefined && { unit }),
    ...(min !== undefined && { min }),
    ...(max !== undefined && { max }),
    ...(allowed && { allowed }),
    description,
  };
  if (preset === undefined) return leaf;
  try {
    return { ...leaf, default: check({ ...leaf, slot: -1 }, preset) };
  } catch (error) {
    if (error instanceof SignalError) throw new CatalogueError(path, `its default does not fit: ${error.message}`);
    throw error;
  }
}

function limitOf(path: string, fact: "min" | "max", limit: unknown): number | undefined {
  if (limit === undefined) return undefined;
  if (typeof limit !== "number" || !Number.isFinite(limit)) throw new CatalogueError(path, `its ${fact} is no number`);
  return limit;
}

function allowedOf(path: string, allowed: unknown): readonly (number | boolean | string)[] | undefined {
  if (allowed === undefined) return undefined;
  if (!Array.isArray(allowed) || allowed.length === 0) throw new CatalogueError(path, "its allowed values are no list");
  return allowed.map((item: unknown) => {
    if (typeof item === "number" || typeof item === "boolean" || typeof item === "string") return item;
    throw new CatalogueError(path, "an allowed value is neither number, text, true nor false");
  });
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null && !Array.isArray(value);
