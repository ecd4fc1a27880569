import { mkdir, readFile, rename, stat, writeFile } from "node:fs/promises";
import { dirname } from "node:path";

import { readHindrances } from "@caravan/world";
import type { Hindrance } from "@caravan/world";

import type { Log } from "./log.ts";

/** The newest stay; the simulated traffic takes no more than these. */
const mostHindrances = 50;

/**
 * What holds up the simulated traffic, for all processes of cars on this machine: one small file that each of them looks at about once a second and
 * replaces as a whole.
 */
export class Hindrances {
  readonly #file: string;
  readonly #clock: { now(): number };
  readonly #log: Log;
  #changedMs = -1;
  #list: readonly Hindrance[] = [];

  constructor(parts: { file: string; clock: { now(): number }; log: Log }) {
    this.#file = parts.file;
    this.#clock = parts.clock;
    this.#log = parts.log;
  }

  /** Those in force or still to come, as far as this process has looked. */
  list(): readonly Hindrance[] {
    return this.#list;
  }

  /** True where the file has changed since the last look. */
  async look(): Promise<boolean> {
    const changedMs = await stat(this.#file).then(
      (found) => found.mtimeMs,
      () => 0,
    );
    if (changedMs === this.#changedMs) return false;
    this.#changedMs = changedMs;
    const list = changedMs === 0 ? [] : await this.#read();
    const isNew = JSON.stringify(list) !== JSON.stringify(this.#list);
    this.#list = list;
    return isNew;
  }

  /** One more; what is over is left out. */
  async add(hindrance: Hindrance): Promise<void> {
    const now = this.#clock.now();
    const known = (await this.#read()).filter(({ until }) => until > now);
    const hindrances = [...known, hindrance].slice(-mostHindrances);
    await mkdir(dirname(this.#file), { recursive: true });
    const fresh = `${this.#file}.${process.pid}`;
    await writeFile(fresh, JSON.stringify({ hindrances }));
    await rename(fresh, this.#file);
  }

  async #read(): Promise<readonly Hindrance[]> {
    try {
      const value: unknown = JSON.parse(await readFile(this.#file, "utf8"));
      const { hindrances, problems } = readHindrances(value);
      if (problems > 0) this.#log.warn({ problems }, "some hindrances of the simulated traffic cannot be read");
      return hindrances;
    } catch {
      return [];
    }
  }
}
