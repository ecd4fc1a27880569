import { indexAt, valueAt } from "@caravan/motion";
import type { PlannedPath } from "./car.ts";
import { frameAt, toLat, toLon, toX, toY } from "./frame.ts";

/** Metres ahead within which two paths are looked at for agreement. */
const horizon = 90;
/** So near to each other two paths agree, in metres; and with headings so alike, in radians, the less the faster the car. */
const agreesWithin = 0.2;
const mostTurn = 0.05;
const turnTimesSpeed = 0.25;
/** Metres that the ways to the same place may differ by; more and one of them goes round a block. */
const agreesLength = 15;
/** Metres kept behind the car. */
const kept = 2;

/**
 * The new path for a car that drives along an old one: the old line as far as both agree, then the new one. A path planned afresh begins
 * with a manoeuvre towards its line, which would be felt at speed; the line the car already drives is felt by nobody. Undefined where the two
 * never agree ahead of the car (`at` metres along the old path), as when the new way begins with a turn round.
 */
export function splice(old: PlannedPath, at: number, next: PlannedPath, speed: number): PlannedPath | undefined {
  const from = frameAt(old.origin);
  const to = frameAt(next.origin);
  const x = (i: number): number => toX(to, toLon(from, old.x[i] ?? 0));
  const y = (i: number): number => toY(to, toLat(from, old.y[i] ?? 0));
  const first = indexAt(old.s, Math.max(at - kept, 0));
  const here = indexAt(old.s, at);
  const agreesHeading = Math.min(mostTurn, turnTimesSpeed / Math.max(speed, 1));
  let meeting: { readonly old: number; readonly next: number } | undefined;
  let k = 0;
  for (let i = here + 1; i < old.s.length && (old.s[i] ?? 0) < at + horizon; i++) {
    const near = nearest(next, x(i), y(i), k);
    if (near === undefined) continue;
    const turn = Math.abs(Math.sin(((old.heading[i] ?? 0) - (next.heading[near] ?? 0)) / 2)) * 2;
    if (turn > agreesHeading || Math.abs((next.s[near] ?? 0) - ((old.s[i] ?? 0) - at)) > agreesLength) continue;
    k = near;
    meeting = { old: i, next: near };
  }
  if (meeting === undefined || meeting.next >= next.s.length - 2) return undefined;
  return joined(old, first, meeting.old, next, meeting.next + 1, x, y);
}

/** The sample of a path nearest to a place, if that is near enough; looked for from `from` on. */
function nearest(path: PlannedPath, x: number, y: number, from: number): number | undefined {
  let best = agreesWithin + 0.5;
  let found: number | undefined;
  for (let i = from; i < path.s.length && (path.s[i] ?? 0) < horizon + agreesLength; i++) {
    const dx = (path.x[i] ?? 0) - x;
    const dy = (path.y[i] ?? 0) - y;
    const heading = path.heading[i] ?? 0;
    // Samples lie a metre apart: the distance beside the path counts, and half a metre along it.
    const aside = Math.abs(dy * Math.cos(heading) - dx * Math.sin(heading));
    const along = Math.abs(dx * Math.cos(heading) + dy * Math.sin(heading));
    if (aside > agreesWithin || along > 0.6 || aside + along > best) continue;
    best = aside + along;
    found = i;
  }
  return found;
}

function joined(
  old: PlannedPath,
  first: number,
  last: number,
  next: PlannedPath,
  begin: number,
  x: (i: number) => number,
  y: (i: number) => number,
): PlannedPath {
  const head = last - first + 1;
  const count = head + next.s.length - begin;
  const column = (): Float64Array => new Float64Array(count);
  const path = {
    x: column(),
    y: column(),
    s: column(),
    heading: column(),
    curvature: column(),
    limit: column(),
    along: column(),
  };
  const seam = old.s[last] ?? 0;
  const bridge = Math.hypot((next.x[begin] ?? 0) - x(last), (next.y[begin] ?? 0) - y(last));
  const shift = seam - (old.s[first] ?? 0) + bridge - (next.s[begin] ?? 0);
  const whole = Math.round(((old.heading[last] ?? 0) - (next.heading[begin] ?? 0)) / (2 * Math.PI)) * 2 * Math.PI;
  const alongThere = (next.along[begin] ?? 0) - bridge;
  for (let n = 0; n < count; n++) {
    const i = n < head ? first + n : begin + n - head;
    const source = n < head ? old : next;
    path.x[n] = n < head ? x(i) : (next.x[i] ?? 0);
    path.y[n] = n < head ? y(i) : (next.y[i] ?? 0);
    path.s[n] = n < head ? (old.s[i] ?? 0) - (old.s[first] ?? 0) : (next.s[i] ?? 0) + shift;
    path.heading[n] = (source.heading[i] ?? 0) + (n < head ? 0 : whole);
    path.curvature[n] = source.curvature[i] ?? 0;
    path.limit[n] = source.limit[i] ?? Infinity;
    path.along[n] = n < head ? Math.max(alongThere - (seam - (old.s[i] ?? 0)), 0) : (next.along[i] ?? 0);
  }
  const grade = next.grade === undefined ? undefined : column();
  if (grade !== undefined && next.grade !== undefined) {
    for (let n = 0; n < count; n++) grade[n] = valueAt(next.s, next.grade, (path.s[n] ?? 0) - shift);
  }
  return {
    ...path,
    ...(grade !== undefined && { grade }),
    stops: [
      ...old.stops
        .filter(({ s }) => s > (old.s[first] ?? 0) + 2 * kept && s <= seam)
        .map((stop) => ({ ...stop, s: stop.s - (old.s[first] ?? 0) })),
      ...next.stops.filter(({ s }) => s > (next.s[begin] ?? 0)).map((stop) => ({ ...stop, s: stop.s + shift })),
    ],
    origin: next.origin,
    ...(next.pieces !== undefined && { pieces: next.pieces }),
  };
}
