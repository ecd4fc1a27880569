import { apart } from "./arms.ts";
import { lanesAt } from "./lanes.ts";
import { isEndOfLeg, isManoeuvre, isRoundabout, isTurn } from "./steps.ts";
import type { Step } from "./steps.ts";
import type { StepNames } from "./step-names.ts";
import { directionOf, narrow } from "./view.ts";

/** Metres; two turns this close together are one to a driver. */
const close = 30;

/** Metres; a name that holds for less is not worth a word. */
const shortName = 105;

/** Metres between the two halves of a staggered crossing. */
const staggered = 3;

const turnOf = ({ bearingBefore, bearingAfter }: Step) => (540 - (bearingAfter - bearingBefore) + 720) % 360;

function isUndisturbed(step: Step): boolean {
  for (const { roads } of step.passed) if (roads > 2) return false;
  return true;
}

function isShort(step: Step): boolean {
  return step.distance <= close && isUndisturbed(step);
}

const hasUturn = ({ modifier }: Step) => modifier === "uturn";

function allowsUturn(a: Step, b: Step): boolean {
  if (!hasUturn(a) && !hasUturn(b)) return true;
  return (a.kind === "new name" && hasUturn(b)) || (b.kind === "new name" && hasUturn(a));
}

function mayJoin(a: Step, b: Step): boolean {
  return (
    !isRoundabout(a) && !isRoundabout(b) && !isEndOfLeg(a) && !isEndOfLeg(b) && a.mode === b.mode && allowsUturn(a, b)
  );
}

function mayJoinThree(a: Step, b: Step, c: Step): boolean {
  const badly = !allowsUturn(a, b) && !allowsUturn(b, c);
  const isRound = isRoundabout(a) || isRoundabout(b) || isRoundabout(c);
  return !isRound && a.mode === b.mode && b.mode === c.mode && !badly;
}

const isStraight = ({ modifier }: Step) => modifier === "straight";
const isStraightTurn = (step: Step) => (step.kind === "turn" || step.kind === "continue") && isStraight(step);
const isMereChange = (step: Step) => step.kind === "new name" || (step.kind === "turn" && isStraight(step));
const isSquareRight = (angle: number) => angle > 45 && angle < 135;
const isSquareLeft = (angle: number) => angle > 225 && angle < 315;
const isNameChange = (step: Step) => step.kind === "new name" || isStraightTurn(step);

function areSameSide(a: Step, b: Step): boolean {
  const left = (step: Step) => step.modifier.includes("left");
  const right = (step: Step) => step.modifier.includes("right");
  return (left(a) && left(b)) || (right(a) && right(b)) || (isStraight(a) && isStraight(b));
}

/** The angle of two turns in one; where they undo each other, that of the first. */
function jointAngle(entry: Step, exit: Step): number {
  const total = (540 - (exit.bearingAfter - entry.bearingBefore) + 720) % 360;
  if (apart(total, 180) < narrow / 2) return turnOf(entry);
  const [first, second] = [turnOf(entry), turnOf(exit)];
  const agree = (first <= 185 && second <= 185) || (first >= 175 && second >= 175);
  return entry.distance < close || agree ? total : first;
}

/** The steps of one leg, in which several can become one. */
export class Collapser {
  private readonly steps: Step[];
  private readonly names: StepNames;

  constructor(steps: Step[], names: StepNames) {
    this.steps = steps;
    this.names = names;
  }

  /** Joins what a driver takes for one manoeuvre, and leaves out what needs no word. */
  run(): readonly Step[] {
    for (let i = 1; i + 1 < this.steps.length; i++) i = this.collapseAt(i);
    this.dropSilent();
    this.renameShortEnds();
    this.dropShortNames();
    return this.steps;
  }

  /** Looks at one step with its neighbours; gives the index of the last step that is dealt with. */
  private collapseAt(index: number): number {
    const { steps } = this;
    const current = steps[index];
    if (isRoundabout(current) || !isTurn(current)) return index;
    const next = steps[index + 1];
    const previous = steps[index - 1];
    if (current.kind === "sliproad") {
      this.resolveSliproad(index);
      return index;
    }
    if (isEndOfLeg(next) || current.mode !== next.mode) return index;
    let at = index;
    if (this.isStaggered(previous, current, next)) {
      this.absorb(index, true);
      current.kind = "suppressed";
      current.modifier = "straight";
    } else if (this.isUturn(previous, current, next)) {
      this.turnRound(index);
    } else if (this.isOscillation(previous, current, next)) {
      this.absorb(index, false);
      this.absorb(index - 1, false);
      return index - 1;
    } else if (this.isPreceded(previous, current, next)) {
      this.joinWords(next, current, previous);
      this.absorb(index - 1, false);
      return this.afterwards(index - 1, index - 1);
    } else if (this.isSucceeded(current, next) || this.isStraightInto(current, next)) {
      this.joinWords(current, next, previous);
      this.absorb(index, true);
    } else if (this.isStraightBetween(previous, current, next)) {
      const before = steps[index - 2] ?? steps[0];
      this.absorb(index - 1, false);
      this.joinWords(previous, next, before);
      this.absorb(index - 1, true);
      at = index - 1;
    }
    return this.afterwards(at, index);
  }

