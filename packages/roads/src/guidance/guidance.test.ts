import { beforeAll, expect, test } from "vitest";
import { defaultCity } from "../../test/default-city.ts";
import { chinese, english, pointAt, randomFrom, TestDrive } from "../../test/drive-along.ts";
import { placeAt, smallCity } from "../../test/small-map.ts";
import type { City } from "../city.ts";
import { createRouter } from "../route/router.ts";
import type { Route } from "../route/route.ts";
import { guide, beginGuidance, progressOf } from "./guidance.ts";
import { speechSeconds } from "./speech.ts";
import { isQuiet } from "./stages.ts";

let city: City;
let corner: Route;

beforeAll(async () => {
  city = await defaultCity();
  const tags = { highway: "secondary", maxspeed: "50" };
  const small = smallCity({
    nodes: {
      a: [0, 0],
      b: [800, 0],
      c: [800, 500],
      d: [1600, 0],
      e: [1400, 500],
      h: [800, 700],
      f: [0, 12],
      g: [1600, 12],
    },
    ways: [
      { nodes: "a b d", tags: { ...tags, name: "Main Street" } },
      { nodes: "b c h", tags: { ...tags, name: "Cross Street" } },
      { nodes: "c e", tags: { ...tags, name: "End Street" } },
      { nodes: "f g", tags: { highway: "service" } },
    ],
  });
  corner = routeOver(small, placeAt(0, 0), placeAt(1300, 506));
});

function routeOver(over: City, from: { lat: number; lon: number }, to: { lat: number; lon: number }): Route {
  const outcome = createRouter(over).route(from, to);
  if (outcome.kind !== "route") throw new Error(outcome.kind);
  return outcome;
}

function randomRoute(random: () => number): Route {
  const [west, south, east, north] = city.bounds;
  const point = () => ({ lat: south + random() * (north - south), lon: west + random() * (east - west) });
  for (let i = 0; i < 50; i++) {
    const outcome = createRouter(city).route(point(), point());
    if (outcome.kind === "route" && outcome.distance > 1_500) return outcome;
  }
  throw new Error("the city has no long routes");
}

/** Changes every day, so that every day other roads are driven. */
const seed = Math.floor(Date.now() / 86_400_000);

test.each([
  ["English", english, 0],
  ["Chinese", chinese, 6],
])(
  `on drives across the city (seed ${seed}) every turn is told in time, in order and once, in %s`,
  (_, settings, noise) => {
    const random = randomFrom(seed);
    for (let k = 0; k < 4; k++) {
      const route = randomRoute(random);
      const drive = new TestDrive(settings);
      const plain = drive.set(route);
      for (const piece of route.pieces) {
        const speed = Math.max(3, (piece.to - piece.from) / Math.max(0.1, piece.seconds));
        drive.drive(piece.from, piece.to, { speed: Math.min(speed, piece.speed), seconds: 0.5, noise, random });
      }
      const end = pointAt(route, route.distance);
      for (let i = 0; i < 5; i++) drive.fix(end, { speed: 0, seconds: 1 });

      expect(drive.kinds().filter((kind) => kind === "off-route")).toEqual([]);
      expect(drive.state.following?.hasArrived).toBe(true);
      const turns = drive.said.slice(1).map(({ next, level }) => ({ next, level }));
      expect(new Set(turns.map((turn) => JSON.stringify(turn))).size, "nothing is said twice").toBe(turns.length);
      expect(turns, "in order").toEqual(turns.toSorted((a, b) => a.next - b.next || b.level - a.level));
      for (const [index, manoeuvre] of plain.manoeuvres.entries()) {
        if (manoeuvre.kind === "depart" || isQuiet(plain, index)) continue;
        const told = drive.state.following?.told[index];
        expect(told, `${index} ${manoeuvre.kind}`).toBeLessThan(Infinity);
        const own = drive.said.filter(({ next }) => next === index);
        for (const { along } of own) expect(along).toBeLessThanOrEqual(manoeuvre.along + 1);
      }
      for (const [i, { at, effect }] of drive.said.entries()) {
        const before = drive.said[i - 1];
        if (before === undefined || effect.interrupts) continue;
        expect(at - before.at, `${before.effect.text} | ${effect.text}`).toBeGreaterThanOrEqual(
          1000 * speechSeconds(before.effect.text),
        );
      }
    }
  },
);

