import type { CockpitMessage, CockpitRequest } from "@caravan/link";
import { readMessage } from "./message.ts";
import type { Answer, Guard } from "./answer.ts";

/** The part of a WebSocket that is used here. */
export type Socket = Pick<WebSocket, "send" | "close" | "addEventListener" | "binaryType">;

/** Runs `task` once after `ms`; the returned function forgets it. */
export type After = (ms: number, task: () => void) => () => void;

type WithoutId<Request> = Request extends unknown ? Omit<Request, "id"> : never;
/** A question as the screens write it; the connection adds the id. */
export type Question = WithoutId<CockpitRequest>;

export interface ConnectionParts {
  readonly open: () => Socket;
  readonly after: After;
  readonly onMessage: (message: CockpitMessage) => void;
  /** Readings, as `signal-frame.ts` of the link writes them. */
  readonly onFrame: (bytes: Uint8Array) => void;
  readonly onLink: (isOpen: boolean) => void;
}

const firstRetryMs = 250;
const longestRetryMs = 5_000;
const answerWithinMs = 10_000;
/** A quiet car is asked for a sign of life; a second silence of this length means the line is dead. */
const silenceMs = 4_000;
/** More questions than a hand can ask; beyond it the screen itself is at fault. */
const mostOpenQuestions = 64;

interface Waiting {
  readonly settle: (message: Extract<CockpitMessage, { type: "answer" | "failed" }> | undefined) => void;
  readonly forget: () => void;
}

/** The one line between this screen and its car: reconnects by itself, and answers each question exactly once. */
export class Connection {
  readonly #parts: ConnectionParts;
  readonly #waiting = new Map<number, Waiting>();
  #socket: Socket | undefined;
  #hearing: AbortController | undefined;
  #isOpen = false;
  #isStopped = true;
  #retryMs = firstRetryMs;
  #nextId = 1;
  #forgetRetry: () => void = () => undefined;
  #forgetSilence: () => void = () => undefined;

  constructor(parts: ConnectionParts) {
    this.#parts = parts;
  }

  start(): void {
    this.#isStopped = false;
    this.#connect();
  }

  stop(): void {
    this.#isStopped = true;
    this.#forgetRetry();
    this.#drop();
  }

  /** Resolves with the answer, the car's refusal, or `no-connection` after ten seconds or a broken line. Never rejects. */
  ask<T>(question: Question, guard: Guard<T>): Promise<Answer<T>> {
    const socket = this.#socket;
    if (socket === undefined || !this.#isOpen || this.#waiting.size >= mostOpenQuestions) {
      return Promise.resolve({ kind: "failed", code: "no-connection", why: "" });
    }
    const id = this.#nextId;
    this.#nextId += 1;
    return new Promise((resolve) => {
      const settle: Waiting["settle"] = (message) => {
        this.#waiting.delete(id);
        forget();
        if (message === undefined) resolve({ kind: "failed", code: "no-connection", why: "" });
        else if (message.type === "failed")
          resolve({ kind: "failed", code: message.error.code, why: message.error.message });
        else if (guard(message.result)) resolve({ kind: "ok", value: message.result });
        else resolve({ kind: "failed", code: "fault", why: "" });
      };
      const forget = this.#parts.after(answerWithinMs, () => settle(undefined));
      this.#waiting.set(id, { settle, forget });
      socket.send(JSON.stringify({ id, ...question }));
    });
  }

  #connect(): void {
    const socket = this.#parts.open();
    socket.binaryType = "arraybuffer";
    this.#socket = socket;
    const hearing = new AbortController();
    this.#hearing = hearing;
    const { signal } = hearing;
    socket.addEventListener("open", () => this.#opened(), { signal });
    socket.addEventListener("message", (event: MessageEvent<unknown>) => this.#heard(event.data), { signal });
    socket.addEventListener("close", () => this.#lost(socket), { signal });
  }

  #opened(): void {
    this.#isOpen = true;
    this.#retryMs = firstRetryMs;
    this.#parts.onLink(true);
    this.#listenForSilence(false);
  }

  #heard(data: unknown): void {
    this.#listenForSilence(false);
    if (data instanceof ArrayBuffer) {
      this.#parts.onFrame(new Uint8Array(data));
      return;
    }
    const message = readMessage(data);
    if (message === undefined) return;
    if (message.type === "answer" || message.type === "failed") this.#waiting.get(message.id)?.settle(message);
    else this.#parts.onMessage(message);
  }

  #listenForSilence(hasAsked: boolean): void {
    this.#forgetSilence();
    this.#forgetSilence = this.#parts.after(silenceMs, () => {
      const socket = this.#socket;
      if (socket === undefined || !this.#isOpen) return;
      if (hasAsked) {
        this.#lost(socket);
        return;
      }
      // Changing nothing is the cheapest question there is: any answer to it is a sign of life.
      const signOfLife: CockpitRequest = { id: 0, do: "settings", change: {} };
      socket.send(JSON.stringify(signOfLife));
      this.#listenForSilence(true);
    });
  }

  #lost(socket: Socket): void {
    if (socket !== this.#socket) return;
    this.#drop();
    if (this.#isStopped) return;
    this.#forgetRetry = this.#parts.after(this.#retryMs, () => this.#connect());
    this.#retryMs = Math.min(this.#retryMs * 2, longestRetryMs);
  }

  #drop(): void {
    const socket = this.#socket;
    const wasOpen = this.#isOpen;
    this.#socket = undefined;
    this.#isOpen = false;
    this.#forgetSilence();
    this.#hearing?.abort();
    socket?.close();
    for (const waiting of Array.from(this.#waiting.values())) waiting.settle(undefined);
    if (wasOpen) this.#parts.onLink(false);
  }
}
