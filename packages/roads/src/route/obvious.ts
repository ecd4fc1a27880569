import { wayFlag } from "../city.ts";
import { distanceInUnits } from "../geometry.ts";
import { apart } from "./arms.ts";
import type { Arm } from "./arms.ts";
import { isLesser, isLinkTo, isObviousByKind } from "./road-kind.ts";
import { directionOf, distinct, fuzzy, grouped, narrow } from "./view.ts";
import type { Said, View } from "./view.ts";

/** A road of this priority or better is a main one. */
const mainPriority = 6;

/** Metres that a road leads on before a turn into it may be called straight. */
const leadsOn = 60;

/** Much the lesser road, by its group and lanes, or a link of the very kind of road one stays on. */
function isClearlyLesser({ from }: View, candidate: Arm, other: Arm): boolean {
  const isNarrower = other.lanes > 0 && other.lanes + 1 < from.lanes;
  return (
    (isLesser(other.kind, from.kind) && isLesser(other.kind, candidate.kind) && isNarrower) ||
    (isLinkTo(other.kind, from.kind) && isLinkTo(other.kind, candidate.kind))
  );
}

/** The arm that lies most nearly opposite to another one. */
function opposite({ arms }: View, arm: Arm): Arm {
  let best = arms[0];
  for (const one of arms) {
    if (apart(one.angle, arm.angle + 180) < apart(best.angle, arm.angle + 180)) best = one;
  }
  return best;
}

/** Whether somebody could take `other` for the way on as well as a candidate that leads more or less straight on. */
function rivalsNarrow(view: View, candidate: Arm, other: Arm): boolean {
  if (other === candidate) return false;
  if (candidate.off < narrow && !other.canEnter) return false;
  const { from } = view;
  const keepsName = !view.isRenamedTo(candidate);
  const isLaneFork =
    other.lanes > 0 &&
    candidate.lanes === other.lanes &&
    from.lanes === candidate.lanes + other.lanes &&
    apart(candidate.angle, other.angle) < grouped;
  const isDistinct = other.off > distinct * candidate.off && Math.abs(other.off - candidate.off) > fuzzy / 2;
  const isSlightlyDistinct = other.off > 0.7 * distinct * candidate.off;
  if (
    !view.has(from, "restricted") &&
    !view.has(candidate, "restricted") &&
    view.has(other, "restricted") &&
    isDistinct
  )
    return false;
  const isRound = view.has(from, "roundabout");
  if (isRound === view.has(candidate, "roundabout") && isRound !== view.has(other, "roundabout")) {
    if (candidate.off < other.off) return false;
  }
  const renamesOther = view.isRenamedTo(other);
  if ((keepsName || renamesOther) && !isLaneFork && isDistinct) return false;

  const across = opposite(view, other);
  const isCrossing = view.size >= 4;
  const goesAcross = !view.isRenamedBetween(across, other);
  const acrossAngle = apart(other.angle, across.angle);
  if (isCrossing && (goesAcross || acrossAngle > 180 - narrow) && isDistinct) return false;
  if (keepsName && renamesOther) {
    if (isCrossing && isSlightlyDistinct && goesAcross && acrossAngle > 180 - fuzzy) return false;
    if (!isCrossing && isDistinct && !isLaneFork && acrossAngle > 180 - grouped) return false;
  }
  if (from.kind.priority > mainPriority && isDistinct) return false;
  if (candidate.lanes > 0 && candidate.lanes === from.lanes && candidate.off < fuzzy && isDistinct) return false;

  const isSamePriority = from.kind.priority === candidate.kind.priority;
  const differs = candidate.kind.priority < other.kind.priority || candidate.kind.priority > other.kind.priority + 4;
  if (isSamePriority && differs && keepsName && isSlightlyDistinct) return false;
  if (isClearlyLesser(view, candidate, other)) return false;
  if (isSamePriority && from.kind.group < other.kind.group && view.isRenamedBetween(candidate, other) && renamesOther)
    return false;
  return !(isSamePriority && other.kind.isLink);
}

/** The same for a candidate that is a turn; a road that may not be entered can be taken for the way on, too. */
function rivalsWide(view: View, candidate: Arm, other: Arm): boolean {
  if (other === candidate) return false;
  const isStraight = directionOf(other.angle) === "straight";
  if (!isStraight && isClearlyLesser(view, candidate, other)) return false;
  return other.off <= distinct * candidate.off;
}

function isDistinctTurn(view: View, index: number): boolean {
  const candidate = view.arms[index];
  const rivals = candidate.off < grouped ? rivalsNarrow : rivalsWide;
  return !view.arms.some((other, i) => i > 0 && rivals(view, candidate, other));
}

