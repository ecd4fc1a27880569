import type { CarParameters, PlantState } from "@caravan/motion";
import type { NearRoad } from "@caravan/roads/places";
import type { Frame, LatLon } from "./frame.ts";
import { headingRadians, toLat, toLon, toX, toY } from "./frame.ts";
import { hash } from "./random.ts";
import type { RearScene, SceneBox } from "./rear-scene.ts";
import type { NearVehicle } from "./traffic/shapes.ts";

/** A road nearby in the local frame; x, y, x, y, ... */
interface LocalRoad {
  readonly points: Float64Array;
  readonly half: number;
  readonly isTwoWay: boolean;
  readonly lanes: number;
}

interface LocalBox {
  readonly x: number;
  readonly y: number;
  readonly heading: number;
}

const reach = 40; // m around the car that is drawn
const fetchAgain = 15; // m driven until roads are asked for anew
const farthestEcho = 6; // m
const slot = 6.6; // m of kerb for one parked car
const mostBoxes = 40;
const parked = { length: 4.5, width: 1.8, height: 1.5 };
const residential = new Set(["residential", "living_street", "unclassified", "tertiary"]);

/** The simulated scene behind the car: real roads of the map, and parked cars that are invented but always the same at the same kerb. */
export function createRearView(
  roadsNear: ((at: LatLon, radius: number) => readonly NearRoad[]) | undefined,
  car: CarParameters,
) {
  let roads: readonly LocalRoad[] = [];
  let boxes: readonly LocalBox[] = [];
  let fetched: { readonly frame: Frame; readonly x: number; readonly y: number } | undefined;

  function fetch(frame: Frame, x: number, y: number): void {
    if (roadsNear === undefined) return;
    if (fetched?.frame === frame && Math.hypot(x - fetched.x, y - fetched.y) < fetchAgain) return;
    fetched = { frame, x, y };
    const near = roadsNear({ lat: toLat(frame, y), lon: toLon(frame, x) }, reach + fetchAgain).filter(
      (road) => road.layer === 0 && !road.tunnel,
    );
    roads = near.map((road) => toLocal(frame, road));
    boxes = near
      .flatMap((road, i) => {
        const local = roads[i];
        return local !== undefined && residential.has(road.class) && road.width >= 5
          ? parkedAlong(road, local, x, y)
          : [];
      })
      .slice(0, mostBoxes);
  }

  return {
    /** `others`: vehicles on the road around. */
    scene(frame: Frame, plant: PlantState, others: readonly NearVehicle[] = []): RearScene {
      fetch(frame, plant.x, plant.y);
      const cos = Math.cos(plant.yaw);
      const sin = Math.sin(plant.yaw);
      const rear = car.wheelbase - car.frontToGravity;
      const toCar = (x: number, y: number): readonly [number, number] => {
        const dx = x - plant.x;
        const dy = y - plant.y;
        return [dx * cos + dy * sin + rear, dy * cos - dx * sin];
      };
      const surfaces = roads.flatMap((road) => surfacesOf(road, toCar));
      const seen: SceneBox[] = [];
      for (const box of boxes) {
        const [x, y] = toCar(box.x, box.y);
        if (Math.hypot(x, y) < reach) seen.push({ kind: "car", x, y, heading: box.heading - plant.yaw, ...parked });
      }
      for (const { lat, lon, heading, length, width, height } of others) {
        const [x, y] = toCar(toX(frame, lon), toY(frame, lat));
        if (Math.hypot(x, y) >= reach || seen.length >= 2 * mostBoxes) continue;
        seen.push({ kind: "car", x, y, heading: headingRadians(heading) - plant.yaw, length, width, height });
      }
      const clearance = echo(seen, car);
      return {
        surfaces,
        boxes: seen,
        steering: plant.steering,
        wheelbase: car.wheelbase,
        width: car.width,
        ...(clearance !== undefined && { clearance }),
      };
    },
  };
}

function toLocal(frame: Frame, road: NearRoad): LocalRoad {
  const points = new Float64Array(road.points.length);
  for (let i = 0; i < points.length; i += 2) {
    points[i] = toX(frame, road.points[i] ?? 0);
    points[i + 1] = toY(frame, road.points[i + 1] ?? 0);
  }
  return { points, half: road.width / 2, isTwoWay: !road.oneWay, lanes: road.lanes };
}

