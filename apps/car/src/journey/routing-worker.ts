import { parentPort, workerData } from "node:worker_threads";

import { createRouter, createSearch, openCity } from "@caravan/roads";
import type { Router, Search } from "@caravan/roads";

import type { FromWorker, RoutingAnswer, RoutingQuestion, ToWorker } from "./routing.ts";

// A worker's only way in is a message of our own process, which wrote both ends.
const port = parentPort;
const bytes: unknown = workerData;
if (port === null || !(bytes instanceof Uint8Array)) throw new Error("this file runs as a worker of the car computer");

const city = openCity(bytes);
let router: Router | undefined;
let search: Search | undefined;

function answer(question: RoutingQuestion): RoutingAnswer {
  if (question.kind === "route") {
    router ??= createRouter(city);
    return { kind: "route", outcome: router.route(question.from, question.to) };
  }
  search ??= createSearch(city);
  return { kind: "search", hits: search.find(question.text, question.near, question.limit) };
}

port.on("message", ({ id, question }: ToWorker) => {
  const message: FromWorker = { id, answer: answer(question) };
  port.postMessage(message);
});
