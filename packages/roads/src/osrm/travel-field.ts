import type { Graph } from "../city.ts";
import { metresPerUnitX, metresPerUnitY } from "../geometry.ts";
import { isForward } from "../graph/edge-facts.ts";
import type { Field } from "./contours.ts";

/** When each edge that can be reached is entered, and when its end is reached, in seconds. */
export interface Reached {
  readonly edges: Int32Array;
  readonly seconds: Float64Array;
  readonly entered: Float64Array;
}

/** A field of travel times over the map: where its south-western corner lies, and how far apart its figures are (1e-7 degrees). */
export interface TravelField extends Field {
  readonly x: number;
  readonly y: number;
  readonly stepX: number;
  readonly stepY: number;
}

/** Figures along the longer side of the field. */
const fineness = 160;

/** Steps around a road that belong to what can be reached along it, and m/s at which they are walked. */
const besideSteps = 2;
const walking = 1.4;

/** Metres; closer together the figures of a field need not be. */
const finestStep = 25;

/** The least travel times on and beside the roads that are reached within some seconds. */
export function travelField(graph: Graph, reached: Reached, limit: number): TravelField | undefined {
  const { pointX, pointY, roadPoint, edgeRoad } = graph;
  let [west, south, east, north] = [Infinity, Infinity, -Infinity, -Infinity];
  for (let i = 0; i < reached.edges.length; i++) {
    if (reached.entered[i] > limit) continue;
    const road = edgeRoad[reached.edges[i]];
    for (let k = roadPoint[road]; k < roadPoint[road + 1]; k++) {
      west = Math.min(west, pointX[k]);
      east = Math.max(east, pointX[k]);
      south = Math.min(south, pointY[k]);
      north = Math.max(north, pointY[k]);
    }
  }
  if (west > east) return undefined;
  const perX = metresPerUnitX((south + north) / 2);
  const perY = metresPerUnitY((south + north) / 2);
  const extent = Math.max((east - west) * perX, (north - south) * perY);
  const step = Math.max(finestStep, extent / fineness);
  const stepX = step / perX;
  const stepY = step / perY;
  const margin = besideSteps + 1;
  const columns = Math.ceil((east - west) / stepX) + 2 * margin + 1;
  const rows = Math.ceil((north - south) / stepY) + 2 * margin + 1;
  const field: TravelField = {
    x: west - margin * stepX,
    y: south - margin * stepY,
    stepX,
    stepY,
    columns,
    rows,
    values: new Float64Array(columns * rows).fill(Infinity),
  };
  for (let i = 0; i < reached.edges.length; i++) {
    spreadEdge(graph, field, step, reached.edges[i], { from: reached.entered[i], to: reached.seconds[i], limit });
  }
  return field;
}

/** Lowers the figures along an edge that is driven between two moments, as far as the limit. */
function spreadEdge(
  graph: Graph,
  field: TravelField,
  step: number,
  edge: number,
  { from, to, limit }: { readonly from: number; readonly to: number; readonly limit: number },
): void {
  const { pointX, pointY, roadPoint, roadLength } = graph;
  const road = graph.edgeRoad[edge];
  const last = roadPoint[road + 1] - 1;
  const forward = isForward(graph, edge);
  let metres = 0;
  for (let k = roadPoint[road]; k < last; k++) {
    const length = between(graph, k, k + 1);
    const parts = Math.max(1, Math.ceil(length / step));
    // The last point of a piece is the first of the next.
    const end = k + 1 === last ? parts : parts - 1;
    for (let part = 0; part <= end; part++) {
      const share = Math.min(1, (metres + (length * part) / parts) / roadLength[road]);
      const at = from + (forward ? share : 1 - share) * (to - from);
      if (at > limit || at < 0) continue;
      const x = pointX[k] + ((pointX[k + 1] - pointX[k]) * part) / parts;
      const y = pointY[k] + ((pointY[k + 1] - pointY[k]) * part) / parts;
      spread(field, step, x, y, at);
    }
    metres += length;
  }
}

function between({ pointX, pointY }: Graph, a: number, b: number): number {
  const perX = metresPerUnitX(pointY[a]);
  return Math.hypot((pointX[b] - pointX[a]) * perX, (pointY[b] - pointY[a]) * metresPerUnitY(pointY[a]));
}

/** Lowers the figures around a place to what it takes to get there, and on foot from there. */
function spread(
  { x, y, stepX, stepY, columns, rows, values }: TravelField,
  step: number,
  px: number,
  py: number,
  at: number,
) {
  const cx = (px - x) / stepX;
  const cy = (py - y) / stepY;
  const lowX = Math.max(0, Math.ceil(cx - besideSteps));
  const highX = Math.min(columns - 1, Math.floor(cx + besideSteps));
  const highY = Math.min(rows - 1, Math.floor(cy + besideSteps));
  for (let row = Math.max(0, Math.ceil(cy - besideSteps)); row <= highY; row++) {
    for (let column = lowX; column <= highX; column++) {
      const steps = Math.hypot(column - cx, row - cy);
      if (steps > besideSteps) continue;
      const cell = row * columns + column;
      values[cell] = Math.min(values[cell], at + (steps * step) / walking);
    }
  }
}
