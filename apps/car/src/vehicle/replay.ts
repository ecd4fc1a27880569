import { createReadStream } from "node:fs";
import { basename } from "node:path";
import { createInterface } from "node:readline";
import { setTimeout as wait } from "node:timers/promises";

import { openReplay } from "@caravan/drivers";
import type { ReplayOutcome, DriverHealth, SignalSources, Source } from "@caravan/drivers";
import type { Store } from "@caravan/signals";

import type { HealthFigure } from "../health/health.ts";
import type { Feed } from "./feed.ts";
import type { Log } from "./log.ts";

const lookEveryMs = 20;

/** A recording that plays in place of a car, once; it writes into the Store what was measured then. */
export class Replay implements Feed {
  /** File name, as the screen shows it. */
  readonly name: string;
  readonly isRecording = true;
  readonly #file: string;
  readonly #store: Store;
  readonly #clock: { now(): number };
  readonly #log: Log;
  readonly #stopping = new AbortController();
  #source: Source<ReplayOutcome> | undefined;
  #playing: Promise<void> = Promise.resolve();
  #hasEnded = false;

  constructor(parts: { file: string; store: Store; clock: { now(): number }; log: Log }) {
    this.name = basename(parts.file);
    this.#file = parts.file;
    this.#store = parts.store;
    this.#clock = parts.clock;
    this.#log = parts.log;
  }

  /**
   * Resolves once the recording plays; `onEnd` is told when it is over.
   * @throws where the file cannot be read or is no recording, with one sentence
   */
  async start(onEnd: () => void): Promise<void> {
    const playing = this.#play(onEnd);
    this.#playing = playing.catch((error: unknown) => this.#log.error({ error: String(error) }, "the replay failed"));
    await Promise.race([playing, this.#begun()]);
  }

  async stop(): Promise<void> {
    this.#stopping.abort();
    this.#source?.stop();
    await this.#playing;
  }

  drivers(): readonly DriverHealth[] {
    return [];
  }

  /** A recording of readings is the only source of each. */
  sources(): readonly SignalSources[] {
    return [];
  }

  health(): readonly HealthFigure[] {
    const progress = this.#source?.progress();
    return [
      { name: "Recording", value: this.name },
      { name: "Recording has ended", value: this.#hasEnded },
      { name: "Readings replayed", value: progress?.played ?? 0 },
      { name: "Lines left out as broken", value: progress?.broken ?? 0 },
    ];
  }

  async #begun(): Promise<void> {
    while (this.#source?.progress().format === undefined && !this.#stopping.signal.aborted) await wait(lookEveryMs);
  }

  async #play(onEnd: () => void): Promise<void> {
    this.#source = openReplay({
      name: this.name,
      lines: await this.#lines(),
      store: this.#store,
      clock: { now: () => this.#clock.now(), sleep: (ms, signal) => sleep(ms, signal) },
    });
    const outcome = await this.#source.start();
    if (outcome.kind === "unreadable") {
      this.#stopping.abort();
      throw new Error(outcome.sentence);
    }
    this.#hasEnded = true;
    if (outcome.kind === "stopped") return;
    this.#log.info({ played: outcome.played, broken: outcome.broken, unknown: outcome.unknown }, "the recording ended");
    onEnd();
  }

  async #lines(): Promise<AsyncIterable<string>> {
    const stream = createReadStream(this.#file);
    await new Promise<void>((resolve, reject) => {
      stream.once("open", () => resolve());
      stream.once("error", (error) =>
        reject(new Error(`The recording ${this.#file} cannot be read.`, { cause: error })),
      );
    });
    return createInterface({ input: stream, crlfDelay: Infinity });
  }
}

/** Ends early, without an error, when told to stop. */
async function sleep(ms: number, signal: AbortSignal): Promise<void> {
  try {
    await wait(ms, undefined, { signal });
  } catch (error) {
    if (!signal.aborted) throw error;
  }
}
