import { parentPort, workerData } from "node:worker_threads";

import { openCity } from "@caravan/roads";

import { answerer } from "./answers.ts";
import type { FromWorker, ToWorker } from "./questions.ts";

// A worker's only way in is a message of our own process, which wrote both ends.
const port = parentPort;
const bytes: unknown = workerData;
if (port === null || !(bytes instanceof Uint8Array)) throw new Error("this file runs as a worker of the car computer");

const answer = answerer(openCity(bytes));

port.on("message", ({ id, question }: ToWorker) => {
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- threads have no origins
  port.postMessage(reply(id, question));
});

/** A question that meets a fault of ours fails alone; the map goes on answering others. */
function reply(id: number, question: ToWorker["question"]): FromWorker {
  try {
    return { id, answer: answer(question) };
  } catch (error) {
    return { id, answer: undefined, fault: error instanceof Error ? (error.stack ?? error.message) : String(error) };
  }
}
