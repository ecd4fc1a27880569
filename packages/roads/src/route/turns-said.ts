import { apart } from "./arms.ts";
import type { Arm } from "./arms.ts";
import { isObviousOfTwo, needsWord, obviousArm, saidOfObvious } from "./obvious.ts";
import { isForkable, isObviousByKind, isSameKind } from "./road-kind.ts";
import { directionOf, fuzzy, grouped, narrow, perfect } from "./view.ts";
import type { Said, View } from "./view.ts";

/** What is said of each arm, by its index; undefined where nothing was decided. */
type Words = (Said | undefined)[];

interface Fork {
  readonly right: number;
  readonly left: number;
}

/** Whether of two neighbours the first is the outermost that may belong to a fork. */
function isOutermost(arm: Arm, next: Arm): boolean {
  return next.off > narrow && (apart(arm.angle, next.angle) > narrow || arm.off > grouped);
}

/** Two or three roads ahead that lie close together, alike, with nothing else near them. */
function findFork(view: View): Fork | undefined {
  const { arms, size } = view;
  if (size < 3) return undefined;
  const straightest = view.straightest(() => true);
  if (arms[straightest].off > narrow) return undefined;
  let left = straightest;
  while (left + 1 < size && !isOutermost(arms[left], arms[left + 1])) left++;
  let right = straightest;
  while (right > 1 && !isOutermost(arms[right], arms[right - 1])) right--;
  if (left === right || left - right >= 3) return undefined;
  const choices = arms.slice(right, left + 1);
  const isSeparated =
    apart(arms[left].angle, arms[(left + 1) % size].angle) >= grouped &&
    apart(arms[right].angle, arms[right - 1].angle) >= grouped;
  const pairs = choices.flatMap((one, i) => choices.slice(i + 1, i + 2).map((other) => [one, other] as const));
  const hasObvious = pairs.some(([one, other]) => isObviousOfTwo(view, one, other) || isObviousOfTwo(view, other, one));
  const areAlike =
    choices.every((arm) => arm.kind.isLink === arms[right].kind.isLink) &&
    choices.every((one) =>
      choices.every((other) => one === other || !isObviousByKind(view.from.kind, one.kind, other.kind)),
    );
  const areOpen = choices.every((arm) => arm.canEnter && view.keepsMode(arm));
  return isSeparated && !hasObvious && areAlike && areOpen ? { right, left } : undefined;
}

/** Left and right at a fork; a minor road beside a proper one is no fork. */
function sayFork(view: View, words: Words, left: number, right: number): void {
  const sides = [
    { own: view.arms[left], other: view.arms[right], modifier: "slight left" as const, index: left },
    { own: view.arms[right], other: view.arms[left], modifier: "slight right" as const, index: right },
  ];
  for (const { own, other, modifier, index } of sides) {
    if (other.kind.isMinor && !own.kind.isMinor) {
      words[index] = { kind: view.keepsMode(own) ? "suppressed" : "notification", modifier };
    } else words[index] = { kind: own.kind.isMinor && !other.kind.isMinor ? "turn" : "fork", modifier };
  }
  for (const { own, other, modifier, index } of sides) {
    const isStraight = own.off < perfect && other.off > fuzzy;
    if (!isStraight || needsWord(view, own)) continue;
    words[index] = { kind: "suppressed", modifier: "straight" };
    const aside = index === left ? right : left;
    words[aside] = view.plain(other, modifier === "slight left" ? "slight right" : "slight left");
  }
}

