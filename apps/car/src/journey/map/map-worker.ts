import { parentPort, workerData } from "node:worker_threads";

import { openCity } from "@caravan/roads";

import { CityMap } from "./city-map.ts";
import type { MapData } from "./questions.ts";
import type { FromWorker, MapQuestion, ToWorker } from "./questions.ts";

// A worker's only way in is a message of our own process, which wrote both ends.
const port = parentPort;
const given: unknown = workerData;
if (port === null || !isMapData(given)) throw new Error("this file runs as a worker of the car computer");

const map = new CityMap({ city: openCity(given.city), places: given.places ?? [], chargers: given.chargers });

/** Paper is made so many bytes at a time, so that what was enough for one answer is enough for most. */
const sheetSize = 1 << 16;

const refreshEveryMs = 60_000;
let hasHeard = false;
let isWorkingIn = false;

const send = (message: FromWorker): void => {
  // The bytes of an answer are handed over rather than copied.
  const handed = message.kind === "answer" && message.answer?.kind === "osrm" ? [message.answer.body.buffer] : [];
  port.postMessage(message, handed);
};

port.on("message", (message: ToWorker) => {
  if (message.kind === "question") return send(onPaper(reply(message.id, message.question), message.paper));
  map.hear(message.picture, message.at);
  hasHeard = true;
  beginWork();
});

// Measurements age, and incidents begin and end.
setInterval(() => {
  if (!hasHeard) return;
  map.refresh(Date.now());
  beginWork();
}, refreshEveryMs).unref();

function beginWork(): void {
  if (isWorkingIn) return;
  isWorkingIn = true;
  workIn();
}

/** Works the traffic in a few milliseconds at a time, so that questions go on being answered. */
function workIn(): void {
  isWorkingIn = map.advance();
  if (isWorkingIn) setImmediate(workIn);
  else send({ kind: "traffic", traffic: map.known() });
}

/** A question that meets a fault of ours fails alone; the map goes on answering others. */
function reply(id: number, question: MapQuestion): FromWorker {
  try {
    return { kind: "answer", id, answer: map.answer(question) };
  } catch (error) {
    const fault = error instanceof Error ? (error.stack ?? error.message) : String(error);
    return { kind: "answer", id, answer: undefined, fault };
  }
}

/** The bytes of an answer on paper that is used again: the memory of one that was read is found free only long after. */
function onPaper(message: FromWorker, paper: ArrayBuffer | undefined): FromWorker {
  if (message.kind !== "answer" || message.answer?.kind !== "osrm") return message;
  const { body } = message.answer;
  const sheets = Math.ceil(body.length / sheetSize) * sheetSize;
  const fits = paper !== undefined && paper.byteLength >= body.length;
  const written = new Uint8Array(fits ? paper : new ArrayBuffer(sheets), 0, body.length);
  written.set(body);
  return { ...message, answer: { ...message.answer, body: written } };
}

function isMapData(value: unknown): value is MapData {
  return typeof value === "object" && value !== null && "city" in value && value.city instanceof Uint8Array;
}
