import { expect, test } from "vitest";
import fc from "fast-check";

import { forScreens, step } from "./journey.ts";
import type { JourneyEvent, JourneyState } from "./journey.ts";
import { testLeg } from "./test-leg.ts";

const leg = testLeg();
const other = testLeg({ name: "Station" });

function after(...events: readonly JourneyEvent[]): JourneyState {
  return events.reduce<JourneyState>((state, event) => step(state, event)[0], { kind: "idle" });
}

test("a planned route is driven when the driver says so, and a trip begins", () => {
  const [state, effects] = step({ kind: "planned", leg }, { kind: "drive-asked" });
  expect(state).toEqual({ kind: "driving", leg });
  expect(effects.map((effect) => effect.kind)).toEqual(["begin-trip", "follow"]);
});

test("a driver who ends the route gets a car that stops, parks, and is free again", () => {
  const [stopping, brake] = step({ kind: "driving", leg }, { kind: "end-asked" });
  expect(stopping.kind).toBe("stopping");
  expect(brake).toEqual([{ kind: "halt" }]);
  const [idle, parked] = step(stopping, { kind: "stands" });
  expect(idle).toEqual({ kind: "idle" });
  expect(parked.map((effect) => effect.kind)).toEqual(["park", "finish-trip"]);
});

test("a car that waits at a crossing keeps its route", () => {
  expect(step({ kind: "driving", leg }, { kind: "stands" })).toEqual([{ kind: "driving", leg }, []]);
});

test("on arrival the car parks and the trip ends at the destination", () => {
  const [state, effects] = step({ kind: "driving", leg }, { kind: "destination-reached" });
  expect(state).toEqual({ kind: "arrived", to: leg.summary.to, by: "person" });
  expect(effects).toEqual([{ kind: "park" }, { kind: "finish-trip", to: leg.summary.to }]);
});

test("a new plan while driving brakes the car and waits for the driver", () => {
  const [state, effects] = step({ kind: "driving", leg }, { kind: "route-found", leg: other });
  expect(state).toEqual({ kind: "planned", leg: other });
  expect(effects).toEqual([{ kind: "halt" }]);
});

test("a hand on the pedals takes over from the route", () => {
  const [state, effects] = step({ kind: "driving", leg }, { kind: "pedals-held", accelerator: 0.4, steering: 0 });
  expect(state).toEqual({ kind: "manual", hands: true });
  expect(effects).toContainEqual({ kind: "pedals", accelerator: 0.4, steering: 0 });
});

test("when the hand goes silent the car brakes, and parks once it stands", () => {
  const [silent, brake] = step({ kind: "manual", hands: true }, { kind: "pedals-silent" });
  expect(brake).toEqual([{ kind: "halt" }]);
  expect(step({ kind: "manual", hands: true }, { kind: "stands" })[0].kind).toBe("manual");
  expect(step(silent, { kind: "stands" })[0]).toEqual({ kind: "idle" });
});

test("a car off its route looks for another way and takes it, or stops where there is none", () => {
  const [state, effects] = step({ kind: "driving", leg }, { kind: "route-left" });
  expect(effects).toEqual([{ kind: "find-way", leg }]);
  expect(step(state, { kind: "way-found", leg: other })[1]).toEqual([{ kind: "follow", leg: other }]);
  expect(step(state, { kind: "no-way" })[0].kind).toBe("stopping");
});

test("a drive that the car refuses goes back to being a plan", () => {
  expect(step({ kind: "driving", leg }, { kind: "drive-refused" })[0]).toEqual({ kind: "planned", leg });
});

test("a replay cannot be driven", () => {
  const replay: JourneyState = { kind: "replay", file: "a.log" };
  expect(step(replay, { kind: "route-found", leg })).toEqual([replay, []]);
  expect(step(replay, { kind: "pedals-held", accelerator: 1, steering: 0 })).toEqual([replay, []]);
});

test("a recording that is over says so, and stays over", () => {
  const [ended, effects] = step({ kind: "replay", file: "a.log" }, { kind: "recording-ended" });
  expect(effects).toEqual([]);
  expect(forScreens(ended)).toEqual({ kind: "replay", file: "a.log", ended: true });
  expect(step(ended, { kind: "end-asked" })).toEqual([ended, []]);
});

const event: fc.Arbitrary<JourneyEvent> = fc.oneof(
  fc.constantFrom<JourneyEvent>(
    { kind: "route-found", leg },
    { kind: "drive-asked" },
    { kind: "drive-refused" },
    { kind: "recording-ended" },
    { kind: "end-asked" },
    { kind: "pedals-silent" },
    { kind: "stands" },
    { kind: "destination-reached" },
    { kind: "route-left" },
    { kind: "way-found", leg: other },
    { kind: "no-way" },
  ),
  fc.record({
    kind: fc.constant("pedals-held" as const),
    accelerator: fc.float({ min: 0, max: 1, noNaN: true }),
    steering: fc.float({ min: -1, max: 1, noNaN: true }),
  }),
);

test("whatever happens, ending a journey and standing still leaves the car free", () => {
  fc.assert(
    fc.property(fc.array(event, { maxLength: 30 }), (events) => {
      const state = after(...events, { kind: "end-asked" }, { kind: "stands" });
      expect(forScreens(state)).toEqual({ kind: "idle" });
    }),
  );
});

test("the car only ever follows a route while it is driving", () => {
  fc.assert(
    fc.property(fc.array(event, { maxLength: 30 }), (events) => {
      let state: JourneyState = { kind: "idle" };
      for (const each of events) {
        const [next, effects] = step(state, each);
        if (effects.some((effect) => effect.kind === "follow")) expect(next.kind).toBe("driving");
        state = next;
      }
    }),
  );
});