/** Two arms that would be called the same: the words are spread out so that they differ. */
function sayConflict(view: View, words: Words, left: number, right: number): void {
  const one = view.arms[left];
  const other = view.arms[right];
  if (!one.canEnter || !other.canEnter || one.angle === other.angle) {
    if (one.canEnter) words[left] = view.plain(one);
    if (other.canEnter) words[right] = view.plain(other);
    return;
  }
  const direction = directionOf(one.angle);
  if (direction === "straight" || direction === "slight left" || directionOf(other.angle) === "slight right") {
    if (isForkable(one.kind, other.kind)) sayFork(view, words, left, right);
    else if (one.kind.priority > other.kind.priority) {
      words[right] = saidOfObvious(view, other, false, 4);
      words[left] = view.plain(one, "slight left");
    } else {
      words[left] = saidOfObvious(view, one, false, 4);
      words[right] = view.plain(other, "slight right");
    }
    return;
  }
  if (direction === "right" || direction === "sharp right") {
    const keepsLeft =
      apart(one.angle, 90) < perfect ||
      direction === "sharp right" ||
      (apart(other.angle, 90) >= perfect && apart(one.angle, 85) < apart(other.angle, 85));
    words[left] = view.plain(one, keepsLeft ? "right" : "slight right");
    words[right] = view.plain(other, keepsLeft ? "sharp right" : "right");
    return;
  }
  const keepsRight =
    apart(other.angle, 270) < perfect ||
    direction === "sharp left" ||
    (apart(one.angle, 270) >= perfect && apart(other.angle, 275) < apart(one.angle, 275));
  words[right] = view.plain(other, keepsRight ? "left" : "slight left");
  words[left] = view.plain(one, keepsRight ? "sharp left" : "left");
}

/** Plain words for the arms from `first` (inclusive) to `end` (exclusive), two that would be called the same told apart. */
function saySide(view: View, words: Words, first: number, end: number): void {
  const { arms } = view;
  const open: number[] = [];
  for (let i = first; i < end; i++) if (arms[i].canEnter) open.push(i);
  for (const i of open) words[i] = view.plain(arms[i]);
  const count = end - first;
  if (count === 2 && open.length === 2) {
    const [right, left] = open;
    if (directionOf(arms[right].angle) === directionOf(arms[left].angle)) sayConflict(view, words, left, right);
    return;
  }
  if (count !== 3 || open.length < 2) return;
  const same = (a: number, b: number) => directionOf(arms[a].angle) === directionOf(arms[b].angle);
  if (open.length === 2) {
    const [right, left] = open;
    if (same(right, left)) sayConflict(view, words, left, right);
    return;
  }
  const [a, b, c] = open;
  if (!same(a, b) && !same(b, c)) return;
  const isWide = apart(arms[a].angle, arms[b].angle) >= narrow && apart(arms[b].angle, arms[c].angle) >= narrow;
  const isRight = arms[b].angle < 180;
  if (isWide) {
    const spread = isRight
      ? (["sharp right", "right", "slight right"] as const)
      : (["slight left", "left", "sharp left"] as const);
    for (const [i, modifier] of spread.entries()) words[open[i]] = view.plain(arms[open[i]], modifier);
  } else if (same(a, b) && !same(b, c) && apart(arms[b].angle, arms[c].angle) >= grouped) {
    sayConflict(view, words, b, a);
  } else if (same(b, c) && !same(a, b) && apart(arms[a].angle, arms[b].angle) >= grouped) {
    sayConflict(view, words, c, b);
  }
}

function sayThree(view: View, words: Words, obvious: number): void {
  const { arms } = view;
  const fork = findFork(view);
  const allLinks = arms.every((arm) => arm.kind.isLink);
  if (fork !== undefined && (allLinks || obvious === 0)) {
    sayFork(view, words, fork.left, fork.right);
    return;
  }
  const isEnd =
    apart(arms[1].angle, 90) < narrow &&
    apart(arms[2].angle, 270) < narrow &&
    apart(arms[1].angle, arms[2].angle) > 2 * narrow;
  if (isEnd && obvious === 0) {
    for (const [index, modifier] of [
      [1, "right"],
      [2, "left"],
    ] as const) {
      const basic = view.basicKind(arms[index]);
      const kind = basic === "on ramp" || basic === "off ramp" ? basic : "end of road";
      if (arms[index].canEnter) words[index] = { kind, modifier };
    }
    return;
  }
  words[1] = view.plain(arms[1]);
  words[2] = view.plain(arms[2]);
  if (obvious === 0) return;
  words[obvious] = saidOfObvious(view, arms[obvious], view.isThroughStreet(obvious));
  const bothStraight = directionOf(arms[1].angle) === "straight" && directionOf(arms[2].angle) === "straight";
  if (!bothStraight) return;
  if (obvious === 1) words[2] = view.plain(arms[2], "slight left");
  else words[1] = view.plain(arms[1], "slight right");
}

