import { readFileSync } from "node:fs";
import { parentPort, workerData } from "node:worker_threads";
import { openCity } from "@caravan/roads";
import { matchAnswers } from "./match-answers.ts";
import type { FromMatcher, ToMatcher } from "./match-messages.ts";

// A worker's only way in is a message of our own process, which wrote both ends.
const port = parentPort;
const file: unknown = workerData;
if (port === null || typeof file !== "string") throw new Error("this file runs as a worker of the cloud");

const answer = matchAnswers(openCity(readFileSync(file)));

port.on("message", ({ id, question }: ToMatcher) => {
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- threads have no origins
  port.postMessage(reply(id, question));
});

/** A question that meets a fault of ours fails alone. */
function reply(id: number, question: ToMatcher["question"]): FromMatcher {
  try {
    return { id, answer: answer(question) };
  } catch (error) {
    return { id, answer: undefined, fault: error instanceof Error ? (error.stack ?? error.message) : String(error) };
  }
}
