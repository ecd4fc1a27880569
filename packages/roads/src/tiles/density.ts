import type { Bounds, City, LatLon } from "../city.ts";
import { toDegrees } from "../geometry.ts";

export interface DensityImage {
  readonly width: number;
  readonly height: number;
  /** How much road there is, 0 to 255, row by row from the north-west. It says "few roads", never "water". */
  readonly alpha: Uint8Array;
  /** North-west, north-east, south-east, south-west; the picture is in web mercator between them. */
  readonly corners: Corners;
}

type Corners = readonly [LatLon, LatLon, LatLon, LatLon];

const longSide = 2_048;
const lineWidth = 2.4;

/** Room around the roads for the blur to fade out, as a share of the longer side. */
const margin = 0.04;

/** Radii in pixels of the running means: streets melt together, then districts; several make the edges soft. */
const blurs = [7, 14, 22] as const;

/** Share of the brightest level at which the land counts as full; above it all is one tone. */
const fullAt = 0.42;

function mercatorY(lat: number): number {
  return Math.asinh(Math.tan((lat * Math.PI) / 180));
}

function latitudeOf(y: number): number {
  return (Math.atan(Math.sinh(y)) * 180) / Math.PI;
}

/** Draws a line as its distance field: 1 on it, fading to 0 over one pixel at its edge. */
function drawLine(
  field: Float32Array,
  width: number,
  height: number,
  x1: number,
  y1: number,
  x2: number,
  y2: number,
): void {
  const half = lineWidth / 2;
  const reach = half + 0.5;
  const dx = x2 - x1;
  const dy = y2 - y1;
  const square = dx * dx + dy * dy;
  const left = Math.max(0, Math.floor(Math.min(x1, x2) - reach));
  const right = Math.min(width - 1, Math.ceil(Math.max(x1, x2) + reach));
  const top = Math.max(0, Math.floor(Math.min(y1, y2) - reach));
  const bottom = Math.min(height - 1, Math.ceil(Math.max(y1, y2) + reach));
  for (let y = top; y <= bottom; y++) {
    for (let x = left; x <= right; x++) {
      const t = square === 0 ? 0 : Math.min(1, Math.max(0, ((x - x1) * dx + (y - y1) * dy) / square));
      const distance = Math.hypot(x - x1 - t * dx, y - y1 - t * dy);
      const cover = Math.min(1, reach - distance);
      const at = y * width + x;
      if (cover > field[at]) field[at] = cover;
    }
  }
}

/** A running mean over `2 * radius + 1` values of each row, written with rows and columns exchanged; twice is a blur of the picture. */
function blurRows(from: Float32Array, to: Float32Array, width: number, height: number, radius: number): void {
  const span = 2 * radius + 1;
  for (let y = 0; y < height; y++) {
    const row = y * width;
    let sum = 0;
    for (let x = 0; x < Math.min(radius, width); x++) sum += from[row + x];
    for (let x = 0; x < width; x++) {
      if (x + radius < width) sum += from[row + x + radius];
      if (x - radius - 1 >= 0) sum -= from[row + x - radius - 1];
      to[x * height + y] = sum / span;
    }
  }
}

/** The picture around the roads: its upper left corner in web mercator radians, pixels for a radian, and its size in pixels. */
function frameOf([west, south, east, north]: Bounds) {
  const radians = Math.PI / 180;
  const low = mercatorY(south);
  const high = mercatorY(north);
  const spare = Math.max((east - west) * radians, high - low) * margin || 1e-6;
  const spanX = (east - west) * radians + 2 * spare;
  const spanY = high - low + 2 * spare;
  const scale = longSide / Math.max(spanX, spanY);
  return {
    left: west * radians - spare,
    top: high + spare,
    scale,
    width: Math.max(1, Math.round(spanX * scale)),
    height: Math.max(1, Math.round(spanY * scale)),
  };
}

/** Where the picture of `drawDensity` will lie: north-west, north-east, south-east, south-west. */
export function densityCorners(bounds: Bounds): Corners {
  const { left, top, scale, width, height } = frameOf(bounds);
  const corner = (x: number, y: number): LatLon => ({ lat: latitudeOf(y), lon: (x * 180) / Math.PI });
  const right = left + width / scale;
  const bottom = top - height / scale;
  return [corner(left, top), corner(right, top), corner(right, bottom), corner(left, bottom)];
}

/** The tone of the land of a city that has only roads: the roads themselves, drawn 2.4 pixels wide and blurred. */
export function drawDensity(city: Pick<City, "bounds" | "graph">): DensityImage {
  const { graph } = city;
  const { left, top, scale, width, height } = frameOf(city.bounds);
  const radians = Math.PI / 180;

  const field = new Float32Array(width * height);
  const px = (i: number) => (toDegrees(graph.pointX[i]) * radians - left) * scale - 0.5;
  const py = (i: number) => (top - mercatorY(toDegrees(graph.pointY[i]))) * scale - 0.5;
  for (let road = 0; road < graph.roadCount; road++) {
    const last = graph.roadPoint[road + 1] - 1;
    let x = px(graph.roadPoint[road]);
    let y = py(graph.roadPoint[road]);
    for (let i = graph.roadPoint[road] + 1; i <= last; i++) {
      const nextX = px(i);
      const nextY = py(i);
      drawLine(field, width, height, x, y, nextX, nextY);
      x = nextX;
      y = nextY;
    }
  }
  const other = new Float32Array(width * height);
  for (const radius of blurs) {
    blurRows(field, other, width, height, radius);
    blurRows(other, field, height, width, radius);
  }
  const alpha = new Uint8Array(width * height);
  for (let i = 0; i < alpha.length; i++) alpha[i] = Math.round(255 * Math.min(1, field[i] / fullAt) ** 0.8);
  return {
    width,
    height,
    alpha,
    corners: densityCorners(city.bounds),
  };
}
