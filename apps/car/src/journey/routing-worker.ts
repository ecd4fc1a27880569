import { parentPort, workerData } from "node:worker_threads";

import { openCity } from "@caravan/roads";

import { answerer } from "./routing-answers.ts";
import type { FromWorker, ToWorker } from "./routing.ts";

// A worker's only way in is a message of our own process, which wrote both ends.
const port = parentPort;
const bytes: unknown = workerData;
if (port === null || !(bytes instanceof Uint8Array)) throw new Error("this file runs as a worker of the car computer");

const answer = answerer(openCity(bytes));

port.on("message", ({ id, question }: ToWorker) => {
  const message: FromWorker = { id, answer: answer(question) };
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- threads have no origins
  port.postMessage(message);
});