test("a drive through town sounds like this", () => {
  const drive = new TestDrive();
  drive.set(corner);
  drive.drive(0, corner.distance - 5);
  drive.fix(pointAt(corner, corner.distance), { speed: 0, seconds: 1 });
  expect(drive.texts()).toEqual([
    "Head east on Main Street",
    "In 300 metres, turn left onto Cross Street",
    "Turn left",
    "In 300 metres, turn right onto End Street",
    "Turn right",
    "In 300 metres, you will arrive at your destination, on the left",
    "You have arrived at your destination, on the left",
  ]);
  expect(drive.kinds().filter((kind) => kind !== "announce")).toEqual(["step-advanced", "step-advanced", "arrived"]);
});

test("the same log gives the same words", () => {
  const drive = new TestDrive(chinese);
  drive.set(corner);
  drive.drive(0, 1_000, { noise: 8, random: randomFrom(7) });
  drive.happen({ kind: "say-again", at: drive.at });
  const log: typeof drive.log = JSON.parse(JSON.stringify(drive.log));
  let state = beginGuidance(chinese);
  const words = log.flatMap((event) => {
    const [next, effects] = guide(state, event);
    state = next;
    return effects.flatMap((effect) => (effect.kind === "announce" ? [effect.text] : []));
  });
  expect(words).toEqual(drive.texts());
  expect(words.length).toBeGreaterThan(2);
});

test("a car that stands in a jam and drifts back and forth hears nothing twice", () => {
  const drive = new TestDrive();
  drive.set(corner);
  drive.drive(0, 520);
  const before = drive.said.length;
  const random = randomFrom(3);
  for (let i = 0; i < 300; i++) {
    drive.fix(pointAt(corner, 500 + 25 * (random() - 0.5), 20 * (random() - 0.5)), { speed: 0.2, seconds: 1 });
  }
  drive.drive(480, 700);
  expect(drive.said.slice(before)).toEqual([]);
  drive.drive(700, 900);
  expect(drive.texts().slice(before)).toEqual(["Turn left"]);
});

test("after a tunnel without any fix only what matters now is said", () => {
  const drive = new TestDrive();
  drive.set(corner);
  drive.drive(0, 100);
  drive.fix(pointAt(corner, 750), { speed: 12, seconds: 54 });
  expect(drive.texts().slice(1)).toEqual(["Turn left onto Cross Street"]);
});

test("a single fix far away moves nothing", () => {
  const drive = new TestDrive();
  drive.set(corner);
  drive.drive(0, 400);
  drive.fix(pointAt(corner, 1_500), { speed: 12 });
  drive.fix(pointAt(corner, 405, 90), { speed: 12 });
  drive.drive(410, 460);
  expect(drive.kinds().filter((kind) => kind !== "announce")).toEqual([]);
  expect(progressOf(drive.state)?.along).toBeLessThan(470);
});

test.each([
  [10, 4_000],
  [5, 4_000],
  [1, 5_000],
])("going straight on in place of turning is proven at once, at %d fixes a second within %d ms", (rate, within) => {
  const drive = new TestDrive();
  drive.set(corner);
  drive.drive(0, 796, { seconds: 1 / rate, speed: 10 });
  const left = drive.at;
  for (let east = 800; east < 950 && drive.state.following?.isOff === false; east += 10 / rate) {
    drive.fix({ ...placeAt(east, 0), heading: 90 }, { speed: 10, seconds: 1 / rate });
  }
  expect(drive.state.following?.isOff).toBe(true);
  expect(drive.at - left).toBeLessThanOrEqual(within);
  expect(drive.kinds().filter((kind) => kind === "off-route")).toHaveLength(1);
});

