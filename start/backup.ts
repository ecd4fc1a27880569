import { createHash } from "node:crypto";
import {
  createReadStream,
  existsSync,
  mkdirSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
  copyFileSync,
} from "node:fs";
import { readFile } from "node:fs/promises";
import { dirname, join, relative } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { Type } from "typebox";
import type { Static } from "typebox";
import { Value } from "typebox/value";
import { caches, emptyDataFolder, folderVersion, makeFolder } from "./data-folder.ts";
import { tendDatabase } from "./database.ts";
import { Problem } from "./problem.ts";
import { readTar, writeTar } from "./tar.ts";

const Manifest = Type.Object({
  format: Type.Literal(1),
  /** Of the data folder it was made from. */
  folderVersion: Type.Integer({ minimum: 1 }),
  madeAt: Type.String(),
  caravan: Type.String(),
  files: Type.Record(Type.String(), Type.Object({ bytes: Type.Integer({ minimum: 0 }), sha256: Type.String() })),
});
type Manifest = Static<typeof Manifest>;

const manifestName = "manifest.json";
const databaseFolder = "database-dump";
const staging = ".restoring";
// The server's own files are not copied (its rows are); locks and logs belong to a run.
const leftOut = new Set([...caches, "database", "logs", "lock", "caravan.json", staging]);

export interface BackupParts {
  readonly root: string;
  readonly data: string;
  readonly version: string;
  readonly databaseUrl?: string | undefined;
}

/**
 * Writes one file with everything that cannot be built again: the cars' files first, the database after them, so that
 * what a car handed over in between is in both rather than in none. Works beside a running Caravan.
 */
export async function backUp(
  parts: BackupParts,
  file: string,
): Promise<{ readonly bytes: number; readonly files: number }> {
  const making = `${file}.${process.pid}.making`;
  if (statSync(file, { throwIfNoEntry: false })?.isDirectory() === true)
    throw new Problem(`${file} is a folder; name a file for the backup.`);
  try {
    makeFolder(making, 0o700);
  } catch (error) {
    throw new Problem(`The backup cannot be written to ${dirname(file)}.`, error);
  }
  try {
    for (const path of list(parts.data)) copyTo(path, join(making, relative(parts.data, path)));
    // A computer that runs only cars has none.
    const hasDatabase = parts.databaseUrl !== undefined || existsSync(join(parts.data, "database", "cluster"));
    if (hasDatabase) await tendDatabase(parts, "dump", join(making, databaseFolder));
    const files = list(making).map((path) => ({ name: relative(making, path).replaceAll("\\", "/"), path }));
    const manifest: Manifest = {
      format: 1,
      folderVersion,
      madeAt: new Date().toISOString(),
      caravan: parts.version,
      files: {},
    };
    for (const { name, path } of files)
      manifest.files[name] = { bytes: statSync(path).size, sha256: await hashOf(path) };
    const manifestPath = join(making, manifestName);
    writeFileSync(manifestPath, JSON.stringify(manifest, undefined, 2));
    const packed = `${making}.tar.gz`;
    await writeTar(packed, [{ name: manifestName, path: manifestPath }, ...files]);
    renameSync(packed, file);
    return { bytes: statSync(file).size, files: files.length };
  } finally {
    rmSync(making, { recursive: true, force: true });
    rmSync(`${making}.tar.gz`, { force: true });
  }
}

/** Fills the data folder from a backup, replacing what is there. The backup is unpacked, checked and loaded beside the old data first. */
export async function restore(parts: BackupParts, file: string): Promise<Manifest> {
  const fresh = join(parts.data, staging);
  rmSync(fresh, { recursive: true, force: true });
  mkdirSync(fresh);
  try {
    const names = await readTar(file, fresh);
    const manifest = await check(file, fresh, names);
    const dump = join(fresh, databaseFolder);
    if (existsSync(dump)) {
      await tendDatabase({ ...parts, data: fresh }, "restore", dump);
      rmSync(dump, { recursive: true });
    }
    rmSync(join(fresh, manifestName));
    // Nothing of the old data may be served while it goes.
    if (parts.databaseUrl === undefined) await tendDatabase(parts, "stop", parts.data);
    emptyDataFolder(parts.data, ["caravan.json", "lock", staging]);
    for (const name of readdirSync(fresh)) renameSync(join(fresh, name), join(parts.data, name));
    return manifest;
  } finally {
    rmSync(fresh, { recursive: true, force: true });
  }
}

/** Whether nothing would be lost by filling the folder from a backup. */
export function holdsNothing(data: string): boolean {
  return readdirSync(data).every((name) => leftOut.has(name) && name !== "database");
}

async function check(file: string, folder: string, names: readonly string[]): Promise<Manifest> {
  const path = join(folder, manifestName);
  const read: unknown = existsSync(path) ? JSON.parse(await readFile(path, "utf8")) : undefined;
  if (!Value.Check(Manifest, read)) throw new Problem(`${file} is no backup of Caravan. Nothing was changed.`);
  if (read.folderVersion > folderVersion) {
    throw new Problem(
      `${file} was made by a newer Caravan (${read.caravan}); restore it with that one. Nothing was changed.`,
    );
  }
  const found = new Set(names);
  for (const [name, { bytes, sha256 }] of Object.entries(read.files)) {
    const part = join(folder, name);
    if (!found.has(name) || statSync(part).size !== bytes || (await hashOf(part)) !== sha256) {
      throw new Problem(`The backup ${file} is damaged (${name}). Nothing was changed.`);
    }
  }
  return read;
}

/** A copy as of one moment, also of a SQLite file that is being written. */
function copyTo(path: string, target: string): void {
  mkdirSync(dirname(target), { recursive: true, mode: 0o700 });
  if (!path.endsWith(".sqlite")) return copyFileSync(path, target);
  const database = new DatabaseSync(path, { readOnly: true });
  try {
    database.exec("pragma busy_timeout = 5000");
    database.prepare("vacuum into ?").run(target);
  } finally {
    database.close();
  }
  return undefined;
}

function list(folder: string, top = true): string[] {
  const found: string[] = [];
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    if (top && leftOut.has(entry.name)) continue;
    // What SQLite keeps beside a database is inside the copy already.
    if (/\.sqlite-(?:wal|shm|journal)$/u.test(entry.name)) continue;
    const path = join(folder, entry.name);
    if (entry.isDirectory()) found.push(...list(path, false));
    else if (entry.isFile()) found.push(path);
  }
  return found;
}

async function hashOf(path: string): Promise<string> {
  const hash = createHash("sha256");
  for await (const chunk of createReadStream(path)) hash.update(chunk);
  return hash.digest("hex");
}
