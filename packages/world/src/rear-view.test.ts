import { createPlantState, midSizeElectric as car } from "@caravan/motion";
import type { NearRoad } from "@caravan/roads/places";
import { expect, test } from "vitest";
import { frameAt, toLat, toLon } from "./frame.ts";
import { createRearView } from "./rear-view.ts";

const frame = frameAt({ lat: 57.7, lon: 11.97 });

/** A residential street from 60 m behind to 60 m ahead of the origin, along x. */
const street: NearRoad = {
  points: Float64Array.from([-60, 0, 60, 0].map((v, i) => (i % 2 === 0 ? toLon(frame, v) : toLat(frame, v)))),
  width: 7,
  lanes: 1,
  oneWay: false,
  class: "residential",
  layer: 0,
  tunnel: false,
};

test("the scene has the street with both kerbs and the same parked cars every time", () => {
  const view = () => createRearView(() => [street], car).scene(frame, createPlantState(0, -1.75, 0));
  const scene = view();
  expect(scene.surfaces.filter(({ kind }) => kind === "road")).toHaveLength(1);
  expect(scene.surfaces.filter(({ kind }) => kind === "kerb")).toHaveLength(2);
  expect(scene.boxes.length).toBeGreaterThan(3);
  expect(scene).toEqual(view());
  const kerb = scene.surfaces.find(({ kind }) => kind === "kerb");
  for (let i = 1; i < (kerb?.points.length ?? 0); i += 2) expect(kerb?.points[i]).toBeCloseTo(3.5 + 1.75, 3);
});

test("no parked car stands on the carriageway", () => {
  const { boxes } = createRearView(() => [street], car).scene(frame, createPlantState(0, 0, 0));
  for (const box of boxes) expect(Math.abs(box.y) - box.width / 2).toBeGreaterThan(3.5);
});

test("clearance is the way from the rear bumper to what stands behind", () => {
  const { boxes } = createRearView(() => [street], car).scene(frame, createPlantState(0, 0, 0));
  const box = boxes.find((candidate) => candidate.x < 0 && candidate.x > -30);
  if (box === undefined) throw new Error("no parked car");
  const rear = car.wheelbase - car.frontToGravity;
  // In the same line as the parked car, 4 m of air between the two bumpers.
  const x = box.x - rear + box.length / 2 + 4 + car.rearOverhang + rear;
  const view = createRearView(() => [street], car).scene(frame, createPlantState(x, box.y, 0));
  expect(view.clearance).toBeGreaterThan(3.6);
  expect(view.clearance).toBeLessThan(4.2);
  expect(createRearView(() => [], car).scene(frame, createPlantState(0, 0, 0)).clearance).toBeUndefined();
});

test("tunnels and bridges are not part of the street behind the car", () => {
  const view = createRearView(
    () => [
      { ...street, layer: 1 },
      { ...street, tunnel: true },
    ],
    car,
  );
  expect(view.scene(frame, createPlantState(0, 0, 0)).surfaces).toEqual([]);
});

test("a car without a map sees nothing behind it and says how it steers", () => {
  const plant = createPlantState(0, 0, 0);
  plant.steering = 0.2;
  const scene = createRearView(undefined, car).scene(frame, plant);
  expect(scene).toEqual({ surfaces: [], boxes: [], steering: 0.2, wheelbase: car.wheelbase, width: car.width });
});

test("a vehicle of the traffic behind is seen where it is, and heard by the echoes", () => {
  const behind = {
    kind: "van" as const,
    lat: toLat(frame, -1.75),
    lon: toLon(frame, -8),
    heading: 90,
    speed: 0,
    length: 5.9,
    width: 2,
    height: 2.4,
  };
  const scene = createRearView(undefined, car).scene(frame, createPlantState(0, -1.75, 0), [behind]);
  expect(scene.boxes).toHaveLength(1);
  expect(scene.boxes[0]?.x).toBeCloseTo(-8 + car.wheelbase - car.frontToGravity, 3);
  expect(scene.boxes[0]?.y).toBeCloseTo(0, 3);
  expect(scene.clearance).toBeCloseTo(8 - 5.9 / 2 - (car.wheelbase - car.frontToGravity) - car.rearOverhang, 3);
});
