import { expect, test } from "vitest";
import { createLens, rearCamera, rearOverhang, reversed } from "./projection.ts";

const lens = createLens(rearCamera, 1_600, 900);

test("the car's left is on the left of the glass, as in a mirror", () => {
  const left = lens.project(-4, 1, 0);
  const right = lens.project(-4, -1, 0);
  expect(left?.x).toBeLessThan(800);
  expect(right?.x).toBeGreaterThan(800);
  expect((left?.x ?? 0) + (right?.x ?? 0)).toBeCloseTo(1_600, 6);
});

test("ground farther behind the car is drawn higher and closer together", () => {
  const near = lens.project(-2, 1, 0);
  const far = lens.project(-12, 1, 0);
  expect(far?.y).toBeLessThan(near?.y ?? 0);
  expect(Math.abs((far?.x ?? 0) - 800)).toBeLessThan(Math.abs((near?.x ?? 0) - 800));
});

test("what is in front of the camera's back is not drawn", () => {
  expect(lens.project(3, 0, 0)).toBeUndefined();
  expect(lens.polygon([5, -1, 6, -1, 6, 1, 5, 1], 0)).toHaveLength(0);
});

test("a road that runs under the car is cut at the camera, not folded over it", () => {
  const road = lens.polygon([10, 3, -30, 3, -30, -3, 10, -3], 0);
  expect(road).toHaveLength(4);
  for (const point of road) {
    expect(point.depth).toBeGreaterThan(0.14);
    expect(Number.isFinite(point.x) && Number.isFinite(point.y)).toBe(true);
  }
});

test("with straight wheels the car reverses straight back", () => {
  const corner = reversed(-rearOverhang, 0.9, { steering: 0, wheelbase: 2.7 }, 3);
  expect(corner.x).toBeCloseTo(-rearOverhang - 3, 9);
  expect(corner.y).toBeCloseTo(0.9, 9);
});

test("wheels to the left take the rear to the left, on the circle of the axle", () => {
  const car = { steering: 0.4, wheelbase: 2.7 };
  const radius = car.wheelbase / Math.tan(car.steering);
  for (const distance of [0.5, 1.5, 3, 6]) {
    const axle = reversed(0, 0, car, distance);
    expect(axle.y).toBeGreaterThan(0);
    expect(Math.hypot(axle.x, axle.y - radius)).toBeCloseTo(radius, 9);
  }
});

test("left and right are mirror images", () => {
  const left = reversed(-0.8, 0.9, { steering: 0.3, wheelbase: 2.8 }, 4);
  const right = reversed(-0.8, -0.9, { steering: -0.3, wheelbase: 2.8 }, 4);
  expect(right.x).toBeCloseTo(left.x, 9);
  expect(right.y).toBeCloseTo(-left.y, 9);
});
