import {
  accessSync,
  chmodSync,
  constants,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { dirname, join } from "node:path";
import { Type } from "typebox";
import { Value } from "typebox/value";
import { Problem } from "./problem.ts";

/** One step that brings a data folder to the next version. */
export interface FolderStep {
  readonly to: number;
  readonly run: (folder: string) => void;
}

const marker = "caravan.json";
const Marker = Type.Object({ version: Type.Integer({ minimum: 1 }) });
// What a new file system or a desktop puts into every folder.
const unremarkable = new Set(["lost+found", ".DS_Store"]);
/** Built from other things and built again when missing: not data. */
export const caches: readonly string[] = ["maps", "screens", "cache"];

/** The version that this Caravan writes. Files inside have versions of their own; this one is for moves between them. */
export const folderVersion = 1;
const steps: readonly FolderStep[] = [];

/**
 * Makes the folder if needed, and brings one of an older Caravan to this version. Refuses, changing nothing, a folder that
 * cannot be written, that belongs to something else, or that a newer Caravan has written.
 */
export function openDataFolder(folder: string, version = folderVersion, known: readonly FolderStep[] = steps): void {
  create(folder);
  const file = join(folder, marker);
  if (!existsSync(file)) {
    if (!isEmptyFolder(folder)) {
      throw new Problem(
        `${folder} holds other things and is no data folder of Caravan; choose an empty one with --data.`,
      );
    }
    write(file, version);
    return;
  }
  let found = readVersion(folder, file);
  if (found > version) {
    throw new Problem(
      `${folder} was written by a newer Caravan (version ${found}, this one knows ${version}); nothing was changed.`,
    );
  }
  for (const step of known.toSorted((a, b) => a.to - b.to)) {
    if (step.to <= found || step.to > version) continue;
    step.run(folder);
    write(file, step.to);
    found = step.to;
  }
}

/** Whether a person could mean this folder as a place for something new. */
export function isEmptyFolder(folder: string): boolean {
  return !existsSync(folder) || readdirSync(folder).every((name) => unremarkable.has(name));
}

export function isDataFolder(folder: string): boolean {
  return existsSync(join(folder, marker));
}

/** Forgets everything that is kept, not what can be built again. */
export function emptyDataFolder(folder: string, keep: readonly string[] = []): void {
  const kept = new Set([...caches, ...keep]);
  for (const name of readdirSync(folder)) {
    if (!kept.has(name) && !unremarkable.has(name)) rmSync(join(folder, name), { recursive: true, force: true });
  }
}

function create(folder: string): void {
  try {
    if (!existsSync(folder)) {
      makeFolder(folder);
      // Others may walk through to what is given to them (the database's user), but not look around.
      chmodSync(folder, process.getuid?.() === 0 ? 0o711 : 0o700);
    }
    if (!statSync(folder).isDirectory())
      throw new Problem(`${folder} is a file, not a folder; choose another with --data.`);
    accessSync(folder, constants.R_OK | constants.W_OK | constants.X_OK);
    const probe = join(folder, `.probe-${process.pid}`);
    writeFileSync(probe, "");
    rmSync(probe);
  } catch (error) {
    if (error instanceof Problem) throw error;
    const code = error instanceof Error && "code" in error ? error.code : undefined;
    if (code === "ENOSPC") throw new Problem(`There is no space left for the data folder ${folder}.`, error);
    const missing = existsSync(folder) ? folder : nearest(folder);
    throw new Problem(
      `The data folder ${folder} cannot be written (no permission in ${missing}); choose another with --data.`,
      error,
    );
  }
}

/** As `mkdir -p`; Node's own never ends on file systems that refuse new folders with "no such entry", such as /proc. */
export function makeFolder(folder: string, mode?: number): void {
  const parent = dirname(folder);
  if (parent !== folder && !existsSync(parent)) makeFolder(parent);
  mkdirSync(folder, { mode });
}

function nearest(folder: string): string {
  let at = folder;
  while (!existsSync(at) && dirname(at) !== at) at = dirname(at);
  return at;
}

function readVersion(folder: string, file: string): number {
  try {
    return Value.Parse(Marker, JSON.parse(readFileSync(file, "utf8"))).version;
  } catch (error) {
    throw new Problem(`The file ${marker} in ${folder} cannot be read; nothing was changed.`, error);
  }
}

function write(file: string, version: number): void {
  writeFileSync(`${file}.new`, `${JSON.stringify({ version })}\n`);
  renameSync(`${file}.new`, file);
}