function sayMany(view: View, words: Words, obvious: number): void {
  const { arms, size } = view;
  const fork = findFork(view);
  const straightest = view.straightest(() => true);
  const { off, angle, canEnter } = arms[straightest];
  let right: number;
  let left: number;
  if (obvious !== 0) {
    words[obvious] = saidOfObvious(view, arms[obvious], view.isThroughStreet(obvious));
    [right, left] = [obvious, obvious + 1];
  } else if (fork !== undefined) {
    const [one, other] = [arms[fork.left], arms[fork.right]];
    if (fork.left - fork.right === 2) {
      words[fork.left] = { kind: "fork", modifier: "slight left" };
      words[fork.left - 1] = { kind: "fork", modifier: "straight" };
      words[fork.right] = { kind: "fork", modifier: "slight right" };
    } else if (isForkable(one.kind, other.kind)) sayFork(view, words, fork.left, fork.right);
    else if (one.kind.priority > other.kind.priority) {
      words[fork.right] = saidOfObvious(view, other, false);
      words[fork.left] = view.plain(one, "slight left");
    } else {
      words[fork.left] = saidOfObvious(view, one, false);
      words[fork.right] = view.plain(other, "slight right");
    }
    [right, left] = [fork.right, fork.left + 1];
  } else if (off < fuzzy && !canEnter) [right, left] = [straightest, straightest + 1];
  else if (angle > 180) [right, left] = [straightest, straightest];
  else if (angle < 180) [right, left] = [straightest + 1, straightest + 1];
  else {
    for (let i = 1; i < size; i++) words[i] = view.plain(arms[i]);
    return;
  }
  saySide(view, words, 1, right);
  saySide(view, words, left, size);
}

/** What is said of taking an arm (by its index) of an ordinary junction. */
export function turnSaid(view: View, taken: number): Said {
  const arm = view.arms[taken];
  if (taken === 0) {
    const kind = view.basicKind(arm);
    return { kind: kind === "continue" ? "continue" : "turn", modifier: "uturn" };
  }
  if (view.size === 2) return saidOfObvious(view, arm, false);
  const words: Words = [];
  const obvious = obviousArm(view);
  if (view.size === 3) sayThree(view, words, obvious);
  else sayMany(view, words, obvious);
  return words[taken] ?? view.plain(arm);
}

/** What is said of taking an arm where a motorway or one of its ramps is met; undefined where no such rule fits. */
export function motorwaySaid(view: View, taken: number): Said | undefined {
  const { kind } = view.from;
  // Most roads are neither, and done with here.
  return (kind.isMotorway || kind.isRamp) && isOfMotorways(view) ? saidOnMotorway(view, taken) : undefined;
}

function isRampLike({ from }: View, arm: Arm): boolean {
  return arm.kind.isRamp || (from.kind.isMotorway && arm.kind.isLink);
}

/** Nothing but motorways and their ramps meets here, and all of it leads ahead. */
function isOfMotorways(view: View): boolean {
  const { from } = view;
  let leadsOn = from.kind.isMotorway;
  for (const arm of view.arms) {
    if (arm.canEnter && arm.off > grouped) return false;
    if (!arm.kind.isMotorway && !isRampLike(view, arm)) return false;
    leadsOn ||= arm.canEnter && arm.kind.isMotorway;
  }
  return leadsOn;
}

function onwardSaid(view: View, taken: number): Said {
  return saidOfObvious(view, view.arms[taken], view.isThroughStreet(taken));
}

function forkSaid(view: View, taken: number, left: number, right: number): Said | undefined {
  const words: Words = [];
  sayFork(view, words, left, right);
  return words[taken];
}

