import { Worker } from "node:worker_threads";

import type { LatLon, RouteOutcome, SearchHit } from "@caravan/roads";
import type { CarPose } from "@caravan/world";

import type { FromWorker, Plan, Routing, RoutingAnswer, RoutingQuestion } from "./routing.ts";

interface Waiting {
  readonly resolve: (answer: RoutingAnswer) => void;
  readonly reject: (error: unknown) => void;
}

/** More questions than this at once means that somebody asks in a loop. */
const mostWaiting = 256;

/** The map in a thread of its own, shared by all cars of the process; its memory is theirs, the city's arrays are shared. */
export class RoutingThread implements Routing {
  readonly #city: Uint8Array<SharedArrayBuffer>;
  readonly #waiting = new Map<number, Waiting>();
  #worker: Worker | undefined;
  #nextId = 1;

  /** `city`: the city's file in shared memory. */
  constructor(parts: { city: Uint8Array<SharedArrayBuffer> }) {
    this.#city = parts.city;
  }

  async route(from: LatLon & { readonly heading?: number }, to: LatLon): Promise<RouteOutcome> {
    const answer = await this.#ask({ kind: "route", from, to });
    if (answer.kind !== "route") throw new Error("the map answered another question");
    return answer.outcome;
  }

  async plan(from: CarPose, to: LatLon): Promise<Plan> {
    const answer = await this.#ask({ kind: "plan", from, to });
    if (answer.kind !== "plan") throw new Error("the map answered another question");
    return answer.plan;
  }

  async search(text: string, near: LatLon | undefined, limit: number): Promise<readonly SearchHit[]> {
    const answer = await this.#ask({ kind: "search", text, near, limit });
    if (answer.kind !== "search") throw new Error("the map answered another question");
    return answer.hits;
  }

  async stop(): Promise<void> {
    const worker = this.#worker;
    this.#worker = undefined;
    await worker?.terminate();
    this.#fail(new Error("the map was closed"));
  }

  #ask(question: RoutingQuestion): Promise<RoutingAnswer> {
    if (this.#waiting.size >= mostWaiting) return Promise.reject(new Error("too many questions to the map at once"));
    const worker = (this.#worker ??= this.#start());
    const id = this.#nextId++;
    // Whoever waits for an answer keeps the process alive; an idle map does not.
    worker.ref();
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject });
      // oxlint-disable-next-line unicorn/require-post-message-target-origin -- threads have no origins
      worker.postMessage({ id, question });
    });
  }

  #start(): Worker {
    const worker = new Worker(new URL("./routing-worker.ts", import.meta.url), {
      workerData: this.#city,
      // Keeps the young generation small: answers are short-lived and the thread is quiet most of the time.
      resourceLimits: { maxYoungGenerationSizeMb: 8, maxOldGenerationSizeMb: 256 },
    });
    worker.on("message", ({ id, answer }: FromWorker) => {
      this.#waiting.get(id)?.resolve(answer);
      this.#waiting.delete(id);
      if (this.#waiting.size === 0) worker.unref();
    });
    // A thread that died answers nobody; the next question starts another.
    worker.on("error", (error) => {
      if (this.#worker === worker) this.#worker = undefined;
      this.#fail(error);
    });
    return worker;
  }

  #fail(error: unknown): void {
    for (const waiting of this.#waiting.values()) waiting.reject(error);
    this.#waiting.clear();
  }
}
