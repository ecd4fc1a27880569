import { Worker } from "node:worker_threads";

import type { HeardTraffic } from "@caravan/roads/traffic";

import { QuestionQueue } from "./question-queue.ts";
import type { Queued } from "./question-queue.ts";
import { noTraffic, StaleQuestion } from "./questions.ts";
import type {
  AnswerTo,
  Asking,
  FromWorker,
  KnownTraffic,
  MapAnswer,
  MapData,
  MapQuestion,
  MapThread,
  ToWorker,
} from "./questions.ts";

interface Waiting {
  readonly resolve: (answer: MapAnswer) => void;
  readonly reject: (error: unknown) => void;
}

/** A question that keeps the thread for longer has run into a fault of ours; the thread is replaced. */
const longestAnswerMs = 30_000;

/** Bytes; more paper than this is not kept. */
const mostPaper = 1 << 20;

/**
 * The map in a thread of its own, shared by all cars of the process; the city's arrays are shared with it. Questions wait on this side,
 * so that an urgent one is next whatever was asked before it.
 */
export class WorkerThread implements MapThread {
  readonly #data: MapData;
  readonly #clock: { now(): number };
  readonly #queue = new QuestionQueue<MapQuestion>();
  /** One entry for each question that is queued or under way; the queue's bounds are theirs. */
  readonly #waiting = new Map<number, Waiting>();
  #worker: Worker | undefined;
  #underWay: number | undefined;
  #watchdog: NodeJS.Timeout | undefined;
  #nextId = 1;
  #heard: HeardTraffic | undefined;
  #traffic = noTraffic;
  #paper: ArrayBuffer | undefined;
  #isStopped = false;

  constructor(parts: { data: MapData; clock: { now(): number } }) {
    this.#data = parts.data;
    this.#clock = parts.clock;
  }

  /** Rejects with `StaleQuestion`, or with an error where too many ask at once, the map made a mistake or was closed. */
  ask<Question extends MapQuestion>(question: Question, asking: Asking): Promise<AnswerTo<Question>> {
    if (this.#isStopped) return Promise.reject(new Error("the map was closed"));
    const id = this.#nextId++;
    const queued: Queued<MapQuestion> = { id, question, urgency: asking.urgency, key: asking.key };
    const admission = this.#queue.add(queued);
    if (admission.kind === "full") return Promise.reject(new Error("too many questions to the map at once"));
    if (admission.replaced !== undefined) this.#settle(admission.replaced.id)?.reject(new StaleQuestion());
    const promise = new Promise<AnswerTo<Question>>((resolve, reject) => {
      this.#waiting.set(id, {
        resolve: (answer) =>
          isAnswerTo(question, answer) ? resolve(answer) : reject(new Error("the map answered another question")),
        reject,
      });
    });
    this.#send();
    return promise;
  }

  hear(picture: HeardTraffic): void {
    this.#heard = picture;
    // A thread that is started later hears of it then.
    if (this.#worker !== undefined) this.#tell(this.#worker, picture);
  }

  /** Takes the bytes of an answer back, which nobody may read any more, for another answer to be written on. */
  giveBack({ buffer }: Uint8Array<ArrayBuffer>): void {
    if (buffer.byteLength <= mostPaper && buffer.byteLength > (this.#paper?.byteLength ?? 0)) this.#paper = buffer;
  }

  traffic(): KnownTraffic {
    return this.#traffic;
  }

  async stop(): Promise<void> {
    this.#isStopped = true;
    const worker = this.#worker;
    this.#worker = undefined;
    this.#queue.clear();
    for (const waiting of this.#waiting.values()) waiting.reject(new Error("the map was closed"));
    this.#waiting.clear();
    clearTimeout(this.#watchdog);
    await worker?.terminate();
  }

  #send(): void {
    if (this.#underWay !== undefined) return;
    const next = this.#queue.next();
    if (next === undefined) {
      this.#worker?.unref();
      return;
    }
    const worker = (this.#worker ??= this.#start());
    // Whoever waits for an answer keeps the process alive; an idle map does not.
    worker.ref();
    this.#underWay = next.id;
    this.#watchdog = setTimeout(() => this.#lose(worker, new Error("the map took too long")), longestAnswerMs);
    const paper = next.question.kind === "osrm" ? this.#paper : undefined;
    const message: ToWorker = {
      kind: "question",
      id: next.id,
      question: next.question,
      ...(paper === undefined ? {} : { paper }),
    };
    if (paper !== undefined) this.#paper = undefined;
    worker.postMessage(message, paper === undefined ? [] : [paper]);
  }

  #start(): Worker {
    const worker = new Worker(new URL("./map-worker.ts", import.meta.url), {
      workerData: this.#data,
      // Keeps the young generation small: answers are short-lived and the thread is quiet most of the time.
      resourceLimits: { maxYoungGenerationSizeMb: 4, maxOldGenerationSizeMb: 256 },
    });
    worker.on("message", (message: FromWorker) => this.#take(worker, message));
    worker.on("error", (error) => this.#lose(worker, error));
    if (this.#heard !== undefined) this.#tell(worker, this.#heard);
    return worker;
  }

  #tell(worker: Worker, picture: HeardTraffic): void {
    const message: ToWorker = { kind: "traffic", picture, at: this.#clock.now() };
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- threads have no origins
    worker.postMessage(message);
  }

  #take(worker: Worker, message: FromWorker): void {
    if (worker !== this.#worker) return;
    if (message.kind === "traffic") {
      // A new thread counts from the beginning.
      this.#traffic = { ...message.traffic, version: this.#traffic.version + 1 };
      return;
    }
    const { id, answer, fault } = message;
    if (id !== this.#underWay) return;
    clearTimeout(this.#watchdog);
    this.#underWay = undefined;
    const waiting = this.#settle(id);
    if (answer === undefined) waiting?.reject(new Error(fault));
    else waiting?.resolve(answer);
    this.#send();
  }

  /** A thread that died or hangs fails the one question it had; the next one starts another thread. */
  #lose(worker: Worker, error: unknown): void {
    if (worker !== this.#worker) return;
    this.#worker = undefined;
    worker.terminate().catch(() => undefined);
    clearTimeout(this.#watchdog);
    const lost = this.#underWay;
    this.#underWay = undefined;
    if (lost !== undefined) this.#settle(lost)?.reject(error);
    this.#send();
  }

  #settle(id: number): Waiting | undefined {
    const waiting = this.#waiting.get(id);
    this.#waiting.delete(id);
    return waiting;
  }
}

function isAnswerTo<Question extends MapQuestion>(question: Question, answer: MapAnswer): answer is AnswerTo<Question> {
  return answer.kind === question.kind;
}
