import { join } from "node:path";
import { Worker } from "node:worker_threads";
import type { FromMatcher, MatchAnswer, Matching, MatchQuestion, ToMatcher } from "./match-messages.ts";

interface Waiting {
  readonly resolve: (answer: MatchAnswer) => void;
  readonly reject: (error: unknown) => void;
}

/** Whoever asks waits for the answer before asking again, so this is far more than there ever are. */
const mostWaiting = 64;

/** Matches in a thread that opens the prepared city of a folder when it is first asked something. */
export class MatchThread implements Matching {
  readonly #file: string;
  readonly #waiting = new Map<number, Waiting>();
  #worker: Worker | undefined;
  #nextId = 1;

  constructor(parts: { readonly map: string }) {
    this.#file = join(parts.map, "city.bin");
  }

  isOpen(): boolean {
    return this.#worker !== undefined;
  }

  ask(question: MatchQuestion): Promise<MatchAnswer> {
    if (this.#waiting.size >= mostWaiting)
      return Promise.reject(new Error("too many questions to the matching at once"));
    const worker = (this.#worker ??= this.#open());
    const id = this.#nextId++;
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject });
      const message: ToMatcher = { id, question };
      // oxlint-disable-next-line unicorn/require-post-message-target-origin -- threads have no origins
      worker.postMessage(message);
    });
  }

  async close(): Promise<void> {
    const worker = this.#worker;
    this.#worker = undefined;
    await worker?.terminate();
    this.#fail(new Error("the matching was closed"));
  }

  #open(): Worker {
    const worker = new Worker(new URL("./match-worker.ts", import.meta.url), { workerData: this.#file });
    worker.on("message", ({ id, answer, fault }: FromMatcher) => {
      const waiting = this.#waiting.get(id);
      this.#waiting.delete(id);
      if (answer === undefined) waiting?.reject(new Error(fault ?? "the matching failed"));
      else waiting?.resolve(answer);
    });
    const lost = (error: Error) => {
      if (this.#worker !== worker) return;
      this.#worker = undefined;
      this.#fail(error);
    };
    worker.on("error", lost);
    worker.on("exit", () => lost(new Error("the matching ended")));
    return worker;
  }

  #fail(error: Error): void {
    const waiting = [...this.#waiting.values()];
    this.#waiting.clear();
    for (const { reject } of waiting) reject(error);
  }
}