/** Index of the arm that a driver takes who is told nothing; 0 where none stands out. */
export function obviousArm(view: View): number {
  const { from, arms, size } = view;
  if (size <= 2) return size - 1;
  // Entering or leaving a roundabout is never obvious.
  const unlessRound = (index: number) =>
    view.has(from, "roundabout") === view.has(arms[index], "roundabout") ? index : 0;

  const goesOn = view.straightest((arm) => {
    if (!arm.canEnter || (view.isFromNameless() && !from.kind.isMinor)) return false;
    if ((view.isNameless(arm) && !arm.kind.isMinor) || view.isFromNameless() !== view.isNameless(arm)) return false;
    return !isLesser(arm.kind, from.kind) && !isLinkTo(arm.kind, from.kind) && !view.isRenamedTo(arm);
  });
  if (goesOn !== 0 && isDistinctTurn(view, goesOn)) return unlessRound(goesOn);

  const alike = view.straightest(
    (arm) => arm.canEnter && !isLesser(arm.kind, from.kind) && !isLinkTo(arm.kind, from.kind),
  );
  if (alike !== 0 && isDistinctTurn(view, alike)) return unlessRound(alike);

  const straightest = view.straightest((arm) => arm.canEnter);
  if (straightest === 0) return 0;
  const best = arms[straightest];
  const isOnlyForward = best.off <= 90 && arms.filter((arm) => arm.off <= 90).length === 1;
  if (
    straightest !== alike &&
    (best.off <= grouped || isOnlyForward) &&
    !best.kind.isMinor &&
    isDistinctTurn(view, straightest)
  )
    return unlessRound(straightest);
  if (best.kind.isMotorway && best.off <= grouped && view.enterable() === 1) return unlessRound(straightest);

  const isOneStreet = !view.isFromNameless() && arms.every((arm) => !view.isNameless(arm) && hasSameNames(view, arm));
  const isEndOfRoad = size === 3 && apart(arms[1].angle, 90) <= narrow && apart(arms[2].angle, 270) <= narrow;
  return size === 3 && isOneStreet && view.enterable() === 1 && !isEndOfRoad ? unlessRound(straightest) : 0;
}

function hasSameNames({ graph, from }: View, arm: Arm): boolean {
  return graph.wayName[from.way] === graph.wayName[arm.way] && graph.wayRef[from.way] === graph.wayRef[arm.way];
}

/** What is said of an arm that is obvious: most often nothing, unless it is called otherwise, carries otherwise or is a ramp. */
export function saidOfObvious(view: View, arm: Arm, isThrough: boolean, roads = view.size): Said {
  const modifier = directionOf(arm.angle);
  const basic = view.basicKind(arm);
  if (basic === "on ramp" || basic === "off ramp") return { kind: basic, modifier };
  if (apart(arm.angle, 0) < 0.01) return { kind: "continue", modifier: "uturn" };
  const isNotified = !view.keepsMode(arm);
  if (basic === "turn" && view.isRenamedTo(arm)) {
    if (!isThrough) return { kind: isNotified ? "notification" : "new name", modifier };
    if (arm.kind.isMotorway) return { kind: "merge", modifier: arm.angle > 180 ? "slight right" : "slight left" };
    if (view.from.kind.isRamp && arm.kind.isRamp) return { kind: isNotified ? "notification" : "suppressed", modifier };
    const isStraight = arm.off < narrow && crowDistance(view, arm) > leadsOn;
    return { kind: "turn", modifier: isStraight ? "straight" : modifier };
  }
  if (isNotified) return { kind: "notification", modifier };
  return { kind: roads === 2 && view.keepsFacts(arm) ? "none" : "suppressed", modifier };
}

/** Metres as the crow flies to where an arm's edge ends. */
function crowDistance({ graph }: View, arm: Arm): number {
  const first = graph.roadPoint[arm.road];
  const last = graph.roadPoint[arm.road + 1] - 1;
  return distanceInUnits(graph.pointX[first], graph.pointY[first], graph.pointX[last], graph.pointY[last]);
}

/** Whether of two arms that could be a fork the first is plainly the way on. */
export function isObviousOfTwo(view: View, arm: Arm, other: Arm): boolean {
  const { from, graph } = view;
  if (isObviousByKind(from.kind, arm.kind, other.kind)) return true;
  if (isObviousByKind(from.kind, other.kind, arm.kind)) return false;
  const isNamed = graph.wayName[from.way] !== 0;
  if (isNamed && arm.off < 1e-6 && !view.isRenamedTo(arm)) return true;
  return other.off / arm.off > 1.4 && other.off - arm.off > fuzzy;
}

/** Whether following an arm is anything to speak of: its kind, flags or names change. */
export function needsWord(view: View, arm: Arm): boolean {
  const shape = wayFlag.oneWay;
  const { graph, from } = view;
  const isOther = (graph.wayFlags[from.way] & ~shape) !== (graph.wayFlags[arm.way] & ~shape);
  return isOther || from.kind.priority !== arm.kind.priority || view.isRenamedTo(arm);
}
