import fc from "fast-check";
import { beforeAll, expect, test } from "vitest";
import { chinese, english, pointAt, TestDrive } from "../../test/drive-along.ts";
import { placeAt, smallCity } from "../../test/small-map.ts";
import { createRouter } from "../route/router.ts";
import type { Route } from "../route/route.ts";
import { evenPace, learnPace, remainingOf } from "./eta.ts";
import { guideRouteOf } from "./guide-route.ts";
import type { GuideRoute, GuideStop } from "./guide-route.ts";
import { beginGuidance, guide, progressOf } from "./guidance.ts";
import type { GuideEvent, Guidance } from "./guidance.ts";

let route: Route;
let stopAlong: number;
const stops: readonly GuideStop[] = [
  { kind: "charge", name: "", charge: { seconds: 600, until: 80 } },
  { kind: "destination", name: "" },
];

beforeAll(() => {
  const tags = { highway: "secondary", maxspeed: "50" };
  const city = smallCity({
    nodes: { a: [0, 0], b: [1000, 0], c: [2000, 0], d: [1000, 600], e: [1000, 900] },
    ways: [
      { nodes: "a b c", tags: { ...tags, name: "Main Street" } },
      { nodes: "b d e", tags: { ...tags, name: "Cross Street" } },
    ],
  });
  const outcome = createRouter(city).routes({ stops: [placeAt(0, 0), placeAt(700, -6), placeAt(1000, 800)] });
  if (outcome.kind !== "routes") throw new Error(outcome.kind);
  [route] = outcome.routes;
  stopAlong = route.legs[0].to;
});

test("a stop to charge is told, reached once, and left with what comes next", () => {
  const drive = new TestDrive();
  drive.set(route, "new", stops);
  drive.drive(0, stopAlong - 3);
  for (let i = 0; i < 100; i++) drive.fix(pointAt(route, stopAlong), { speed: 0, seconds: 6 });
  drive.drive(stopAlong, route.distance - 2, { speed: 10 });
  drive.fix(pointAt(route, route.distance), { speed: 0 });
  expect(drive.texts()).toEqual([
    "Head east on Main Street",
    "In 300 metres, you will arrive at the charging station, on the right",
    "You have arrived at the charging station, on the right. Charge for 10 minutes, up to 80 percent",
    "Head east on Main Street, then, in 300 metres, turn left onto Cross Street",
    "Turn left",
    "In 300 metres, you will arrive at your destination",
    "You have arrived at your destination",
  ]);
  const reached = drive.effects.filter(({ kind }) => kind === "stop-reached");
  expect(reached).toEqual([{ kind: "stop-reached", stop: 0, passed: false }]);
  expect(drive.kinds()).toContain("arrived");
});

test("a stop that is driven by is passed, and the way goes on", () => {
  const drive = new TestDrive(chinese);
  drive.set(route, "new", stops);
  drive.drive(0, route.distance - 2);
  drive.fix(pointAt(route, route.distance), { speed: 0 });
  expect(drive.effects.filter(({ kind }) => kind === "stop-reached")).toEqual([
    { kind: "stop-reached", stop: 0, passed: true },
  ]);
  expect(drive.texts().at(-1)).toBe("您已到达目的地");
});

test("a car park beside the stop is no way off the route", () => {
  const drive = new TestDrive();
  drive.set(route, "new", stops);
  drive.drive(0, stopAlong - 10);
  for (let north = 0; north > -50; north -= 1) {
    drive.fix({ ...placeAt(700, north), heading: 180 }, { speed: 3, seconds: 0.3 });
  }
  for (let i = 0; i < 10; i++) drive.fix(placeAt(700, -50), { speed: 0, seconds: 1 });
  expect(drive.kinds()).not.toContain("off-route");
  expect(drive.effects.filter(({ kind }) => kind === "stop-reached")).toHaveLength(1);
});

test("the time left counts the charging until it is done", () => {
  const plain = guideRouteOf("r", route, stops);
  const before = remainingOf(plain, stopAlong - 100, 0, evenPace).seconds;
  const after = remainingOf(plain, stopAlong, 1, evenPace).seconds;
  expect(before - after).toBeGreaterThan(600);
  expect(before - after).toBeLessThan(620);
});

function slowed(plain: GuideRoute, seconds: number): GuideRoute {
  return {
    ...plain,
    stretches: plain.stretches.map((stretch, i) =>
      i === 0 ? { ...stretch, seconds: stretch.seconds + seconds } : stretch,
    ),
  };
}

