import { wayFlag } from "../city.ts";
import type { Graph } from "../city.ts";
import { apart } from "./arms.ts";
import type { Arm } from "./arms.ts";
import type { ManoeuvreKind, TurnModifier } from "./manoeuvre.ts";
import { areOneStreet, isNameless, isRenamed } from "./names.ts";
import { withCarriagewaysJoined } from "./carriageways.ts";
import { isSameKind, modeOf } from "./road-kind.ts";

/** What is said of taking an arm. `none`: nothing, and no junction is seen; `suppressed`: nothing, but there is a junction. */
export interface Said {
  readonly kind: ManoeuvreKind | "none" | "suppressed" | "sliproad";
  readonly modifier: TurnModifier;
}

/** Angles in degrees that tell turns apart (OSRM's guidance constants). */
export const narrow = 40;
export const grouped = 60;
export const fuzzy = 25;
export const distinct = 2;
export const perfect = 3;

/** The word for a turn to an angle. */
export function directionOf(angle: number): TurnModifier {
  if (angle > 0 && angle < 60) return "sharp right";
  if (angle >= 60 && angle < 140) return "right";
  if (angle >= 140 && angle < 160) return "slight right";
  if (angle >= 160 && angle <= 200) return "straight";
  if (angle > 200 && angle <= 220) return "slight left";
  if (angle > 220 && angle <= 300) return "left";
  if (angle > 300 && angle < 360) return "sharp left";
  return "uturn";
}

/** A junction as it looks to somebody who comes to it: the first arm is the one they come along, the others follow from right to left. */
export class View {
  readonly graph: Graph;
  /** Roads as a driver sees them: two carriageways of one street are one road. */
  readonly arms: readonly Arm[];
  readonly from: Arm;
  /** The edge one comes on; that of `from` leads back. */
  readonly approach: number;

  /** Roads that meet here. */
  readonly size: number;

  /** `drawn`: the roads as they are drawn, from `armsAt`; `approach`: the edge one comes on. */
  constructor(graph: Graph, drawn: readonly Arm[], approach: number) {
    this.graph = graph;
    this.arms = withCarriagewaysJoined(graph, drawn);
    this.size = this.arms.length;
    this.from = this.arms[0];
    this.approach = approach;
  }

  /** How many ways on there are. */
  enterable(): number {
    let count = 0;
    for (const arm of this.arms) if (arm.canEnter) count++;
    return count;
  }

  isRenamedTo(arm: Arm): boolean {
    return isRenamed(this.graph, this.from.way, arm.way);
  }

  isRenamedBetween(a: Arm, b: Arm): boolean {
    return isRenamed(this.graph, a.way, b.way);
  }

  isFromNameless(): boolean {
    return isNameless(this.graph, this.from.way);
  }

  isNameless(arm: Arm): boolean {
    return isNameless(this.graph, arm.way);
  }

  has(arm: Arm, flag: keyof typeof wayFlag): boolean {
    return (this.graph.wayFlags[arm.way] & wayFlag[flag]) !== 0;
  }

  keepsMode(arm: Arm): boolean {
    return modeOf(this.graph, this.from.edge) === modeOf(this.graph, arm.edge);
  }

  /** Toll, tunnel and their like are the same before and behind. */
  keepsFacts(arm: Arm): boolean {
    const facts = wayFlag.toll | wayFlag.motorway | wayFlag.ferry | wayFlag.restricted | wayFlag.tunnel;
    return (this.graph.wayFlags[this.from.way] & facts) === (this.graph.wayFlags[arm.way] & facts);
  }

  /** Index of the arm that passes the filter and leads straightest on, 0 where none does. */
  straightest(passes: (arm: Arm) => boolean): number {
    let best = 0;
    for (let i = 0; i < this.arms.length; i++) {
      const arm = this.arms[i];
      if (passes(arm) && (best === 0 ? i > 0 : arm.off < this.arms[best].off)) best = i;
    }
    return best;
  }

  /** The street an arm belongs to goes through the junction, across the way one comes. */
  isThroughStreet(index: number): boolean {
    const arm = this.arms[index];
    return this.arms.some(
      (other, i) =>
        i > 0 &&
        i !== index &&
        apart(other.angle, arm.angle) > 180 - fuzzy &&
        areOneStreet(this.graph, arm.way, other.way) &&
        isSameKind(arm.kind, other.kind),
    );
  }

  /** The plain word for going into an arm, before its direction. */
  basicKind(arm: Arm): "on ramp" | "off ramp" | "continue" | "turn" {
    if (!this.from.kind.isRamp && arm.kind.isRamp) return this.from.kind.isMotorway ? "off ramp" : "on ramp";
    const { wayName } = this.graph;
    const named = wayName[this.from.way] !== 0 && wayName[arm.way] !== 0;
    return named && !this.isRenamedTo(arm) ? "continue" : "turn";
  }

  /** The basic kind with the direction. */
  plain(arm: Arm, modifier: TurnModifier = directionOf(arm.angle)): Said {
    return { kind: this.basicKind(arm), modifier };
  }
}
