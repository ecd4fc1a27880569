import * as fc from "fast-check";
import type { BatchClass } from "@caravan/link/campaigns";
import { expect, test } from "vitest";
import { closedWindow, room, stepWindow } from "./window.ts";
import type { Window } from "./window.ts";

const sent = (window: Window, seq: number, now = 0, boot = 1, name: BatchClass = "trip"): Window =>
  stepWindow(window, { kind: "sent", batch: { class: name, boot, seq, bytes: 500 }, now });

test("an acknowledgement takes everything up to it", () => {
  let window = [1, 2, 3].reduce((before, seq) => sent(before, seq), closedWindow);
  window = stepWindow(window, { kind: "acknowledged", class: "trip", boot: 1, seq: 2, now: 5 });
  expect(window.inFlight.map(({ seq }) => seq)).toEqual([3]);
  expect(window.sentUpTo.trip).toEqual({ boot: 1, seq: 3 });
});

test("an acknowledgement for one boot says nothing of another", () => {
  const window = sent(sent(closedWindow, 9, 0, 1), 1, 0, 2);
  expect(
    stepWindow(window, { kind: "acknowledged", class: "trip", boot: 2, seq: 5, now: 1 }).inFlight.map(
      ({ boot }) => boot,
    ),
  ).toEqual([1]);
});

test("each class has a sequence of its own", () => {
  let window = sent(sent(sent(closedWindow, 4), 1, 0, 1, "alarm"), 2, 0, 1, "alarm");
  window = stepWindow(window, { kind: "acknowledged", class: "alarm", boot: 1, seq: 9, now: 1 });
  expect(window.inFlight).toMatchObject([{ class: "trip", seq: 4 }]);
  window = stepWindow(sent(window, 3, 1, 1, "alarm"), { kind: "looked", now: 60_000 });
  expect(window.sentUpTo).toMatchObject({ trip: { boot: 1, seq: 3 }, alarm: { boot: 1, seq: 2 } });
});

test("silence makes the car send again from the first that is missing, less and less often", () => {
  let window = sent(sent(closedWindow, 4), 5);
  expect(stepWindow(window, { kind: "looked", now: 7_999 })).toBe(window);
  window = stepWindow(window, { kind: "looked", now: 8_000 });
  expect(window).toMatchObject({ inFlight: [], sentUpTo: { trip: { boot: 1, seq: 3 } }, patienceMs: 16_000 });
  window = stepWindow(sent(window, 4, 8_000), { kind: "looked", now: 24_000 });
  expect(window.patienceMs).toBe(32_000);
  window = stepWindow(sent(window, 4, 24_000), { kind: "acknowledged", class: "trip", boot: 1, seq: 4, now: 24_100 });
  expect(window.patienceMs).toBe(8_000);
});

test("a car with nothing on its way has all the patience there is", () => {
  expect(stepWindow(closedWindow, { kind: "looked", now: 1e9 })).toBe(closedWindow);
});

test("a new connection starts from the beginning of the outbox", () => {
  const window = stepWindow(sent(closedWindow, 7), { kind: "connected", now: 3 });
  expect(window).toMatchObject({ inFlight: [], sentUpTo: { trip: { boot: 0, seq: 0 } } });
});

test("there is never more on its way than the window holds", () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 1, max: 64_000 }), { minLength: 1, maxLength: 200 }), (sizes) => {
      let window = closedWindow;
      for (const [index, bytes] of sizes.entries()) {
        if (room(window) <= 0) break;
        window = stepWindow(window, { kind: "sent", batch: { class: "bulk", boot: 1, seq: index + 1, bytes }, now: 0 });
      }
      expect(window.inFlight.length).toBeLessThanOrEqual(64);
      expect(window.inFlight.slice(0, -1).reduce((sum, { bytes }) => sum + bytes, 0)).toBeLessThan(512 * 1024);
    }),
  );
});