  /** What can only be seen once something has been joined. */
  private afterwards(at: number, fallback: number): number {
    const { steps } = this;
    const current = steps[at];
    const next = steps[at + 1];
    const previous = steps[at - 1];
    if (next === undefined || previous === undefined || !isTurn(current)) return at;
    if (this.isDoublyChoiceless(current, next)) {
      this.joinWords(current, next, previous);
      this.absorb(at, true);
    }
    const before = steps[at - 2];
    if (before !== undefined && !isEndOfLeg(previous) && this.isUturn(before, previous, current)) {
      this.turnRound(at - 1);
      return at - 1;
    }
    return Math.min(at, fallback);
  }

  /** The step swallows the one after it, with its signs where wanted. */
  private absorb(index: number, takesSigns: boolean): void {
    const step = this.steps[index];
    const [next] = this.steps.splice(index + 1, 1);
    step.distance += next.distance;
    step.passed.push(next.at, ...next.passed);
    if (!takesSigns) return;
    step.named = next.named;
    if (next.rotary !== undefined) step.rotary = next.rotary;
  }

  private turnRound(index: number): void {
    this.absorb(index, true);
    this.steps[index].kind = "continue";
    this.steps[index].modifier = "uturn";
  }

  /** The words of the first of two for both. */
  private joinWords(step: Step, other: Step, previous: Step): void {
    const isOne = this.names.areOne(previous, other);
    const [entry, exit] = step.begin <= other.begin ? [step, other] : [other, step];
    const modifier =
      step.kind === "fork" || step.kind === "merge" ? step.modifier : directionOf(jointAngle(entry, exit));
    const isNoTurn = (one: Step) => one.kind === "new name" || isStraightTurn(one);
    if (isNoTurn(other) || isNoTurn(step) || step.kind === "suppressed") {
      if (step.kind === "suppressed") step.kind = modifier === "straight" ? "new name" : isOne ? "continue" : "turn";
      else if (step.kind === "new name" && other.kind === "suppressed" && modifier !== "straight") step.kind = "turn";
      else if (step.kind === "continue" && !isOne) step.kind = "turn";
      else if (step.kind === "turn" && isOne) step.kind = "continue";
    } else if (other.kind === "on ramp") step.kind = "on ramp";
    else if (step.kind === "turn" && other.kind === "turn" && isOne) step.kind = "continue";
    else if (step.kind === "continue" && other.kind === "turn" && !isOne) step.kind = "turn";
    step.modifier = modifier;
  }

  private resolveSliproad(index: number): void {
    const { steps } = this;
    const step = steps[index];
    const next = steps[index + 1];
    if (isEndOfLeg(next)) {
      step.kind = "turn";
      return;
    }
    step.kind = this.names.areOne(steps[index - 1], next) ? "continue" : "turn";
    step.modifier = directionOf(jointAngle(step, next));
    this.absorb(index, true);
  }

  private isStaggered(previous: Step, current: Step, next: Step): boolean {
    if (isRoundabout(current) || isRoundabout(next) || current.distance >= staggered) return false;
    if (previous.mode !== current.mode || !isUndisturbed(current) || !this.names.areOne(previous, next)) return false;
    const [first, second] = [turnOf(current), turnOf(next)];
    return (isSquareLeft(first) && isSquareRight(second)) || (isSquareRight(first) && isSquareLeft(second));
  }

  private isUturn(previous: Step, current: Step, next: Step): boolean {
    if (!mayJoinThree(previous, current, next)) return false;
    if (current.kind !== "turn" && current.kind !== "continue" && current.kind !== "end of road") return false;
    const isReversed = apart(next.bearingAfter, current.bearingBefore + 180) <= 35;
    if (!isReversed || !this.names.areOne(previous, next)) return false;
    const isLink =
      current.distance <= 2 * close &&
      this.names.isNameless(current) &&
      !this.names.isNameless(previous) &&
      !this.names.isNameless(next);
    return isShort(current) || (isUndisturbed(current) && (isLink || next.at.choices === 1));
  }

