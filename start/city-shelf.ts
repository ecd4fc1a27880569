import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, statSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { MapError } from "@caravan/roads";
import { readMapFile, versionOf } from "./city-source.ts";
import type { MapFile } from "./city-source.ts";
import { isRunning, markOf } from "./processes.ts";
import { readKnownFiles, readStoredCity } from "./shelf-files.ts";

/** One prepared city. */
export interface PreparedCity {
  readonly version: string;
  readonly folder: string;
}

/** So many cities are kept, the last used ones. */
export const mostCities = 3;

/** Smaller files are hashed whenever they are asked for, larger ones when their size or time has changed. */
const hashedEachTime = 32 * 1024 * 1024;

/** So many files are remembered by size and time. */
const mostKnownFiles = 16;

/** The shelf of prepared cities in a data folder: `<data>/maps/<version>/`. */
export class CityShelf {
  private readonly folder: string;
  private readonly rules: number;

  constructor(parts: { readonly folder: string; readonly importerVersion: number }) {
    this.folder = parts.folder;
    this.rules = parts.importerVersion;
  }

  /** Version of a map file; reads it only if it must. */
  versionOf(map: MapFile): string {
    if (map.size <= hashedEachTime) return versionOf(readMapFile(map), map.name);
    const indexFile = join(this.folder, "files.json");
    const known = readKnownFiles(indexFile);
    const same = known.find(
      (entry) =>
        entry.file === map.file &&
        entry.size === map.size &&
        entry.changedMs === map.changedMs &&
        entry.rules === this.rules,
    );
    if (same !== undefined) return same.version;
    const { file, size, changedMs } = map;
    const version = versionOf(readMapFile(map), map.name);
    const others = known.filter((entry) => entry.file !== file).slice(-mostKnownFiles + 1);
    this.write(indexFile, JSON.stringify([...others, { file, size, changedMs, rules: this.rules, version }]));
    return version;
  }

  /** Whether nothing was ever prepared here. */
  isEmpty(): boolean {
    return !existsSync(this.folder);
  }

  /** The city of this version if it lies here whole. */
  find(version: string): PreparedCity | undefined {
    const folder = join(this.folder, version);
    const stored = readStoredCity(join(folder, "city.json"));
    if (stored?.version !== version) return undefined;
    for (const [name, size] of stored.files) {
      const stat = statSync(join(folder, name), { throwIfNoEntry: false });
      if (stat?.size !== size) return undefined;
    }
    return { version, folder };
  }

  /** Is the map of a city that lies here drawn? */
  isDrawn({ folder }: PreparedCity): boolean {
    const stored = readStoredCity(join(folder, "city.json"));
    return stored?.drawn.every((name) => existsSync(join(folder, name))) ?? false;
  }

  /** Adds files to a city that lies here, each whole or not at all. */
  add({ folder }: PreparedCity, files: ReadonlyMap<string, Uint8Array>): void {
    try {
      for (const [name, bytes] of files) {
        const making = join(folder, `.making-${process.pid}-${name}`);
        writeFileSync(making, bytes, { flush: true });
        renameSync(making, join(folder, name));
      }
    } catch (cause) {
      throw new MapError("unwritable", `The drawn map cannot be stored in ${folder}.`, { cause });
    }
  }

  /** Remembers that a city was used, so that it is kept. */
  touch({ folder }: PreparedCity, now: Date): void {
    try {
      utimesSync(folder, now, now);
    } catch {
      // A folder we may read but not touch is a city all the same.
    }
  }

  /** Puts a city on the shelf, whole or not at all. `facts` become `city.json`. */
  put(version: string, files: ReadonlyMap<string, Uint8Array>, facts: Readonly<Record<string, unknown>>): PreparedCity {
    const making = join(this.folder, `.making-${process.pid}-${version}`);
    const folder = join(this.folder, version);
    try {
      mkdirSync(making, { recursive: true });
      const sizes: Record<string, number> = {};
      for (const [name, bytes] of files) {
        writeFileSync(join(making, name), bytes, { flush: true });
        sizes[name] = bytes.length;
      }
      const json = JSON.stringify({ ...facts, version, files: sizes }, undefined, 2);
      writeFileSync(join(making, "city.json"), `${json}\n`, { flush: true });
      // Only a broken city of this version can lie here: a whole one would have been found.
      if (existsSync(folder) && this.find(version) === undefined) rmSync(folder, { recursive: true });
      if (existsSync(folder)) rmSync(making, { recursive: true });
      else renameSync(making, folder);
    } catch (cause) {
      rmSync(making, { recursive: true, force: true });
      throw new MapError("unwritable", `The prepared map cannot be stored in ${this.folder}.`, { cause });
    }
    return { version, folder };
  }

  /** Forgets all but the last used cities, and what a killed import left behind. */
  prune(current: string): void {
    const cities: { readonly name: string; readonly usedMs: number }[] = [];
    for (const name of readdirSync(this.folder)) {
      const path = join(this.folder, name);
      const making = /^\.making-(\d+)-/.exec(name);
      if (making !== null) {
        const pid = Number(making[1]);
        if (pid !== process.pid && !isRunning(markOf(pid))) rmSync(path, { recursive: true, force: true });
      } else if (name !== current && existsSync(join(path, "city.json"))) {
        cities.push({ name, usedMs: statSync(path).mtimeMs });
      }
    }
    const old = cities.toSorted((a, b) => b.usedMs - a.usedMs).slice(mostCities - 1);
    for (const { name } of old) rmSync(join(this.folder, name), { recursive: true, force: true });
  }

  private write(file: string, text: string): void {
    try {
      mkdirSync(this.folder, { recursive: true });
      writeFileSync(`${file}.${process.pid}`, text, { flush: true });
      renameSync(`${file}.${process.pid}`, file);
    } catch (cause) {
      throw new MapError("unwritable", `The data folder ${this.folder} cannot be written.`, { cause });
    }
  }
}
