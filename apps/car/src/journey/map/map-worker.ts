import { parentPort, workerData } from "node:worker_threads";

import { openCity } from "@caravan/roads";

import { readPlaces } from "./city-extras.ts";
import { CityMap } from "./city-map.ts";
import type { MapData } from "./questions.ts";
import type { FromWorker, ToWorker } from "./questions.ts";

// A worker's only way in is a message of our own process, which wrote both ends.
const port = parentPort;
const given: unknown = workerData;
if (port === null || !isMapData(given)) throw new Error("this file runs as a worker of the car computer");

const map = new CityMap({ city: openCity(given.city), places: readPlaces(given.places) });

port.on("message", ({ id, question }: ToWorker) => {
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- threads have no origins
  port.postMessage(reply(id, question));
});

/** A question that meets a fault of ours fails alone; the map goes on answering others. */
function reply(id: number, question: ToWorker["question"]): FromWorker {
  try {
    return { id, answer: map.answer(question) };
  } catch (error) {
    return { id, answer: undefined, fault: error instanceof Error ? (error.stack ?? error.message) : String(error) };
  }
}

function isMapData(value: unknown): value is MapData {
  return typeof value === "object" && value !== null && "city" in value && value.city instanceof Uint8Array;
}
