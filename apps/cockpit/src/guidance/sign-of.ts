import type { Manoeuvre, RouteSummary } from "@caravan/link";
import { turnAlong } from "@caravan/ui";

const isRoundabout = ({ kind }: Manoeuvre): boolean =>
  kind === "roundabout" || kind === "rotary" || kind === "roundabout turn";
const leavesIt = ({ kind }: Manoeuvre): boolean => kind === "exit roundabout" || kind === "exit rotary";

/** A roundabout that has no exit of its own among the manoeuvres is not longer than this, in metres. */
const smallRound = 30;

/** What a manoeuvre's sign is drawn from; the way through a roundabout is read from the route itself. */
export function signFacts(
  route: Pick<RouteSummary, "geometry" | "manoeuvres">,
  index: number,
):
  | { readonly kind: string; readonly modifier: string; readonly side: "left" | "right"; readonly turn?: number }
  | undefined {
  const manoeuvre = route.manoeuvres[index];
  if (manoeuvre === undefined) return undefined;
  const { kind, modifier, drivingSide, along } = manoeuvre;
  const facts = { kind, modifier, side: drivingSide ?? "right" };
  if (!isRoundabout(manoeuvre)) return facts;
  const next = route.manoeuvres[index + 1];
  const out = next !== undefined && leavesIt(next) ? next.along : along + smallRound;
  const turn = turnAlong(route.geometry, along, out);
  return turn === undefined ? facts : { ...facts, turn };
}

/** The manoeuvre whose sign stands for the next one: who is in a roundabout still drives the one that was told on entering it. */
export function toldIndex(manoeuvres: readonly Manoeuvre[], next: number): number {
  const [before, manoeuvre] = [manoeuvres[next - 1], manoeuvres[next]];
  const isWithin = before !== undefined && manoeuvre !== undefined && isRoundabout(before) && leavesIt(manoeuvre);
  return isWithin ? next - 1 : next;
}

/** Two manoeuvres so close that the second must be known before the first is done, in metres. */
const soonMetres = 150;

/** The manoeuvre to hint at behind the next one; leaving a roundabout is part of entering it. */
export function thenIndex(manoeuvres: readonly Manoeuvre[], next: number): number | undefined {
  const first = manoeuvres[next];
  // Where one stops, the way on is another beginning.
  if (first === undefined || first.kind === "arrive") return undefined;
  let index = next + 1;
  while (index < manoeuvres.length) {
    const then = manoeuvres[index];
    if (then === undefined) return undefined;
    const isQuiet = leavesIt(then) || then.kind === "new name" || then.kind === "notification";
    if (!isQuiet) return then.along - first.along < soonMetres ? index : undefined;
    index += 1;
  }
  return undefined;
}

/** Lanes as a driver counts them, from the left: "2–3", "1, 4"; empty where none or all lead there. */
export function lanesToTake(lanes: readonly { readonly valid: boolean }[]): string {
  const isValid = (at: number): boolean => lanes[at]?.valid ?? false;
  const runs: string[] = [];
  for (let at = 0; at < lanes.length; at += 1) {
    if (!isValid(at)) continue;
    const from = at;
    while (isValid(at + 1)) at += 1;
    runs.push(from === at ? String(from + 1) : `${from + 1}–${at + 1}`);
  }
  return lanes.every(({ valid }) => valid) ? "" : runs.join(", ");
}
