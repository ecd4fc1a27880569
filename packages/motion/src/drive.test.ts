import { expect, test } from "vitest";
import { midSizeElectric as car } from "./parameters.ts";
import { pathLength } from "./path.ts";
import type { Path } from "./path.ts";
import { createPlantState, resistance, stepPlant } from "./plant.ts";
import { referencePath } from "./reference.ts";
import type { RoadLine } from "./reference.ts";
import { comfortableStyle, planSpeed } from "./speed.ts";
import { createFollowState, follow } from "./track.ts";

const road = (
  corners: readonly (readonly [number, number])[],
  limit: number,
  more: Partial<RoadLine> = {},
): RoadLine => ({
  points: Float64Array.from(corners.flat()),
  limit: new Float64Array(corners.length - 1).fill(limit),
  offset: new Float64Array(corners.length - 1).fill(1.75),
  ...more,
});

const roads: Readonly<Record<string, RoadLine>> = {
  "a straight street": road(
    [
      [0, 0],
      [300, 0],
    ],
    13.9,
  ),
  "a right turn": road(
    [
      [0, 0],
      [100, 0],
      [100, -100],
    ],
    13.9,
  ),
  "a left turn": road(
    [
      [0, 0],
      [100, 0],
      [100, 100],
    ],
    13.9,
  ),
  "an acute right turn": road(
    [
      [0, 0],
      [100, 0],
      [30, -70],
    ],
    13.9,
  ),
  "an acute left turn": road(
    [
      [0, 0],
      [100, 0],
      [30, 70],
    ],
    13.9,
  ),
  "turning round at a dead end": road(
    [
      [0, 0],
      [100, 0],
      [0, 0],
    ],
    13.9,
  ),
  "two quick turns": road(
    [
      [0, 0],
      [50, 0],
      [55, 12],
      [110, 12],
      [112, 0],
      [200, 3],
    ],
    8.3,
  ),
  "a winding road at 80 km/h": road(
    Array.from({ length: 40 }, (_, i) => [i * 25, 30 * Math.sin(i * 0.35)] as const),
    22.2,
  ),
};

function drive(path: Path) {
  const profile = planSpeed(car, path, comfortableStyle);
  const plant = createPlantState(path.x[0] ?? 0, path.y[0] ?? 0, path.heading[0] ?? 0);
  const state = createFollowState();
  const command = { steering: 0, acceleration: 0 };
  const seen = {
    crossTrack: 0,
    lateral: 0,
    accelerating: 0,
    braking: 0,
    overLimit: 0,
    seconds: 0,
    stands: [] as number[],
  };
  let wasStanding = true;
  for (; seen.seconds < 600 && !state.arrived; seen.seconds += 0.01) {
    follow(car, path, profile, comfortableStyle, plant, state, false, 0.01, command);
    const force = (car.mass + car.rotatingMass) * command.acceleration + resistance(car, plant.vx);
    stepPlant(
      car,
      plant,
      { steering: command.steering, driveForce: Math.max(force, 0), brakeForce: Math.max(-force, 0), grade: 0 },
      0.01,
    );
    seen.crossTrack = Math.max(seen.crossTrack, Math.abs(state.offset));
    seen.lateral = Math.max(seen.lateral, Math.abs(plant.ay));
    seen.accelerating = Math.max(seen.accelerating, plant.ax);
    seen.braking = Math.max(seen.braking, -plant.ax);
    seen.overLimit = Math.max(seen.overLimit, plant.vx - (path.limit[state.index] ?? 0));
    if (plant.vx === 0 && !wasStanding) seen.stands.push(state.s);
    wasStanding = plant.vx === 0;
  }
  return { ...seen, state, planned: profile.time[profile.time.length - 1] ?? 0 };
}

test.each(Object.keys(roads))("the car drives %s within 25 cm and comfortably, and stops at its end", (name) => {
  const path = referencePath(roads[name] ?? road([], 0), { minimumRadius: 6.2 });
  if (path === undefined) throw new Error("no path");
  const seen = drive(path);
  expect(seen.state.arrived).toBe(true);
  expect(Math.abs(pathLength(path) - seen.state.s)).toBeLessThan(1.5);
  expect(seen.crossTrack).toBeLessThan(0.25);
  expect(seen.lateral).toBeLessThan(2.6);
  expect(seen.accelerating).toBeLessThan(2);
  expect(seen.braking).toBeLessThan(2.6);
  expect(seen.overLimit).toBeLessThan(0.3);
  expect(Math.abs(seen.seconds / seen.planned - 1)).toBeLessThan(0.12);
});

test("the car stands at a stop on the way, for as long as it should, and slows for a crossing", () => {
  const path = referencePath(
    road(
      [
        [0, 0],
        [300, 0],
      ],
      13.9,
      { stops: [{ along: 100, dwell: 2 }], slow: [{ along: 200, speed: 6 }] },
    ),
    { minimumRadius: 6.2 },
  );
  if (path === undefined) throw new Error("no path");
  const seen = drive(path);
  expect(seen.state.arrived).toBe(true);
  expect(seen.stands[0]).toBeGreaterThan(98);
  expect(seen.stands[0]).toBeLessThan(100.5);
  expect(planSpeed(car, path, comfortableStyle).speed[199]).toBeLessThanOrEqual(6);
});

test("a path keeps to the right of the middle of a two-way street", () => {
  const path = referencePath(
    road(
      [
        [0, 0],
        [200, 0],
      ],
      13.9,
    ),
    { minimumRadius: 6.2 },
  );
  expect(path?.y[100]).toBeCloseTo(-1.75, 2);
});

test("no corner is tighter than the car can turn", () => {
  for (const line of Object.values(roads)) {
    const path = referencePath(line, { minimumRadius: 6.2 });
    expect(Math.max(...(path?.curvature.map(Math.abs) ?? [1]))).toBeLessThan(1.1 / 6.2);
  }
});

test.each([
  { x: 5, y: -1.75, heading: 0, speed: 12 },
  { x: 5, y: 1.5, heading: 0.1, speed: 8 },
  { x: 20, y: -5, heading: Math.PI, speed: 0 },
  { x: -4, y: 6, heading: -Math.PI / 2, speed: 0 },
])("a path begins where the car is and leads into the lane: $x $y $heading", (from) => {
  const path = referencePath(
    road(
      [
        [0, 0],
        [300, 0],
      ],
      13.9,
    ),
    { minimumRadius: 6.2, from },
  );
  if (path === undefined) throw new Error("no path");
  expect(Math.hypot((path.x[0] ?? 0) - from.x, (path.y[0] ?? 0) - from.y)).toBeLessThan(0.05);
  expect(Math.cos((path.heading[0] ?? 0) - from.heading)).toBeGreaterThan(0.98);
  expect(path.y[path.y.length - 1]).toBeCloseTo(-1.75, 1);
  expect(Math.max(...path.curvature.map(Math.abs))).toBeLessThan(1.1 / 6.2);
});

test("a line of less than two metres is no road", () => {
  expect(
    referencePath(
      road(
        [
          [0, 0],
          [1, 0],
        ],
        13.9,
      ),
      { minimumRadius: 6.2 },
    ),
  ).toBeUndefined();
});
