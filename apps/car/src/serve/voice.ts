import { spawn } from "node:child_process";
import { constants, accessSync } from "node:fs";
import { delimiter, isAbsolute, join } from "node:path";

import Type from "typebox";
import type { Static } from "typebox";
import { Value } from "typebox/value";

/** The longest sentence guidance says is half of this. */
const longestText = 300;

/** Names of the voices of espeak-ng; `cmn` is Standard Chinese. */
const voices = { en: "en-gb", "zh-CN": "cmn" } as const;

/** Words a minute: a little under the program's own 175, to be understood over the noise of the road. */
const wordsPerMinute = "160";

/** A sentence is made in some 50 ms; a program that needs this long hangs. */
const timeoutMs = 5_000;

/** 300 characters are half a minute at 22 kHz and 16 bit: 1.4 MB. */
const longestSound = 4_000_000;

/** One sentence at a time, so that speaking never takes more than one core from driving; who comes when so many wait is sent away. */
const mostWaiting = 4;

/** Bytes of finished sentences that are kept: some forty, the same words come back at the next turn. */
const cacheBytes = 8_000_000;

const Question = Type.Object({
  language: Type.Union([Type.Literal("en"), Type.Literal("zh-CN")]),
  text: Type.String({ minLength: 1, maxLength: longestText }),
});
type Question = Static<typeof Question>;

/** `sound` is a WAV file. */
export type VoiceAnswer =
  | { readonly status: 200; readonly sound: Buffer }
  | { readonly status: 400 | 404 | 500 | 503; readonly error: string };

/** Where a program stands on this machine, by its search path; undefined where it is not installed. */
export function findProgram(name: string, searchPath: string | undefined): string | undefined {
  // An empty or relative entry would mean the folder the car was started in.
  const folders = (searchPath ?? "").split(delimiter).filter((folder) => isAbsolute(folder));
  return folders.map((folder) => join(folder, name)).find(isExecutable);
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/**
 * Speaks with espeak-ng where the owner has installed it: a program of its own under the GPL, started for each sentence, never a part of
 * this one. All cars of a process share one voice.
 */
export class Voice {
  readonly #program: string | undefined;
  /** Finished sentences, the one asked for last at the end; bounded by `cacheBytes`. */
  readonly #finished = new Map<string, Buffer>();
  /** Sentences being made or waiting; bounded by `mostWaiting` and the one at work. */
  readonly #underWay = new Map<string, Promise<Buffer>>();
  readonly #stopping = new AbortController();
  #bytes = 0;
  #last: Promise<unknown> = Promise.resolve();

  /** `program` is the path of espeak-ng, undefined where there is none. */
  constructor(parts: { readonly program: string | undefined }) {
    this.#program = parts.program;
  }

  /** Answers the query of `GET /voice`, as it came. */
  async answer(query: unknown): Promise<VoiceAnswer> {
    const program = this.#program;
    if (program === undefined) return { status: 404, error: "No program that can speak is installed on this machine." };
    if (!Value.Check(Question, query)) {
      return {
        status: 400,
        error: `To speak, the car needs a language (en or zh-CN) and a text of 1 to ${longestText} characters.`,
      };
    }
    const key = `${query.language} ${query.text}`;
    const known = this.#finished.get(key);
    if (known !== undefined) {
      this.#keep(key, known);
      return { status: 200, sound: known };
    }
    if (!this.#underWay.has(key) && this.#underWay.size > mostWaiting) {
      return { status: 503, error: "The car is already saying other things." };
    }
    try {
      return { status: 200, sound: await (this.#underWay.get(key) ?? this.#queue(program, key, query)) };
    } catch {
      return { status: 500, error: "The program that speaks did not." };
    }
  }

  /** Ends the sentence being made and those waiting. */
  stop(): void {
    this.#stopping.abort();
  }

  #queue(program: string, key: string, question: Question): Promise<Buffer> {
    const made = this.#last.then(() => speak(program, question, this.#stopping.signal));
    const sound = made
      .then((wav) => {
        this.#keep(key, wav);
        return wav;
      })
      .finally(() => this.#underWay.delete(key));
    this.#underWay.set(key, sound);
    this.#last = sound.catch(() => undefined);
    return sound;
  }

  #keep(key: string, sound: Buffer): void {
    const before = this.#finished.get(key);
    this.#finished.delete(key);
    this.#bytes += sound.length - (before?.length ?? 0);
    this.#finished.set(key, sound);
    for (const [oldest, { length }] of this.#finished) {
      if (this.#bytes <= cacheBytes) break;
      this.#finished.delete(oldest);
      this.#bytes -= length;
    }
  }
}

/** The text goes in by stdin and everything else as single arguments, so that no text can become an option or a command. */
function speak(program: string, { language, text }: Question, signal: AbortSignal): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, ["-v", voices[language], "-s", wordsPerMinute, "-b", "1", "--stdin", "--stdout"], {
      stdio: ["pipe", "pipe", "ignore"],
      shell: false,
      timeout: timeoutMs,
      killSignal: "SIGKILL",
      signal,
    });
    const chunks: Buffer[] = [];
    let length = 0;
    const giveUp = (why: string): void => {
      // What the program may have started in its turn can hold the pipe open.
      child.stdout.destroy();
      child.kill("SIGKILL");
      reject(new Error(`${program} ${why}`));
    };
    child.stdout.on("data", (chunk: Buffer) => {
      length += chunk.length;
      chunks.push(chunk);
      if (length > longestSound) giveUp("writes without end");
    });
    child.once("error", ({ message }) => giveUp(message));
    child.once("exit", (_, killedBy) => {
      if (killedBy !== null) giveUp(`was ended by ${killedBy}`);
    });
    child.once("close", (code) => {
      const wav = code === 0 ? withSizes(Buffer.concat(chunks)) : undefined;
      if (wav === undefined) giveUp(`ended with ${code ?? "a signal"} after ${length} bytes`);
      else resolve(wav);
    });
    // A program that does not read its input is told by its exit code.
    child.stdin.on("error", () => undefined);
    child.stdin.end(text);
  });
}

/** The RIFF header ends with the size of all that follows; where the chunk "data" begins, its own size stands. */
const riffSizeAt = 4;
const firstChunkAt = 12;

/** A WAV written to a pipe does not know its own size (the program leaves a huge one there); here it is known. */
function withSizes(wav: Buffer): Buffer | undefined {
  if (wav.length < firstChunkAt || wav.toString("latin1", 0, 4) !== "RIFF") return undefined;
  if (wav.toString("latin1", 8, firstChunkAt) !== "WAVE") return undefined;
  for (let at = firstChunkAt; at + 8 <= wav.length; at += 8 + wav.readUInt32LE(at + 4)) {
    if (wav.toString("latin1", at, at + 4) !== "data") continue;
    wav.writeUInt32LE(wav.length - 8, riffSizeAt);
    wav.writeUInt32LE(wav.length - at - 8, at + 4);
    return wav;
  }
  return undefined;
}
