import type { Bounds } from "../city.ts";
import { toDegrees } from "../geometry.ts";
import type { SceneryFeature } from "../scenery.ts";
import { clipLine } from "./clip-line.ts";
import type { Position } from "./clip-line.ts";
import type { MapData } from "./map-data.ts";

/** How far inside the map, as a share of its side, a coast may end and still count as cut off by the map's edge. */
const edgeTolerance = 0.04;

/** The sea is drawn this much beyond the roads, as a share of the map's side. */
const margin = 0.25;

/** Coastlines joined end to start, in their direction: land on the left, sea on the right (OpenStreetMap wiki, natural=coastline). */
function coastsOf(map: MapData): readonly (readonly Position[])[] {
  const ways = map.ways.filter(({ tags, points }) => tags.get("natural") === "coastline" && points.length >= 2);
  const byStart = new Map(ways.map((way) => [way.points[0], way]));
  const ends = new Set(ways.map(({ points }) => points[points.length - 1]));
  const left = new Set(ways);
  const coasts: (readonly Position[])[] = [];
  // Open coasts first, from their very beginning; what is left then are rings.
  const beginnings = ways.filter(({ points }) => !ends.has(points[0]));
  for (const first of [...beginnings, ...ways]) {
    if (!left.has(first)) continue;
    const points: number[] = [first.points[0]];
    for (let way: typeof first | undefined = first; way !== undefined && left.delete(way);) {
      points.push(...way.points.subarray(1));
      way = byStart.get(points[points.length - 1]);
    }
    coasts.push(points.map((point): Position => [toDegrees(map.pointX[point]), toDegrees(map.pointY[point])]));
  }
  return coasts;
}

function isRing(coast: readonly Position[]): boolean {
  const [first] = coast;
  const last = coast[coast.length - 1];
  return coast.length >= 4 && first[0] === last[0] && first[1] === last[1];
}

/** Twice the area, positive for rings that run against the clock. */
function signedArea(ring: readonly Position[]): number {
  let sum = 0;
  for (let i = 1; i < ring.length; i++) sum += ring[i - 1][0] * ring[i][1] - ring[i][0] * ring[i - 1][1];
  return sum;
}

/** A place on the edge of the box for a coast that ends near the edge of the map: straight out. Undefined if it ends in the middle. */
function beyondEdge([x, y]: Position, roads: Bounds, box: Bounds): Position | undefined {
  if (x < box[0] || x > box[2] || y < box[1] || y > box[3]) return [x, y];
  const width = roads[2] - roads[0];
  const height = roads[3] - roads[1];
  const sides = [
    { inside: (x - roads[0]) / width, out: [box[0], y] },
    { inside: (roads[2] - x) / width, out: [box[2], y] },
    { inside: (y - roads[1]) / height, out: [x, box[1]] },
    { inside: (roads[3] - y) / height, out: [x, box[3]] },
  ] as const satisfies readonly { inside: number; out: Position }[];
  const nearest = sides.reduce((best, side) => (side.inside < best.inside ? side : best));
  return nearest.inside > edgeTolerance ? undefined : nearest.out;
}

/** How far around the box, clockwise from its south-west corner (0 to 4), a place on its edge lies. */
function turnsAround([x, y]: Position, [west, south, east, north]: Bounds): number {
  const distances = [Math.abs(x - west), Math.abs(y - north), Math.abs(x - east), Math.abs(y - south)];
  const side = distances.indexOf(Math.min(...distances));
  if (side === 0) return (y - south) / (north - south);
  if (side === 1) return 1 + (x - west) / (east - west);
  if (side === 2) return 2 + (north - y) / (north - south);
  return 3 + (east - x) / (east - west);
}

/** Closes pieces of coast along the edge of the box; with the sea on the right its border is followed clockwise. */
function closeAlongEdge(pieces: readonly (readonly Position[])[], box: Bounds): readonly (readonly Position[])[] {
  const [west, south, east, north] = box;
  const corners: readonly Position[] = [
    [west, south],
    [west, north],
    [east, north],
    [east, south],
  ];
  const entries = pieces.map((piece) => ({ piece, at: turnsAround(piece[0], box) }));
  const left = new Set(entries);
  const rings: (readonly Position[])[] = [];
  for (const first of entries) {
    if (!left.has(first)) continue;
    const ring: Position[] = [];
    for (let entry = first; left.delete(entry);) {
      ring.push(...entry.piece);
      const exit = turnsAround(entry.piece[entry.piece.length - 1], box);
      const ahead = (at: number) => (at - exit + 4) % 4;
      const candidates = entries.filter((other) => left.has(other) || other === first);
      const next = candidates.reduce((best, other) => (ahead(other.at) < ahead(best.at) ? other : best));
      for (let corner = Math.floor(exit) + 1; corner < exit + ahead(next.at); corner++) ring.push(corners[corner % 4]);
      entry = next;
    }
    rings.push([...ring, ring[0]]);
  }
  return rings;
}

function holds(ring: readonly Position[], [x, y]: Position): boolean {
  let inside = false;
  for (let i = 1; i < ring.length; i++) {
    const [x1, y1] = ring[i - 1];
    const [x2, y2] = ring[i];
    if (y1 > y !== y2 > y && x < x1 + ((y - y1) / (y2 - y1)) * (x2 - x1)) inside = !inside;
  }
  return inside;
}

/**
 * The sea of a map by its coastlines, around its roads and a quarter beyond. Empty where there is no coast, and where a coast ends in the
 * middle of the map, since nobody can tell then what is sea.
 */
export function seaOf(map: MapData, roads: Bounds): readonly SceneryFeature[] {
  const width = roads[2] - roads[0];
  const height = roads[3] - roads[1];
  const box: Bounds = [
    roads[0] - margin * width,
    roads[1] - margin * height,
    roads[2] + margin * width,
    roads[3] + margin * height,
  ];
  const pieces: (readonly Position[])[] = [];
  const islands: (readonly Position[])[] = [];
  for (const coast of coastsOf(map)) {
    if (isRing(coast)) {
      const inside = clipLine(coast, box);
      if (inside.length === 1 && inside[0].length === coast.length) islands.push(coast);
      else pieces.push(...inside);
      continue;
    }
    const start = beyondEdge(coast[0], roads, box);
    const end = beyondEdge(coast[coast.length - 1], roads, box);
    if (start === undefined || end === undefined) return [];
    pieces.push(...clipLine([start, ...coast, end], box));
  }
  const land = islands.filter((ring) => signedArea(ring) > 0);
  let seas = closeAlongEdge(pieces, box);
  if (pieces.length === 0 && land.length > 0) {
    const [west, south, east, north] = box;
    seas = [
      [
        [west, south],
        [west, north],
        [east, north],
        [east, south],
        [west, south],
      ],
    ];
  }
  const flat = (ring: readonly Position[]) => Float64Array.from(ring.flat());
  return seas.map((sea) => ({
    layer: "water",
    shape: "polygon",
    rings: [flat(sea), ...land.filter((ring) => holds(sea, ring[0])).map(flat)],
    minZoom: 8,
    properties: { class: "ocean" },
  }));
}