  private isOscillation(previous: Step, current: Step, next: Step): boolean {
    if (!mayJoinThree(previous, current, next)) return false;
    const isEnd = isMereChange(next) || (next.kind === "suppressed" && this.names.isNameless(next));
    return isMereChange(current) && isEnd && (this.names.areEqual(previous, next) || this.names.areOne(previous, next));
  }

  private isPreceded(previous: Step, current: Step, next: Step): boolean {
    if (!isShort(current) || !isManoeuvre(next)) return false;
    if (mayJoinThree(previous, current, next) && isNameChange(current)) return true;
    return (
      mayJoin(current, next) &&
      current.kind === "suppressed" &&
      !isStraight(current) &&
      areSameSide(current, next) &&
      current.at.choices > 1
    );
  }

  private isSucceeded(current: Step, next: Step): boolean {
    if (!mayJoin(current, next)) return false;
    const isFirm = isManoeuvre(current);
    if (isFirm && isNameChange(next)) {
      const isStrong = next.kind === "new name" && (isStraight(next) || next.at.choices === 1);
      if (isShort(current) || (isStrong && current.distance <= 1.5 * close)) return true;
    }
    if (current.kind === "suppressed" && next.kind === "new name" && current.distance < close / 4) return true;
    if (!isShort(current)) return false;
    if (isFirm && next.kind === "suppressed" && !isStraight(next) && areSameSide(current, next)) return true;
    return !isStraight(current) && next.at.choices === 1 && next.kind !== "suppressed";
  }

  private isStraightInto(current: Step, next: Step): boolean {
    return (
      mayJoin(current, next) &&
      current.distance <= 2 * close &&
      isStraightTurn(current) &&
      next.at.choices === 1 &&
      isUndisturbed(current)
    );
  }

  private isStraightBetween(previous: Step, current: Step, next: Step): boolean {
    if (!mayJoinThree(previous, current, next) || isEndOfLeg(previous)) return false;
    const [a, b] = [previous.distance, current.distance];
    if (a >= 0.8 * close || b >= 0.8 * close) return false;
    if (!(a < 5 && b < 5) && Math.min(a, b) / Math.max(a, b) <= 0.75) return false;
    const isPair =
      current.kind === "suppressed" &&
      isStraight(current) &&
      (previous.kind === "turn" || previous.kind === "continue") &&
      (next.kind === "turn" || next.kind === "continue" || next.kind === "on ramp");
    const total = (540 - (next.bearingAfter - previous.bearingBefore) + 720) % 360;
    return isPair && total > narrow && total < 360 - narrow;
  }

  private isDoublyChoiceless(current: Step, next: Step): boolean {
    return (
      mayJoin(current, next) &&
      next.at.choices === 1 &&
      current.passed.length === 1 &&
      current.passed[0].choices === 1 &&
      current.distance < 1.5 * close
    );
  }

  /** Whatever a driver needs no word for belongs to the step before. */
  private dropSilent(): void {
    for (let i = this.steps.length - 2; i > 0; i--) {
      const { kind } = this.steps[i];
      if (kind === "suppressed" || kind === "none") this.absorb(i - 1, false);
    }
  }

  /** A road that meets nothing before it ends is no road whose end is worth a word: it is a turn. */
  private renameShortEnds(): void {
    for (let i = 1; i + 1 < this.steps.length; i++) {
      const step = this.steps[i];
      const previous = this.steps[i - 1];
      if (step.kind !== "end of road" || !isUndisturbed(previous)) continue;
      step.kind = this.names.areOne(previous, step) ? "continue" : "turn";
    }
  }

  /** StepNames that hold for a moment only, or are known already, are not told. */
  private dropShortNames(): void {
    const { steps } = this;
    for (let i = 1; i + 1 < steps.length;) {
      const step = steps[i];
      const hasLanes = step.view !== undefined && lanesAt(step.view, step.taken) !== undefined;
      const isShortName = step.distance < shortName;
      const isDropped =
        step.kind === "new name" &&
        !hasLanes &&
        steps[i - 1].mode === step.mode &&
        (isShortName || this.names.areOne(steps[i - 1], step));
      if (isDropped) this.absorb(i - 1, false);
      else i++;
    }
  }
}