function saidOnMotorway(view: View, taken: number): Said | undefined {
  const { arms, from, size } = view;
  const arm = arms[taken];
  if (!from.kind.isMotorway) return rampSaid(view, taken);

  const goesOn = motorwayGoesOn(view);
  if (goesOn === 0) {
    if (size === 2) return { kind: "none", modifier: directionOf(arm.angle) };
    if (size === 3) {
      if (arms[1].canEnter && arms[2].canEnter) return forkSaid(view, taken, 2, 1);
      return { kind: "none", modifier: directionOf(arm.angle) };
    }
    if (size === 4 && isSameKind(arms[1].kind, arms[2].kind) && isSameKind(arms[2].kind, arms[3].kind)) {
      return { kind: "fork", modifier: (["straight", "slight right", "straight", "slight left"] as const)[taken] };
    }
    return fallback(view, taken);
  }
  const open = arms.flatMap((one, i) => (one.canEnter ? [i] : []));
  const fast = open.filter((i) => arms[i].kind.isMotorway);
  if (fast.length === 0) return { kind: "suppressed", modifier: directionOf(arm.angle) };
  if (fast.length === 1 || fast.length !== open.length) {
    if (size === 2 || taken === goesOn) return onwardSaid(view, taken);
    const kind = isRampLike(view, arm) ? "off ramp" : "turn";
    const isRight = arm.angle < arms[goesOn].angle;
    const isWide = isRight ? arm.angle < 145 : arm.angle > 215;
    return { kind, modifier: isRight ? (isWide ? "right" : "slight right") : isWide ? "left" : "slight left" };
  }
  if (fast.length === 2) return forkSaid(view, taken, fast[1], fast[0]);
  if (fast.length === 3) {
    return { kind: "fork", modifier: (["slight right", "straight", "slight left"] as const)[fast.indexOf(taken)] };
  }
  return fallback(view, taken);
}

/** The arm on which the motorway one drives goes on; 0 where it ends. */
function motorwayGoesOn(view: View): number {
  const { arms } = view;
  for (let i = 1; i < arms.length && !view.isFromNameless(); i++) {
    const arm = arms[i];
    if (arm.canEnter && arm.kind.isMotorway && !view.isNameless(arm) && !view.isRenamedTo(arm)) return i;
  }
  const likely = view.straightest((arm) => arm.kind.isMotorway && arm !== view.from);
  return arms[likely].off < 180 ? likely : 0;
}

function rampSaid(view: View, taken: number): Said | undefined {
  const { arms, size } = view;
  const arm = arms[taken];
  const open = view.enterable();
  if (size === 2 && open === 1) return onwardSaid(view, taken);
  if (size === 3) {
    if (open === 1) {
      const other = arms[3 - taken];
      const isMerge =
        arm.kind.isMotorway && !view.isNameless(arm) && !view.isNameless(other) && !view.isRenamedBetween(other, arm);
      if (!isMerge) return onwardSaid(view, taken);
      const side = taken === 1 ? ("slight left" as const) : ("slight right" as const);
      return { kind: "merge", modifier: arm.off < 2 * narrow ? side : directionOf(arm.angle) };
    }
    if (open > 2) return undefined;
    if (arms[1].kind.isMotorway && !arms[2].kind.isMotorway) {
      return taken === 1 ? { kind: "turn", modifier: "slight right" } : { kind: "continue", modifier: "slight left" };
    }
    return forkSaid(view, taken, 2, 1);
  }
  if (size === 4) {
    if (!arm.kind.isMotorway) return { kind: "off ramp", modifier: directionOf(arm.angle) };
    const passed = arms.slice(0, taken).some((one) => !one.canEnter && one.kind.isMotorway);
    return { kind: "merge", modifier: passed ? "slight right" : "slight left" };
  }
  return fallback(view, taken);
}

function fallback({ arms }: View, taken: number): Said {
  const { kind, off, angle } = arms[taken];
  if (kind.isMotorway) return { kind: "merge", modifier: angle < 180 ? "slight left" : "slight right" };
  if (off < fuzzy) return { kind: "turn", modifier: "straight" };
  return { kind: "turn", modifier: angle > 180 ? "slight left" : "slight right" };
}
