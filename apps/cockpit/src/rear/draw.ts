// Hot: runs for every frame of the rear view (10/s).
import type { RearScene } from "@caravan/link";
import { dashes, ribbon } from "./ribbon.ts";
import { createLens, rearCamera, rearOverhang, reversed, type GlassPoint, type Lens } from "./projection.ts";

/** Colours of the drawing, taken from the look. */
export interface RearPalette {
  readonly sky: string;
  readonly ground: string;
  readonly road: string;
  readonly kerb: string;
  readonly marking: string;
  readonly car: string;
  readonly wall: string;
  readonly edge: string;
  readonly glass: string;
  readonly near: string;
  readonly middle: string;
  readonly far: string;
}

/** Ends of the three bands of the guide lines, metres behind the bumper. */
const bands = [0.6, 1.6, 4] as const;
const kerbHeight = 0.12;
const kerbWidth = 0.28;
const markingWidth = 0.12;
const markingDash = 3;

/** Draws what lies behind the car, with the way it would take at the present steering. */
export function drawRear(paint: CanvasRenderingContext2D, scene: RearScene, palette: RearPalette): void {
  const { width, height } = paint.canvas;
  const lens = createLens(rearCamera, width, height);
  const horizon = lens.project(-4_000, 0, 0)?.y ?? 0;
  paint.fillStyle = palette.sky;
  paint.fillRect(0, 0, width, Math.max(0, horizon));
  paint.fillStyle = palette.ground;
  paint.fillRect(0, horizon, width, height - horizon);
  for (const surface of scene.surfaces) {
    if (surface.kind === "road") fill(paint, lens.polygon(surface.points, 0), palette.road);
  }
  for (const surface of scene.surfaces) {
    if (surface.kind === "marking") drawMarking(paint, lens, surface.points, palette.marking);
    else if (surface.kind === "kerb") drawKerb(paint, lens, surface.points, palette);
  }
  drawGuides(paint, lens, scene, palette);
  const farFirst = scene.boxes.toSorted((a, b) => a.x - b.x);
  for (const box of farFirst) drawBox(paint, lens, box, palette);
}

/** Road markings: 3 m painted, 3 m not. */
function drawMarking(paint: CanvasRenderingContext2D, lens: Lens, line: readonly number[], colour: string): void {
  for (const part of dashes(line, markingDash)) fill(paint, lens.polygon(ribbon(part, markingWidth), 0), colour);
}

/** The shaded foot of the kerb, then its lit top. */
function drawKerb(paint: CanvasRenderingContext2D, lens: Lens, line: readonly number[], palette: RearPalette): void {
  for (const part of dashes(line, undefined)) {
    const stone = ribbon(part, kerbWidth);
    fill(paint, lens.polygon(stone, 0), palette.edge);
    fill(paint, lens.polygon(stone, kerbHeight), palette.kerb);
  }
}

function fill(paint: CanvasRenderingContext2D, points: readonly GlassPoint[], colour: string): void {
  if (points.length < 3) return;
  paint.fillStyle = colour;
  paint.beginPath();
  for (const point of points) paint.lineTo(point.x, point.y);
  paint.closePath();
  paint.fill();
}

/** Nearest walls last, so that a plain painter's order is enough for one box. */
function drawBox(
  paint: CanvasRenderingContext2D,
  lens: Lens,
  box: RearScene["boxes"][number],
  palette: RearPalette,
): void {
  const cos = Math.cos(box.heading);
  const sin = Math.sin(box.heading);
  const corner = (ahead: number, left: number): readonly [number, number] => [
    box.x + cos * ahead - sin * left,
    box.y + sin * ahead + cos * left,
  ];
  const l = box.length / 2;
  const w = box.width / 2;
  const foot = [corner(l, w), corner(-l, w), corner(-l, -w), corner(l, -w)] as const;
  const isCar = box.kind === "car";
  // A car's cabin starts at about two thirds of its height and is shorter than its body.
  const bodyTop = isCar ? box.height * 0.6 : box.height;
  prism(paint, lens, foot, 0.12 * (isCar ? 1 : 0), bodyTop, isCar ? palette.car : palette.wall, palette.edge);
  if (isCar) {
    const roof = [
      corner(l * 0.45, w * 0.82),
      corner(-l * 0.7, w * 0.82),
      corner(-l * 0.7, -w * 0.82),
      corner(l * 0.45, -w * 0.82),
    ] as const;
    prism(paint, lens, roof, bodyTop, box.height, palette.glass, palette.edge);
  }
}

type Foot = readonly [
  readonly [number, number],
  readonly [number, number],
  readonly [number, number],
  readonly [number, number],
];

function prism(
  paint: CanvasRenderingContext2D,
  lens: Lens,
  foot: Foot,
  bottom: number,
  top: number,
  colour: string,
  edge: string,
): void {
  const sides: { readonly depth: number; readonly points: readonly GlassPoint[] }[] = [];
  for (let i = 0; i < 4; i += 1) {
    const a = foot[i];
    const b = foot[(i + 1) % 4];
    if (a === undefined || b === undefined) continue;
    const points = [
      lens.project(a[0], a[1], bottom),
      lens.project(b[0], b[1], bottom),
      lens.project(b[0], b[1], top),
      lens.project(a[0], a[1], top),
    ].filter((point) => point !== undefined);
    if (points.length === 4) sides.push({ depth: points.reduce((sum, { depth }) => sum + depth, 0), points });
  }
  paint.strokeStyle = edge;
  paint.lineWidth = 2;
  for (const { points } of sides.toSorted((a, b) => b.depth - a.depth)) {
    fill(paint, points, colour);
    paint.stroke();
  }
  const lid = foot.map(([x, y]) => lens.project(x, y, top)).filter((point) => point !== undefined);
  if (lid.length === 4) {
    fill(paint, lid, colour);
    paint.stroke();
  }
}

function drawGuides(paint: CanvasRenderingContext2D, lens: Lens, scene: RearScene, palette: RearPalette): void {
  const half = scene.width / 2 + 0.1;
  const colours = [palette.near, palette.middle, palette.far];
  paint.lineCap = "round";
  let from = 0.05;
  bands.forEach((until, band) => {
    const colour = colours[band] ?? palette.far;
    const left: GlassPoint[] = [];
    const right: GlassPoint[] = [];
    for (let step = 0; step <= 12; step += 1) {
      const distance = from + ((until - from) * step) / 12;
      for (const [side, line] of [
        [half, left],
        [-half, right],
      ] as const) {
        const at = reversed(-rearOverhang, side, scene, distance);
        const point = lens.project(at.x, at.y, 0);
        if (point !== undefined) line.push(point);
      }
    }
    paint.globalAlpha = 0.14;
    fill(paint, [...left, ...right.toReversed()], colour);
    paint.globalAlpha = 1;
    paint.strokeStyle = colour;
    for (const line of [left, right]) stroke(paint, line, 7);
    const a = left.at(-1);
    const b = right.at(-1);
    if (a !== undefined && b !== undefined) stroke(paint, [a, b], band === 0 ? 9 : 5);
    from = until;
  });
}

function stroke(paint: CanvasRenderingContext2D, points: readonly GlassPoint[], width: number): void {
  paint.lineWidth = width;
  paint.beginPath();
  for (const point of points) paint.lineTo(point.x, point.y);
  paint.stroke();
}