test("turning off the route where it goes straight on is proven within 3 s", () => {
  const drive = new TestDrive();
  drive.set(corner);
  drive.drive(0, 400, { speed: 8 });
  const left = drive.at;
  for (let north = 0; north < 60 && drive.state.following?.isOff === false; north += 1.6) {
    drive.fix({ ...placeAt(400, north), heading: 0 }, { speed: 8 });
  }
  expect(drive.at - left).toBeLessThanOrEqual(3_000);
  drive.fix({ ...placeAt(400, 30), heading: 0 }, { speed: 8 });
  expect(drive.texts().at(-1)).not.toMatch(/turn/i);
});

test("a drive that begins the wrong way round is noticed", () => {
  const drive = new TestDrive();
  drive.set(corner);
  for (let east = 0; east > -120 && drive.state.following?.isOff === false; east -= 1.6) {
    drive.fix({ ...placeAt(east, 0), heading: 270 }, { speed: 8 });
  }
  expect(drive.kinds()).toContain("off-route");
});

test("turning round on the route is noticed", () => {
  const drive = new TestDrive();
  drive.set(corner);
  drive.drive(0, 500);
  const turned = drive.at;
  for (let east = 500; east > 300 && drive.state.following?.isOff === false; east -= 2) {
    drive.fix({ ...placeAt(east, 3), heading: 270 }, { speed: 10 });
  }
  expect(drive.kinds()).toContain("off-route");
  expect(drive.at - turned).toBeLessThan(4_000);
});

test("a service road beside the route does not take the car off it, even when the tracker thinks so", () => {
  const drive = new TestDrive();
  drive.set(corner);
  const random = randomFrom(5);
  for (let east = 0; east < 700; east += 2.4) {
    const north = 12 + 6 * (random() - 0.5);
    drive.fix(
      { ...placeAt(east, north), heading: 90 },
      { speed: 12, other: { lateral: north - 12, headingDifference: 0 } },
    );
  }
  expect(drive.kinds()).not.toContain("off-route");
});

test("a car that comes back to its route is guided again", () => {
  const drive = new TestDrive();
  drive.set(corner);
  drive.drive(0, 300);
  for (let i = 0; i < 20; i++) drive.fix({ ...placeAt(300, 80), heading: 0 }, { speed: 8 });
  expect(drive.state.following?.isOff).toBe(true);
  drive.drive(300, 700);
  expect(drive.kinds().filter((kind) => kind.endsWith("-route"))).toEqual(["off-route", "back-on-route"]);
  expect(drive.texts().at(-1)).toBe("In 300 metres, turn left onto Cross Street");
});

test("a re-route says so and goes on with its first turn", () => {
  const drive = new TestDrive();
  drive.set(corner, "rerouted");
  drive.drive(450, 650);
  expect(drive.texts()).toEqual(["New route", "In 300 metres, turn left onto Cross Street"]);
});

test.each([
  ["closure", "The road ahead is closed. New route", "前方道路封闭，已重新规划路线"],
  ["faster", "New route around slow traffic", "已重新规划路线，避开拥堵"],
] as const)("a new route because of a %s says why, in both languages", (why, english, chinese) => {
  const drive = new TestDrive();
  drive.set(corner, why);
  expect(drive.texts()).toEqual([english]);
  const inChinese = new TestDrive({ language: "zh-CN", units: "metric", cameras: false });
  inChinese.set(corner, why);
  expect(inChinese.texts()).toEqual([chinese]);
});

test("after a restart the drive goes on without repeating itself", () => {
  const drive = new TestDrive();
  drive.set(corner, "restored");
  drive.drive(550, 900);
  expect(drive.texts()).toEqual(["Turn left"]);
});

