import * as fc from "fast-check";
import { expect, test } from "vitest";
import { retryDelay, stepConnecting } from "./connecting.ts";
import type { Circumstances, Connecting, ConnectingEvent } from "./connecting.ts";

const known: Circumstances = { hasIdentity: true, hasCode: false, random: 1 };
const fresh: Circumstances = { hasIdentity: false, hasCode: true, random: 1 };

function run(world: Circumstances, ...events: readonly ConnectingEvent[]) {
  let state: Connecting = { kind: "stopped" };
  let effects: readonly { readonly kind: string }[] = [];
  for (const event of events) [state, effects] = stepConnecting(state, event, world);
  return { state, effects };
}

test("a car that has joined connects, a new one enrols first", () => {
  expect(run(known, { kind: "start" })).toEqual({
    state: { kind: "connecting", attempt: 0 },
    effects: [{ kind: "connect" }],
  });
  expect(run(fresh, { kind: "start" }).effects).toEqual([{ kind: "enrol" }]);
});

test("a car without a code says what it needs", () => {
  expect(run({ ...fresh, hasCode: false }, { kind: "start" }).state).toMatchObject({
    kind: "stuck",
    why: expect.stringContaining("enrolment code"),
  });
});

test("a lost connection is tried again soon, an absent cloud less and less often", () => {
  const lost = run(known, { kind: "start" }, { kind: "connected" }, { kind: "closed", because: "network" });
  expect(lost).toEqual({
    state: { kind: "waiting", attempt: 1, why: undefined },
    effects: [{ kind: "wait", ms: 1_000 }],
  });
  const away = run(
    known,
    { kind: "start" },
    { kind: "closed", because: "network" },
    { kind: "timer" },
    { kind: "closed", because: "network" },
    { kind: "timer" },
    { kind: "closed", because: "network" },
  );
  expect(away.effects).toEqual([{ kind: "wait", ms: 4_000 }]);
});

test("delays double up to a minute and are spread over their upper half", () => {
  fc.assert(
    fc.property(fc.nat(40), fc.double({ min: 0, max: 1, noNaN: true }), (attempt, random) => {
      const whole = Math.min(60_000, 1_000 * 2 ** Math.min(attempt, 10));
      expect(retryDelay(attempt, random)).toBeGreaterThanOrEqual(whole / 2);
      expect(retryDelay(attempt, random)).toBeLessThanOrEqual(whole);
    }),
  );
});

test("a cloud that was set up anew is joined again where the car has a code, else a person is asked", () => {
  for (const because of ["stranger", "unknown-here"] as const) {
    expect(run({ ...known, hasCode: true }, { kind: "start" }, { kind: "closed", because }).effects).toEqual([
      { kind: "enrol" },
    ]);
    expect(run(known, { kind: "start" }, { kind: "closed", because }).state).toMatchObject({
      kind: "waiting",
      why: expect.stringContaining("code"),
    });
  }
});

test("a refused code of a new car is not tried for ever", () => {
  const refused = run(fresh, { kind: "start" }, { kind: "enrolment-refused", why: "no" });
  expect(refused).toEqual({ state: { kind: "stuck", why: "no" }, effects: [] });
});

test("whatever happens in whatever order, a stopped car stays stopped and no state waits without a timer", () => {
  const event = fc.constantFrom<ConnectingEvent>(
    { kind: "start" },
    { kind: "enrolled" },
    { kind: "enrolment-later" },
    { kind: "enrolment-refused", why: "no" },
    { kind: "connected" },
    { kind: "closed", because: "network" },
    { kind: "closed", because: "stranger" },
    { kind: "timer" },
  );
  fc.assert(
    fc.property(fc.array(event, { maxLength: 30 }), fc.boolean(), fc.boolean(), (events, hasIdentity, hasCode) => {
      const world = { hasIdentity, hasCode, random: 0.5 };
      let state: Connecting = { kind: "stopped" };
      for (const each of events) {
        const [next, effects] = stepConnecting(state, each, world);
        if (next.kind === "waiting" && next !== state)
          expect(effects).toContainEqual(expect.objectContaining({ kind: "wait" }));
        if (next.kind === "connecting" && next !== state) expect(effects).toEqual([{ kind: "connect" }]);
        if (next.kind === "enrolling" && next !== state) expect(effects).toEqual([{ kind: "enrol" }]);
        state = next;
      }
      expect(stepConnecting(state, { kind: "stop" }, world)[0]).toEqual({ kind: "stopped" });
    }),
  );
});
