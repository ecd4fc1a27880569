import { expect, test } from "vitest";
import fc from "fast-check";

import { forScreens, step } from "./journey.ts";
import type { JourneyEvent, JourneyState } from "./journey.ts";
import { testWay } from "./test-way.ts";

const way = testWay();
const other = testWay({ id: "other", name: "Station" });
const withStop = testWay({ id: "with stop", stops: [400] });
const driving: JourneyState = { kind: "driving", way, stop: 0 };

function after(...events: readonly JourneyEvent[]): JourneyState {
  return events.reduce<JourneyState>((state, event) => step(state, event)[0], { kind: "idle" });
}

test("a planned route is driven when the driver says so, and a trip begins", () => {
  const [state, effects] = step({ kind: "planned", way, others: [] }, { kind: "drive-asked" });
  expect(state).toEqual({ kind: "driving", way, stop: 0 });
  expect(effects.map((effect) => effect.kind)).toEqual(["begin-trip", "follow"]);
});

test("another of the ways on offer can be chosen, and the one that was chosen before stays on offer", () => {
  const third = testWay({ id: "third" });
  const planned: JourneyState = { kind: "planned", way, others: [other, third] };
  const [state] = step(planned, { kind: "way-chosen", id: "third" });
  expect(state).toEqual({ kind: "planned", way: third, others: [way, other] });
  expect(step(planned, { kind: "way-chosen", id: "nothing" })).toEqual([planned, []]);
  expect(step(driving, { kind: "way-chosen", id: "third" })).toEqual([driving, []]);
});

test("a driver who ends the route gets a car that stops, parks, and is free again", () => {
  const [stopping, brake] = step(driving, { kind: "end-asked" });
  expect(stopping.kind).toBe("stopping");
  expect(brake).toEqual([{ kind: "halt" }]);
  const [idle, parked] = step(stopping, { kind: "stands" });
  expect(idle).toEqual({ kind: "idle" });
  expect(parked.map((effect) => effect.kind)).toEqual(["park", "finish-trip"]);
});

test("a car that waits at a crossing keeps its route", () => {
  expect(step(driving, { kind: "stands" })).toEqual([driving, []]);
});

test("on arrival the car parks and the trip ends at the destination", () => {
  const [state, effects] = step(driving, { kind: "stop-reached" });
  expect(state).toEqual({ kind: "arrived", to: way.summary.to, by: "person" });
  expect(effects).toEqual([{ kind: "park" }, { kind: "finish-trip", to: way.summary.to }]);
});

test("who arrives is told on which side of the road the destination lies, where it lies beside it", () => {
  for (const side of ["left", "right", "straight"] as const) {
    const manoeuvres = way.summary.manoeuvres.map((manoeuvre) => ({ ...manoeuvre, modifier: side }));
    const beside = { ...way, summary: { ...way.summary, manoeuvres } };
    const [state] = step({ kind: "driving", way: beside, stop: 0 }, { kind: "stop-reached" });
    const arrived = forScreens(state);
    expect(arrived).toEqual({ kind: "arrived", to: way.summary.to, ...(side === "straight" ? {} : { side }) });
  }
});

test("at a stop on the way the car parks, waits, and goes on to the next one when that is over or when it is asked to", () => {
  const [waiting, effects] = step({ kind: "driving", way: withStop, stop: 0 }, { kind: "stop-reached" });
  expect(waiting).toEqual({ kind: "waiting", way: withStop, stop: 0 });
  expect(effects).toEqual([{ kind: "park" }, { kind: "wait", way: withStop, stop: 0 }]);
  expect(forScreens(waiting)).toMatchObject({ kind: "driving", standsAt: 0 });
  for (const event of [{ kind: "stop-over" }, { kind: "drive-asked" }] as const) {
    const [on, follow] = step(waiting, event);
    expect(on).toEqual({ kind: "driving", way: withStop, stop: 1 });
    expect(follow).toEqual([{ kind: "follow", way: withStop, stop: 1 }]);
    expect(step(on, { kind: "stop-reached" })[0].kind).toBe("arrived");
  }
  expect(step(waiting, { kind: "end-asked" })).toEqual([{ kind: "idle" }, [{ kind: "finish-trip" }]]);
});

test("a new plan while driving brakes the car and waits for the driver", () => {
  const [state, effects] = step(driving, { kind: "ways-found", way: other, others: [] });
  expect(state).toEqual({ kind: "planned", way: other, others: [] });
  expect(effects).toEqual([{ kind: "halt" }]);
});

test("a hand on the pedals takes over from the route", () => {
  const [state, effects] = step(driving, { kind: "pedals-held", accelerator: 0.4, steering: 0 });
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
  const [state, effects] = step({ kind: "driving", way: withStop, stop: 1 }, { kind: "route-left" });
  expect(effects).toEqual([{ kind: "find-way", way: withStop, stop: 1, why: "rerouted" }]);
  const [, closed] = step(state, { kind: "route-left", why: "closure" });
  expect(closed).toEqual([{ kind: "find-way", way: withStop, stop: 1, why: "closure" }]);
  expect(step(state, { kind: "way-found", way: other, why: "rerouted" })).toEqual([
    { kind: "driving", way: other, stop: 0 },
    [{ kind: "follow", way: other, stop: 0 }],
  ]);
  expect(step(state, { kind: "no-way" })[0].kind).toBe("stopping");
});

test("a way that was found for a journey that is over changes nothing", () => {
  for (const state of [{ kind: "idle" }, { kind: "stopping", way, stop: 0 }] as const) {
    expect(step(state, { kind: "way-found", way: other, why: "rerouted" })).toEqual([state, []]);
    expect(step(state, { kind: "way-updated", way: other })).toEqual([state, []]);
  }
});

test("what is newly known of a way changes it without driving anywhere anew", () => {
  const slower = { ...way, summary: { ...way.summary, delay: 300 } };
  expect(step(driving, { kind: "way-updated", way: slower })).toEqual([{ ...driving, way: slower }, []]);
});

test("a drive that the car refuses goes back to being a plan", () => {
  expect(step(driving, { kind: "drive-refused" })[0]).toEqual({ kind: "planned", way, others: [] });
});

test("a replay cannot be driven", () => {
  const replay: JourneyState = { kind: "replay", file: "a.log" };
  expect(step(replay, { kind: "ways-found", way, others: [] })).toEqual([replay, []]);
  expect(step(replay, { kind: "pedals-held", accelerator: 1, steering: 0 })).toEqual([replay, []]);
});

const event: fc.Arbitrary<JourneyEvent> = fc.oneof(
  fc.constantFrom<JourneyEvent>(
    { kind: "ways-found", way: withStop, others: [way, other] },
    { kind: "way-chosen", id: "way" },
    { kind: "drive-asked" },
    { kind: "drive-refused" },
    { kind: "recording-ended" },
    { kind: "end-asked" },
    { kind: "pedals-silent" },
    { kind: "stands" },
    { kind: "stop-reached" },
    { kind: "stop-over" },
    { kind: "route-left" },
    { kind: "way-found", way: other, why: "rerouted" },
    { kind: "way-updated", way: withStop },
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

test("the car only ever follows a route while it is driving, and never to a stop the route does not have", () => {
  fc.assert(
    fc.property(fc.array(event, { maxLength: 30 }), (events) => {
      let state: JourneyState = { kind: "idle" };
      for (const each of events) {
        const [next, effects] = step(state, each);
        if (effects.some((effect) => effect.kind === "follow")) expect(next.kind).toBe("driving");
        if ("stop" in next) expect(next.stop).toBeLessThan(next.way.summary.stops.length);
        state = next;
      }
    }),
  );
});
