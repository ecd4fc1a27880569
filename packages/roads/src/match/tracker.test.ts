import fc from "fast-check";
import { expect, test } from "vitest";
import { defaultLand } from "../../test/default-city.ts";
import { placeAt, smallCity } from "../../test/small-map.ts";
import { displaced, normal, randomDrive, randomOf } from "../../test/synthetic-drive.ts";
import type { City } from "../city.ts";
import { distanceInDegrees } from "../geometry.ts";
import { createTracker } from "./tracker.ts";
import type { TrackedPlace, Tracker } from "./tracking.ts";

const every = 0.1;

interface Metres {
  readonly east: number;
  readonly north: number;
}

/** Drives a tracker along a line of metres at 10 m/s with ten motions and one exact position a second; `blind` leaves the position out. */
function follow(
  tracker: Tracker,
  line: readonly Metres[],
  options: { readonly blind?: (metres: number) => boolean; readonly speed?: number; readonly from?: number } = {},
): readonly (TrackedPlace & { readonly metres: number })[] {
  const { blind = () => false, speed = 10 } = options;
  const places: (TrackedPlace & { readonly metres: number })[] = [];
  let tick = options.from ?? 0;
  let metres = 0;
  let heading: number | undefined;
  for (let i = 1; i < line.length; i++) {
    const [a, b] = [line[i - 1], line[i]];
    const length = Math.hypot(b.east - a.east, b.north - a.north);
    const course = Math.atan2(b.east - a.east, b.north - a.north);
    for (let at = 0; at < length; at += Math.abs(speed) * every) {
      const turned = heading === undefined ? 0 : Math.atan2(Math.sin(course - heading), Math.cos(course - heading));
      heading = course;
      const share = at / length;
      const here = placeAt(a.east + share * (b.east - a.east), a.north + share * (b.north - a.north));
      tracker.dead({ speed, dt: every, yawRate: -turned / every });
      if (tick++ % 10 === 0 && !blind(metres)) {
        tracker.fix({ ...here, accuracy: 5, at: tick * 100, speed, heading: (course * 180) / Math.PI });
      }
      metres += Math.abs(speed) * every;
      const place = tracker.place();
      if (place !== undefined) places.push({ ...place, metres });
    }
  }
  return places;
}

const wayOf = (city: City, place: TrackedPlace | undefined) =>
  place?.edge === undefined ? undefined : city.graph.roadWay[city.graph.edgeRoad[place.edge]];

const gap = (place: { lat: number; lon: number }, { east, north }: Metres) => {
  const there = placeAt(east, north);
  return distanceInDegrees(place.lon, place.lat, there.lon, there.lat);
};

test.each([
  { noise: 5, edges: 0.93, metres: 2.5 },
  { noise: 10, edges: 0.9, metres: 5.5 },
  { noise: 20, edges: 0.8, metres: 13 },
])(
  "on drives over the default city with $noise m of noise the car is on the right road, and rarely far off",
  async ({ noise, edges, metres }) => {
    const city = defaultLand();
    const random = randomOf(noise);
    let [onTheWay, off, count] = [0, 0, 0];
    for (let drive = 0; drive < 4; drive++) {
      const truth = randomDrive(city, random, { every });
      const tracker = createTracker(city);
      const route = new Set(truth.map(({ edge }) => edge));
      for (const [i, moment] of truth.entries()) {
        const before = truth[Math.max(0, i - 1)].heading;
        const turned = ((moment.heading - before + 540) % 360) - 180;
        const yawRate = (-turned * Math.PI) / 180 / every + normal(random) * 0.01;
        tracker.dead({ speed: moment.speed * 1.01 + normal(random) * 0.1, dt: every, yawRate });
        if (i % 10 !== 0) continue;
        const seen = displaced(moment, normal(random) * noise, normal(random) * noise);
        const heading = moment.heading + normal(random) * 5;
        tracker.fix({ ...seen, accuracy: noise, at: moment.t * 1_000, speed: moment.speed, heading });
        const place = tracker.place();
        count++;
        if (place?.edge !== undefined && route.has(place.edge)) onTheWay++;
        off += place === undefined ? 100 : distanceInDegrees(place.lon, place.lat, moment.lon, moment.lat);
      }
    }
    expect(onTheWay / count).toBeGreaterThan(edges);
    expect(off / count).toBeLessThan(metres);
  },
);