test("traffic ahead makes the rest longer by what it costs, with the car's own forecast too, and not once it is behind", () => {
  const plain = guideRouteOf("r", route);
  const last = plain.stretches.length - 1;
  const jam = slowed(plain, 300);
  for (const forecast of [undefined, 150]) {
    const free = remainingOf(plain, 0, 0, evenPace, forecast);
    expect(remainingOf(jam, 0, 0, evenPace, forecast)).toEqual({
      seconds: expect.closeTo(free.seconds + 300, 6),
      delay: expect.closeTo(300, 6),
    });
    const behind = plain.stretches[last].from;
    expect(remainingOf(jam, behind, 0, evenPace, forecast).delay).toBeCloseTo(0, 6);
  }
});

test("a slow driver's arrival moves back, within bounds, and a quick stretch does not turn it round", () => {
  const plain = guideRouteOf("r", route);
  const even = remainingOf(plain, 0, 0, evenPace).seconds;
  let pace = evenPace;
  for (let i = 0; i < 200; i++) pace = learnPace(pace, 14, 10);
  expect(remainingOf(plain, 0, 0, pace).seconds / even).toBeCloseTo(1.3, 2);
  pace = learnPace(evenPace, 5, 10);
  expect(remainingOf(plain, 0, 0, pace).seconds / even).toBeGreaterThan(0.97);
});

test("a better way is offered in a quiet moment, not over a turn", () => {
  const drive = new TestDrive();
  drive.set(route, "new", [
    { kind: "stop", name: "" },
    { kind: "destination", name: "" },
  ]);
  drive.drive(0, stopAlong - 310);
  drive.happen({ kind: "offer", at: drive.at, saves: 290, why: "traffic" });
  drive.drive(stopAlong - 310, stopAlong - 100);
  expect(drive.texts().slice(1)).toEqual([
    "In 300 metres, you will arrive at your stop, on the right",
    "There is a faster way. It saves 5 minutes",
  ]);
});

test("near the destination the car's own forecast rules", () => {
  const plain = guideRouteOf("r", route);
  expect(remainingOf(plain, plain.length - 20, 1, evenPace, 9).seconds).toBeCloseTo(9, 0);
});

const fixes = fc.record({
  along: fc.integer({ min: 0, max: 1_900 }),
  side: fc.integer({ min: -60, max: 60 }),
  speed: fc.integer({ min: 0, max: 30 }),
  seconds: fc.constantFrom(0.1, 0.5, 1, 10, 120),
});
const happenings = fc.array(
  fc.oneof(
    { weight: 20, arbitrary: fixes.map((fix) => ({ kind: "fix" as const, ...fix })) },
    fc
      .constantFrom("rerouted", "times", "restored", "ended", "again", "lost", "found", "chinese", "offer")
      .map((kind) => ({ kind })),
  ),
  { maxLength: 120 },
);

test("whatever happens, a drive goes on: words are numbered, no turn is told twice, and the same log gives the same state", () => {
  fc.assert(
    fc.property(happenings, (list) => {
      const drive = new TestDrive(english);
      drive.set(route, "new", stops);
      const told = new Set<string>();
      for (const happening of list) {
        const before = drive.said.length;
        if (happening.kind === "fix" && "along" in happening) {
          const { along, side, speed, seconds } = happening;
          drive.fix(pointAt(route, along, side), { speed, seconds });
          for (const { next, level, effect } of drive.said.slice(before)) {
            if (effect.about === "traffic") continue;
            expect(told).not.toContain(`${next} ${level}`);
            told.add(`${next} ${level}`);
          }
        } else other(drive, happening.kind);
        if (["rerouted", "restored", "ended"].includes(happening.kind)) told.clear();
      }
      const ids = drive.said.map(({ effect }) => effect.id);
      expect(ids).toEqual(ids.map((_, i) => i + 1));
      const again: { state: Guidance } = { state: beginGuidance(english) };
      for (const event of drive.log) [again.state] = guide(again.state, event);
      expect(again.state).toEqual(drive.state);
      const progress = progressOf(drive.state);
      if (progress !== undefined) {
        expect(progress.remaining).toBeGreaterThanOrEqual(0);
        expect(progress.next).toBeLessThan(route.manoeuvres.length);
        expect(Number.isFinite(progress.remainingTime)).toBe(true);
      }
    }),
    { numRuns: 60 },
  );
});

function other(drive: TestDrive, kind: string): void {
  const { at } = drive;
  const plain = guideRouteOf("route", route, stops);
  const events: Readonly<Record<string, GuideEvent>> = {
    rerouted: { kind: "route-set", at, route: plain, why: "rerouted" },
    times: { kind: "route-set", at, route: slowed(plain, 60), why: "times" },
    restored: { kind: "route-set", at, route: plain, why: "restored" },
    ended: { kind: "route-ended", at },
    again: { kind: "say-again", at },
    lost: { kind: "position", at, quality: "lost" },
    found: { kind: "position", at, quality: "satellites" },
    chinese: { kind: "settings", at, settings: chinese },
    offer: { kind: "offer", at, saves: 200, why: "traffic" },
  };
  drive.happen(events[kind]);
}
