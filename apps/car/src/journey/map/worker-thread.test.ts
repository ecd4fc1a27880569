import { openCity } from "@caravan/roads";
import { encodeCity, importCity } from "@caravan/roads/importing";
import { afterAll, beforeAll, expect, test } from "vitest";

import { StaleQuestion } from "./questions.ts";
import type { MapQuestion } from "./questions.ts";
import { WorkerThread } from "./worker-thread.ts";

const [west, east] = [11.97, 11.98];
const lat = 57.7;
let thread: WorkerThread;

beforeAll(async () => {
  const line = {
    type: "LineString",
    coordinates: [
      [west, lat],
      [11.975, lat],
      [east, lat],
    ],
  };
  const feature = { type: "Feature", properties: { highway: "residential", name: "Quay" }, geometry: line };
  const value = { type: "FeatureCollection", features: [feature] };
  const encoded = encodeCity(await importCity({ kind: "geojson", value }, { name: "Street" }));
  const city = new Uint8Array(new SharedArrayBuffer(encoded.length));
  city.set(encoded);
  expect(openCity(city).graph.edgeCount).toBeGreaterThan(0);
  thread = new WorkerThread({ data: { city }, clock: { now: () => Date.now() } });
});
afterAll(() => thread.stop());

const along = (most: number): Extract<MapQuestion, { kind: "ways" }> => ({
  kind: "ways",
  stops: [
    { lat, lon: west },
    { lat, lon: east },
  ],
  avoid: [],
  most,
});
/** No question at all: the thread fails over it. */
const poison = { kind: "path", section: undefined, from: undefined } as unknown as MapQuestion;

test("a question that meets a fault fails alone, and others go on being answered", async () => {
  const bad = thread.ask(poison, { urgency: "person" });
  const good = thread.ask(along(1), { urgency: "person" });
  await expect(bad).rejects.toThrow();
  expect((await good).outcome.kind).toBe("ways");
});

test("of two questions with one key only the newer one is worked out", async () => {
  const first = thread.ask(along(1), { urgency: "others" });
  const stale = thread.ask(along(1), { urgency: "person", key: "plan" });
  const fresh = thread.ask(along(2), { urgency: "person", key: "plan" });
  await expect(stale).rejects.toBeInstanceOf(StaleQuestion);
  expect((await fresh).outcome.kind).toBe("ways");
  expect((await first).outcome.kind).toBe("ways");
});

test("traffic counts for the questions after it, and the thread says when", async () => {
  const before = thread.traffic().version;
  thread.hear({ speeds: [], incidents: [{ id: "a", kind: "closure", lat, lon: 11.9772 }] });
  while (thread.traffic().version === before) await thread.ask(along(1), { urgency: "person" });
  expect(thread.traffic().incidents).toMatchObject([{ id: "a", kind: "closure" }]);
});

test("the memory of an answer that was sent carries the next one", async () => {
  const ask = () => thread.ask({ kind: "osrm", address: `/nearest/v1/driving/${west},${lat}` }, { urgency: "others" });
  const { body } = await ask();
  const words = new TextDecoder().decode(body);
  thread.giveBack(body);
  const next = await ask();
  expect(new TextDecoder().decode(next.body)).toBe(words);
  // It is no longer ours: it went back to the thread that writes.
  expect(body.byteLength).toBe(0);
});

test("a thread that is closed answers nobody any more", async () => {
  const waiting = expect(thread.ask(along(1), { urgency: "person" })).rejects.toThrow("closed");
  await thread.stop();
  await waiting;
  await expect(thread.ask(along(1), { urgency: "person" })).rejects.toThrow("closed");
});
