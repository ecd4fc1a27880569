import type { Graph } from "../city.ts";
import { bearingInUnits, distanceInUnits, wrapAngle } from "../geometry.ts";
import { apart } from "./arms.ts";
import type { Arm } from "./arms.ts";
import { areOneStreet } from "./names.ts";
import { isSameKind } from "./road-kind.ts";

/** Carriageways of one street leave a junction within so many degrees of each other. */
const widestSplit = 60;

/** Metres from the junction at which they must have become parallel, and metres that may lie between them there beside their lanes. */
const parallelAfter = 40;
const widestMiddle = 10;
const laneWidth = 3.25;

/** Radians that parallel roads may differ. */
const parallel = (25 * Math.PI) / 180;

interface Place {
  readonly x: number;
  readonly y: number;
  /** Radians clockwise from north, away from the junction. */
  readonly bearing: number;
}

/** The point of an arm some metres from the junction, or its end. */
function placeOn(graph: Graph, arm: Arm): Place {
  const { pointX, pointY } = graph;
  const first = graph.roadPoint[arm.road];
  const last = graph.roadPoint[arm.road + 1] - 1;
  const isForward = graph.roadForward[arm.road] === arm.edge;
  const startsHere = isForward === arm.leaves;
  const step = startsHere ? 1 : -1;
  const end = startsHere ? last : first;
  let at = startsHere ? first : last;
  let metres = 0;
  for (;;) {
    const next = at + step;
    metres += distanceInUnits(pointX[at], pointY[at], pointX[next], pointY[next]);
    if (metres >= parallelAfter || next === end) {
      const bearing = bearingInUnits(pointX[at], pointY[at], pointX[next], pointY[next]);
      const over = Math.max(0, metres - parallelAfter);
      const span = distanceInUnits(pointX[at], pointY[at], pointX[next], pointY[next]);
      const share = span === 0 ? 1 : 1 - over / span;
      return {
        x: pointX[at] + share * (pointX[next] - pointX[at]),
        y: pointY[at] + share * (pointY[next] - pointY[at]),
        bearing,
      };
    }
    at = next;
  }
}

/** Whether two arms are the two directions of one street, each on a carriageway of its own. */
function areCarriageways(graph: Graph, a: Arm, b: Arm): boolean {
  const areOpposite = a.leaves !== b.leaves && a.comes !== b.comes;
  if (!areOpposite || apart(a.angle, b.angle) >= widestSplit || !isSameKind(a.kind, b.kind)) return false;
  if (!areOneStreet(graph, a.way, b.way)) return false;
  const one = placeOn(graph, a);
  const other = placeOn(graph, b);
  const gap = distanceInUnits(one.x, one.y, other.x, other.y);
  const widest = widestMiddle + laneWidth * (Math.max(1, a.lanes) + Math.max(1, b.lanes));
  return gap <= widest && Math.abs(wrapAngle(one.bearing - other.bearing)) <= parallel;
}

/** The arms of a junction with the carriageways of one street as one arm between them. */
export function withCarriagewaysJoined(graph: Graph, arms: readonly Arm[]): readonly Arm[] {
  if (arms.length < 3) return arms;
  let joined = arms;
  for (let i = 0; i < joined.length && joined.length > 2; i++) {
    const next = (i + 1) % joined.length;
    const [a, b] = [joined[i], joined[next]];
    if (!areCarriageways(graph, a, b)) continue;
    joined = i === 0 || next === 0 ? joinedWithOwn(joined, next === 0 ? i : next) : joinedPair(joined, i);
  }
  return joined;
}

const around = (angle: number) => ((angle % 360) + 360) % 360;

function joinedPair(arms: readonly Arm[], index: number): readonly Arm[] {
  const [a, b] = [arms[index], arms[index + 1]];
  const out = a.leaves ? a : b;
  const angle = (a.angle + b.angle) / 2;
  const one: Arm = { ...out, angle, off: apart(angle, 180), comes: true };
  return [...arms.slice(0, index), one, ...arms.slice(index + 2)];
}

/** One comes on one carriageway: into the other would be turning round, and all else is seen from the middle of the street. */
function joinedWithOwn(arms: readonly Arm[], twin: number): readonly Arm[] {
  const [own] = arms;
  const other = arms[twin];
  const half = (other.angle > 180 ? other.angle - 360 : other.angle) / 2;
  const rest = arms.filter((_, i) => i > 0 && i !== twin);
  const from: Arm = { ...own, edge: other.edge, canEnter: other.canEnter, leaves: true };
  return [from, ...rest.map((arm) => turned(arm, half))];
}

function turned(arm: Arm, by: number): Arm {
  const angle = around(arm.angle - by);
  return { ...arm, angle, off: apart(angle, 180) };
}