/** A road east into a tunnel of 1 km that forks after 500 m: way 3 straight on, way 4 a bend to the north. */
const tunnel = smallCity({
  nodes: { a: [-400, 0], b: [0, 0], c: [500, 0], d: [1000, 0], e: [1400, 0], f: [800, 260], g: [1000, 600] },
  ways: [
    { nodes: "a b", tags: { highway: "primary" } },
    { nodes: "b c", tags: { highway: "primary", tunnel: "yes", oneway: "yes" } },
    { nodes: "c d", tags: { highway: "primary", tunnel: "yes", oneway: "yes" } },
    { nodes: "c f", tags: { highway: "primary", tunnel: "yes", oneway: "yes" } },
    { nodes: "d e", tags: { highway: "primary" } },
    { nodes: "f g", tags: { highway: "primary" } },
  ],
});
const inTunnel = (metres: number) => metres > 400 && metres < 1_400;

test("in a tunnel of a kilometre the car follows its wheels, says so, and is less sure the farther it goes", () => {
  const line = [
    { east: -400, north: 0 },
    { east: 1_400, north: 0 },
  ];
  const places = follow(createTracker(tunnel), line, { blind: inTunnel });
  const inside = places.filter(({ metres }) => metres > 450 && metres < 1_390);
  expect(inside.every(({ isDeadReckoned }) => isDeadReckoned)).toBe(true);
  for (const place of inside) expect(gap(place, { east: place.metres - 400, north: 0 })).toBeLessThan(25);
  expect(inside.at(-1)?.certainty ?? 1).toBeLessThan(inside[0].certainty);
  const after = places.filter(({ metres }) => metres > 1_420);
  expect(after.some(({ isDeadReckoned }) => isDeadReckoned)).toBe(false);
});

test("at a fork in the tunnel the heading tells which way the car went", () => {
  const straight = follow(
    createTracker(tunnel),
    [
      { east: -400, north: 0 },
      { east: 950, north: 0 },
    ],
    { blind: inTunnel },
  );
  expect(wayOf(tunnel, straight.at(-1))).toBe(2);
  const bend = follow(
    createTracker(tunnel),
    [
      { east: -400, north: 0 },
      { east: 500, north: 0 },
      { east: 780, north: 240 },
    ],
    { blind: inTunnel },
  );
  expect(wayOf(tunnel, bend.at(-1))).toBe(3);
});

test("when satellites come back the place moves on without a jump back, even where the wheels were wrong by some per cent", () => {
  const tracker = createTracker(tunnel);
  const places: TrackedPlace[] = [];
  for (let tick = 0; tick < 1_780; tick++) {
    tracker.dead({ speed: 10.3, dt: every, yawRate: 0 });
    if (tick % 10 === 0 && !inTunnel(tick)) {
      tracker.fix({ ...placeAt(tick - 400, 0), accuracy: 5, at: tick * 100, speed: 10, heading: 90 });
    }
    const place = tracker.place();
    if (place !== undefined) places.push(place);
  }
  const back = places.map(({ lon }, i) => (i === 0 ? 0 : (places[i - 1].lon - lon) * 59_400));
  expect(Math.max(...back)).toBeLessThan(35);
  const last = places.at(-1);
  expect(last === undefined ? Infinity : gap(last, { east: 1_379, north: 0 })).toBeLessThan(8);
  expect(last?.heading).toBeCloseTo(90, 0);
});

/** Two one-way carriageways 14 m apart and a service road 30 m north of them. */
const parallel = smallCity({
  nodes: { a: [-500, 0], b: [500, 0], c: [500, 14], d: [-500, 14], e: [-500, 44], f: [500, 44] },
  ways: [
    { nodes: "a b", tags: { highway: "primary", oneway: "yes" } },
    { nodes: "c d", tags: { highway: "primary", oneway: "yes" } },
    { nodes: "e f", tags: { highway: "service" } },
    { nodes: "b c" },
    { nodes: "c f" },
    { nodes: "d e" },
    { nodes: "a d" },
  ],
});

test("of two parallel roads the car stays on its own, although single positions lie nearer to the other", () => {
  const random = randomOf(3);
  for (const [way, north, course] of [
    [0, 0, 90],
    [1, 14, 270],
    [2, 44, 90],
  ] as const) {
    const tracker = createTracker(parallel);
    let right = 0;
    for (let t = 0; t < 90; t++) {
      const east = course === 90 ? -450 + t * 10 : 450 - t * 10;
      const seen = placeAt(east + normal(random) * 8, north + normal(random) * 8);
      for (let i = 0; i < 10; i++) tracker.dead({ speed: 10, dt: every, yawRate: 0 });
      tracker.fix({ ...seen, accuracy: 8, at: t * 1_000, speed: 10, heading: course + normal(random) * 5 });
      if (t > 5 && wayOf(parallel, tracker.place()) === way) right++;
    }
    expect(right / 84).toBeGreaterThan(0.95);
  }
});

