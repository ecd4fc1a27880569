// Read by the import that people wait for, which has no time to load a schema library for three small files.
import { readFileSync } from "node:fs";

/** A map file whose content was hashed before, by what it looks like from outside. */
export interface KnownFile {
  readonly file: string;
  readonly size: number;
  readonly changedMs: number;
  /** Of the importer. */
  readonly rules: number;
  readonly version: string;
}

/** What `city.json` says of the folder it lies in. */
export interface StoredCity {
  readonly version: string;
  /** Bytes of each file. */
  readonly files: ReadonlyMap<string, number>;
  /** Names of the files that the drawing adds. */
  readonly drawn: readonly string[];
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null;
}

function readJson(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, "utf8"));
  } catch {
    return undefined;
  }
}

function isKnownFile(value: unknown): value is KnownFile {
  return (
    isObject(value) &&
    typeof value["file"] === "string" &&
    typeof value["size"] === "number" &&
    typeof value["changedMs"] === "number" &&
    typeof value["rules"] === "number" &&
    typeof value["version"] === "string"
  );
}

/** The files of a list; none where it cannot be read. */
export function readKnownFiles(file: string): readonly KnownFile[] {
  const list = readJson(file);
  return Array.isArray(list) && list.every(isKnownFile) ? list : [];
}

/** A `city.json`; undefined where it is missing or broken. */
export function readStoredCity(file: string): StoredCity | undefined {
  const stored = readJson(file);
  if (!isObject(stored) || typeof stored["version"] !== "string" || !isObject(stored["files"])) return undefined;
  const files = new Map<string, number>();
  for (const [name, size] of Object.entries(stored["files"])) {
    if (typeof size !== "number") return undefined;
    files.set(name, size);
  }
  const drawn: unknown[] = Array.isArray(stored["drawn"]) ? stored["drawn"] : [];
  return { version: stored["version"], files, drawn: drawn.filter((name) => typeof name === "string") };
}