test("new times of the same way change nothing that was said", () => {
  const drive = new TestDrive();
  drive.set(corner);
  drive.drive(0, 560);
  const [route] = drive.log.flatMap((event) => (event.kind === "route-set" ? [event.route] : []));
  const slow = route.stretches.map((stretch) => ({ ...stretch, seconds: stretch.seconds + 100 }));
  const before = progressOf(drive.state);
  drive.happen({ kind: "route-set", at: drive.at, route: { ...route, stretches: slow }, why: "times" });
  const after = progressOf(drive.state);
  expect(after?.along).toBe(before?.along);
  expect(after?.remainingTime).toBeGreaterThan((before?.remainingTime ?? 0) + 150);
  expect(drive.said).toHaveLength(2);
});

test("the last metres off the road still lead to an arrival, once the car stands", () => {
  const drive = new TestDrive();
  drive.set(corner);
  drive.drive(0, corner.distance - 20);
  for (let north = 2; north < 40; north += 1)
    drive.fix({ ...placeAt(1_290, 500 - north), heading: 180 }, { speed: 3, seconds: 0.33 });
  expect(drive.kinds()).not.toContain("off-route");
  expect(drive.kinds()).not.toContain("arrived");
  for (let i = 0; i < 5; i++) drive.fix({ ...placeAt(1_290, 460) }, { speed: 0, seconds: 1 });
  expect(drive.kinds().filter((kind) => kind === "arrived")).toHaveLength(1);
  expect(drive.texts().filter((text) => text.startsWith("You have arrived"))).toHaveLength(1);
});

test("say again tells the present distance", () => {
  const drive = new TestDrive();
  drive.set(corner);
  drive.drive(0, 350);
  drive.happen({ kind: "say-again", at: drive.at });
  expect(drive.texts().at(-1)).toBe("In 500 metres, turn left onto Cross Street");
  expect(drive.said.at(-1)?.effect.interrupts).toBe(true);
});

test("the hint about the limit comes with a tolerance, once under a limit, and is spoken once", () => {
  const drive = new TestDrive();
  const limit = 50 / 3.6;
  const hints = () => drive.effects.flatMap((effect) => (effect.kind === "overspeed" ? [effect.isOver] : []));
  const at = (kmh: number, seconds: number) => {
    for (let t = 0; t < seconds; t += 0.5) drive.fix(placeAt(0, 0), { speed: kmh / 3.6, seconds: 0.5, limit });
  };
  at(52, 30);
  expect(hints()).toEqual([]);
  at(58, 5);
  expect(hints()).toEqual([true]);
  at(52, 5);
  expect(hints()).toEqual([true]);
  at(50, 3);
  at(60, 120);
  expect(hints()).toEqual([true, false, true]);
  expect(drive.texts()).toEqual(["The limit here is 50"]);
});

test("where no limit is known nobody is called too fast", () => {
  const drive = new TestDrive();
  for (let i = 0; i < 60; i++) drive.fix(placeAt(0, 0), { speed: 60, seconds: 1 });
  expect(drive.effects).toEqual([]);
});

test("cameras are told only to those who may and want to hear of them, other dangers to all, each once", () => {
  const ahead = (distance: number) => [
    { id: "crossing", kind: "rail-crossing" as const, distance },
    { id: "camera", kind: "camera" as const, distance: distance + 300 },
  ];
  const run = (cameras: boolean) => {
    const drive = new TestDrive({ ...english, cameras });
    for (let distance = 900; distance > -300; distance -= 10) {
      drive.fix(placeAt(0, 0), { speed: 20, seconds: 0.5, ahead: ahead(distance).filter((each) => each.distance > 0) });
    }
    return drive.said.map(({ effect }) => [effect.about, effect.text]);
  };
  expect(run(false)).toEqual([["traffic", "In 150 metres, level crossing"]]);
  expect(run(true)).toEqual([
    ["traffic", "In 150 metres, level crossing"],
    ["camera", "In 250 metres, speed camera"],
  ]);
});