/** Cars in a strip beside the kerb, so that nobody's lane is narrower for them; none near the ends of a road, where it meets others. */
function parkedAlong(road: NearRoad, local: LocalRoad, nearX: number, nearY: number): LocalBox[] {
  const found: LocalBox[] = [];
  const { points } = local;
  let total = 0;
  for (let i = 2; i < points.length; i += 2) total += segment(points, i).length;
  let before = 0;
  for (let i = 2; i < points.length; i += 2) {
    const { ax, ay, dx, dy, length } = segment(points, i);
    // Named by the road's own coordinates, so that the same kerb has the same cars whatever the frame.
    const name = Math.round((road.points[i - 2] ?? 0) * 1e6) ^ Math.round((road.points[i - 1] ?? 0) * 1e6);
    for (let k = 0; (k + 1) * slot < length; k++) {
      const at = (k + 0.5) * slot;
      if (before + at < 12 || total - before - at < 12) continue;
      for (const side of [-1, 1]) {
        if (hash(name, k, side) > 0.55) continue;
        const aside = side * (local.half + 0.25 + parked.width / 2);
        const x = ax + (dx * at - dy * aside) / length;
        const y = ay + (dy * at + dx * aside) / length;
        if (Math.hypot(x - nearX, y - nearY) > reach) continue;
        found.push({ x, y, heading: Math.atan2(dy, dx) + 0.04 * (hash(name, k, side + 7) - 0.5) });
      }
    }
    before += length;
  }
  return found;
}

function segment(points: Float64Array, i: number) {
  const ax = points[i - 2] ?? 0;
  const ay = points[i - 1] ?? 0;
  const dx = (points[i] ?? ax) - ax;
  const dy = (points[i + 1] ?? ay) - ay;
  return { ax, ay, dx, dy, length: Math.max(Math.hypot(dx, dy), 1e-6) };
}

type ToCar = (x: number, y: number) => readonly [number, number];

function surfacesOf(road: LocalRoad, toCar: ToCar): RearScene["surfaces"][number][] {
  const found: RearScene["surfaces"][number][] = [];
  for (const line of nearParts(road.points, toCar)) {
    const left = beside(line, road.half);
    const right = beside(line, -road.half);
    found.push(
      { kind: "road", points: [...left, ...backwards(right)] },
      { kind: "kerb", points: left },
      { kind: "kerb", points: right },
    );
    if (road.isTwoWay && road.half > 2.4) found.push({ kind: "marking", points: line });
  }
  return found;
}

/** The stretches of a line within reach of the car, in the car's frame. */
function nearParts(points: Float64Array, toCar: ToCar): number[][] {
  const parts: number[][] = [];
  let part: number[] = [];
  for (let i = 2; i < points.length; i += 2) {
    const { ax, ay, dx, dy, length } = segment(points, i);
    const steps = Math.max(1, Math.ceil(length / 10));
    for (let k = i === 2 ? 0 : 1; k <= steps; k++) {
      const [x, y] = toCar(ax + (dx * k) / steps, ay + (dy * k) / steps);
      if (Math.hypot(x, y) <= reach) part.push(x, y);
      else {
        if (part.length >= 4) parts.push(part);
        part = [];
      }
    }
  }
  if (part.length >= 4) parts.push(part);
  return parts;
}

/** The same line, `aside` metres to its left. */
function beside(line: readonly number[], aside: number): number[] {
  const out: number[] = [];
  const count = line.length / 2;
  for (let i = 0; i < count; i++) {
    const a = Math.max(0, i - 1);
    const b = Math.min(count - 1, i + 1);
    const dx = (line[2 * b] ?? 0) - (line[2 * a] ?? 0);
    const dy = (line[2 * b + 1] ?? 0) - (line[2 * a + 1] ?? 0);
    const length = Math.max(Math.hypot(dx, dy), 1e-6);
    out.push((line[2 * i] ?? 0) - (dy * aside) / length, (line[2 * i + 1] ?? 0) + (dx * aside) / length);
  }
  return out;
}

function backwards(line: readonly number[]): number[] {
  const out: number[] = [];
  for (let i = line.length - 2; i >= 0; i -= 2) out.push(line[i] ?? 0, line[i + 1] ?? 0);
  return out;
}

/** Metres from the rear bumper straight back to the nearest box, by five rays over the car's width. */
function echo(boxes: readonly SceneBox[], car: CarParameters): number | undefined {
  let nearest = farthestEcho;
  for (let k = 0; k < 5; k++) {
    const y = car.width * (k / 4 - 0.5);
    for (const box of boxes) nearest = Math.min(nearest, hitBackward(-car.rearOverhang, y, box));
  }
  return nearest < farthestEcho ? nearest : undefined;
}

/** Distance from (x, y) along -x to an oriented box (slab test in the box's own frame); Infinity where the ray misses. */
function hitBackward(x: number, y: number, box: SceneBox): number {
  const cos = Math.cos(box.heading);
  const sin = Math.sin(box.heading);
  const px = (x - box.x) * cos + (y - box.y) * sin;
  const py = (y - box.y) * cos - (x - box.x) * sin;
  let near = 0;
  let far = Infinity;
  for (const [at, along, half] of [
    [px, -cos, box.length / 2],
    [py, sin, box.width / 2],
  ] as const) {
    if (Math.abs(along) < 1e-9) {
      if (Math.abs(at) > half) return Infinity;
      continue;
    }
    const a = (-half - at) / along;
    const b = (half - at) / along;
    near = Math.max(near, Math.min(a, b));
    far = Math.min(far, Math.max(a, b));
  }
  return near <= far ? near : Infinity;
}