test("in a car park away from all roads the car is where it is, and on the road again when it comes back", () => {
  const tracker = createTracker(parallel);
  const places = follow(tracker, [
    { east: -400, north: 0 },
    { east: 0, north: 0 },
    { east: 0, north: -150 },
    { east: 100, north: -150 },
    { east: 100, north: 0 },
    { east: 400, north: 0 },
  ]);
  const parked = places.filter(({ metres }) => metres > 480 && metres < 720);
  expect(parked.every(({ edge }) => edge === undefined)).toBe(true);
  const deep = places.filter(({ metres }) => metres > 560 && metres < 640);
  for (const place of deep) expect(gap(place, { east: place.metres - 550, north: -150 })).toBeLessThan(12);
  expect(wayOf(parallel, places.at(-1))).toBe(0);
});

test("a car that turns round in the road is on the other direction soon after", () => {
  const places = follow(createTracker(parallel), [
    { east: -400, north: 44 },
    { east: 0, north: 44 },
    { east: -300, north: 44 },
  ]);
  expect(wayOf(parallel, places.at(-1))).toBe(2);
  expect(places.at(-1)?.heading).toBeCloseTo(270, 0);
  const after = places.filter(({ metres }) => metres > 450);
  expect(after.every(({ heading }) => Math.abs(heading - 270) < 5)).toBe(true);
});

test("a car that reverses goes back along its road and does not face the other way", () => {
  const tracker = createTracker(parallel);
  const line = [
    { east: -300, north: 0 },
    { east: 0, north: 0 },
  ];
  follow(tracker, line);
  for (let t = 0; t < 20; t++) {
    for (let i = 0; i < 10; i++) tracker.dead({ speed: -2, dt: every, yawRate: 0 });
    tracker.fix({ ...placeAt(-2 * (t + 1), 0), accuracy: 5, at: 100_000 + t * 1_000, speed: -2, heading: 270 });
  }
  const place = tracker.place();
  expect(wayOf(parallel, place)).toBe(0);
  expect(place?.heading).toBeCloseTo(90, 0);
  expect(place === undefined ? Infinity : gap(place, { east: -40, north: 0 })).toBeLessThan(8);
});

test("a car whose wheels fall silent is followed by its positions alone", () => {
  const tracker = createTracker(parallel);
  follow(tracker, [
    { east: -400, north: 0 },
    { east: -200, north: 0 },
  ]);
  for (let t = 1; t <= 30; t++) tracker.fix({ ...placeAt(-200 + t * 10, 0), accuracy: 5, at: 60_000 + t * 1_000 });
  const place = tracker.place();
  expect(wayOf(parallel, place)).toBe(0);
  expect(place === undefined ? Infinity : gap(place, { east: 100, north: 0 })).toBeLessThan(5);
});

test("where a car was four positions ago is settled", () => {
  const tracker = createTracker(parallel);
  expect(tracker.place()).toBeUndefined();
  follow(tracker, [
    { east: -400, north: 0 },
    { east: 0, north: 0 },
  ]);
  const settled = tracker.settled();
  expect(settled?.along).toBeGreaterThan(400);
  expect(settled?.along).toBeLessThan(480);
});

test("whatever a receiver and the wheels say, a place lies on its road and certainty is a share", () => {
  const number = fc.double({ min: -300, max: 300, noNaN: true });
  const event = fc.oneof(
    fc.record({
      kind: fc.constant("fix" as const),
      east: number,
      north: number,
      heading: fc.double({ min: 0, max: 360, noNaN: true }),
    }),
    fc.record({
      kind: fc.constant("dead" as const),
      speed: fc.double({ min: -5, max: 40, noNaN: true }),
      yawRate: fc.double({ min: -1, max: 1, noNaN: true }),
    }),
  );
  fc.assert(
    fc.property(fc.array(event, { maxLength: 60 }), (events) => {
      const tracker = createTracker(parallel);
      for (const [i, each] of events.entries()) {
        if (each.kind === "dead") tracker.dead({ speed: each.speed, dt: 0.7, yawRate: each.yawRate });
        else tracker.fix({ ...placeAt(each.east, each.north), accuracy: 10, at: i * 1_000, heading: each.heading });
        const place = tracker.place();
        if (place === undefined) continue;
        expect(place.certainty).toBeGreaterThanOrEqual(0);
        expect(place.certainty).toBeLessThanOrEqual(1);
        expect(place.heading).toBeGreaterThanOrEqual(0);
        expect(place.heading).toBeLessThan(360);
        expect(Math.abs(place.lat) + Math.abs(place.lon)).toBeLessThan(90);
        if (place.edge === undefined) continue;
        expect(place.along).toBeGreaterThanOrEqual(0);
        expect(place.along).toBeLessThanOrEqual(parallel.graph.roadLength[parallel.graph.edgeRoad[place.edge]]);
      }
    }),
    { numRuns: 60 },
  );
});
