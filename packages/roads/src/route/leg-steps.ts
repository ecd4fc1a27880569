import type { Graph } from "../city.ts";
import { degreesOf } from "../geometry.ts";
import { drivenSide, wayOfEdge } from "../graph/edge-facts.ts";
import { headingArriving, headingLeaving } from "../graph/headings.ts";
import { armOnto, armsAt } from "./arms.ts";
import type { Arm } from "./arms.ts";
import { Collapser } from "./collapse.ts";
import type { Junctions } from "./junctions.ts";
import { entersAtExit, isRing, passesExit, ringKind } from "./rings.ts";
import type { RingKind } from "./rings.ts";
import { kindOf, modeOf } from "./road-kind.ts";
import { isSliproad } from "./sliproads.ts";
import { StepNames } from "./step-names.ts";
import type { Passed, Step } from "./steps.ts";
import type { TracedEdge } from "./trace.ts";
import { motorwaySaid, turnSaid } from "./turns-said.ts";
import { directionOf, View } from "./view.ts";
import type { Said } from "./view.ts";

/** Degrees off straight on within which a road goes plainly straight on, and beyond which one leads plainly aside. */
const plainlyStraight = 12;
const plainlyAside = 62;

const degrees = (radians: number) => Math.round(degreesOf(radians)) % 360;

/** The steps of a leg before anything is joined or left out, and what is known of the junctions on it. */
export class LegSteps {
  private readonly graph: Graph;
  private readonly junctions: Junctions;
  private readonly edges: readonly TracedEdge[];
  private readonly steps: Step[] = [];
  /** The roads that meet at the beginning of each traced edge but the first, where anybody asked. */
  private readonly met: (readonly Arm[] | undefined)[] = [];

  /** Traced edges at whose beginning something changes, said or not. */
  readonly noted = new Set<number>();

  constructor(graph: Graph, junctions: Junctions, edges: readonly TracedEdge[]) {
    this.graph = graph;
    this.junctions = junctions;
    this.edges = edges;
  }

  /** From "depart" to "arrive", with only what is worth a word between. */
  collapsed(): readonly Step[] {
    const { graph, edges, steps } = this;
    const [first] = edges;
    const last = edges[edges.length - 1];
    steps.push(this.ended("depart", 0, first.edge));
    for (let i = 1; i < edges.length; i++) i = this.step(i);
    steps.push(this.ended("arrive", edges.length, last.edge));
    this.measure();
    return new Collapser(steps, new StepNames(graph)).run();
  }

  /** Only "depart" and "arrive". */
  ends(): readonly Step[] {
    const { edges } = this;
    return [this.ended("depart", 0, edges[0].edge), this.ended("arrive", edges.length, edges[edges.length - 1].edge)];
  }

  private ended(kind: "depart" | "arrive", begin: number, edge: number): Step {
    const { graph } = this;
    return {
      kind,
      modifier: "straight",
      begin,
      distance: 0,
      named: edge,
      before: edge,
      bearingBefore: kind === "depart" ? 0 : degrees(headingArriving(graph, edge)),
      bearingAfter: kind === "depart" ? degrees(headingLeaving(graph, edge)) : 0,
      mode: modeOf(graph, edge),
      at: { roads: 1, choices: 1 },
      passed: [],
      exit: undefined,
      rotary: undefined,
      view: undefined,
      taken: 0,
    };
  }

  /** Deals with the junction before a traced edge; gives the index of the last edge that is dealt with. */
  private step(index: number): number {
    const { edges, graph } = this;
    const { edge } = edges[index];
    const before = edges[index - 1];
    if (before.edge === edge) return index;
    if (this.isPlain(before.edge, edge)) return index;
    const [isOn, wasOn] = [isRing(graph, edge), isRing(graph, before.edge)];
    if (isOn || wasOn) {
      const ring = ringKind(graph, this.junctions, isOn ? edge : before.edge);
      if (ring !== undefined) return isOn && !wasOn ? this.enter(index, ring) : this.leave(index, ring);
    }
    if (this.goesStraightOn(index)) {
      this.add({ kind: "suppressed", modifier: "straight" }, index, undefined, 0);
      return index;
    }
    const view = this.viewAt(index);
    const taken = armOnto(view.arms, edge);
    if (taken < 0) return index;
    const said = this.passesRing(view, taken, index) ?? motorwaySaid(view, taken) ?? turnSaid(view, taken);
    if (taken > 0 && isSliproad(graph, this.junctions, view, taken, edges, index)) {
      this.add({ kind: "sliproad", modifier: directionOf(view.arms[taken].angle) }, index, view, taken);
      return index;
    }
    this.add(said, index, view, taken);
    return index;
  }

  /** One way goes on where no other meets it: nothing to look at. */
  private isPlain(from: number, to: number): boolean {
    const { graph, junctions } = this;
    const node = graph.edgeTo[from];
    return (
      junctions.first[node + 1] - junctions.first[node] === 2 &&
      graph.edgeRoad[from] !== graph.edgeRoad[to] &&
      wayOfEdge(graph, from) === wayOfEdge(graph, to)
    );
  }

  /** The roads that meet where a traced edge begins, seen from the one before. */
  armsBefore(index: number): readonly Arm[] {
    return (this.met[index] ??= armsAt(this.graph, this.junctions, this.edges[index - 1].state));
  }

  viewAt(index: number): View {
    return new View(this.graph, this.armsBefore(index), this.edges[index - 1].edge);
  }

  /**
   * One way goes straight on and everything else leads well aside: nothing is said, without looking closer. Links and rings have rules of
   * their own.
   */
  private goesStraightOn(index: number): boolean {
    const { graph, edges } = this;
    const { edge } = edges[index];
    const before = edges[index - 1].edge;
    if (graph.edgeRoad[before] === graph.edgeRoad[edge] || wayOfEdge(graph, before) !== wayOfEdge(graph, edge))
      return false;
    const kind = kindOf(graph, edge);
    if (kind.isLink || kind.isMinor) return false;
    const arms = this.armsBefore(index);
    for (let i = 1; i < arms.length; i++) {
      const { edge: way, off, canEnter } = arms[i];
      const isPlain = way === edge ? off < plainlyStraight && canEnter : off >= plainlyAside && !isRing(graph, way);
      if (!isPlain) return false;
    }
    return true;
  }

  /** Crossing a ring at the very point where it is met: left again at once, unless it goes straight through. */
  private passesRing(view: View, taken: number, index: number): Said | undefined {
    const ringArm = this.enterableRing(view);
    if (ringArm === undefined || isRing(this.graph, view.from.edge)) return undefined;
    const ring = ringKind(this.graph, this.junctions, ringArm.edge);
    if (ring === undefined || this.edges[index].edge === ringArm.edge) return undefined;
    const arm = view.arms[taken];
    const crossed = view.arms.slice(0, taken).filter((one) => isRing(this.graph, one.edge)).length;
    if (arm.off < 25 && crossed % 2 === 1) return undefined;
    return { kind: ring === "rotary" ? "exit rotary" : "exit roundabout", modifier: directionOf(arm.angle) };
  }

  private enterableRing({ arms }: View): Arm | undefined {
    for (const arm of arms) if (arm.canEnter && isRing(this.graph, arm.edge)) return arm;
    return undefined;
  }

  private add(said: Said, index: number, view: View | undefined, taken: number): Step | undefined {
    const { graph, edges } = this;
    if (said.kind === "none") return undefined;
    this.noted.add(index);
    const { edge } = edges[index];
    const before = edges[index - 1].edge;
    const step: Step = {
      kind: said.kind,
      modifier: said.modifier,
      begin: index,
      distance: 0,
      named: edge,
      before,
      bearingBefore: degrees(headingArriving(graph, before)),
      bearingAfter: degrees(headingLeaving(graph, edge)),
      mode: modeOf(graph, edge),
      at: passedAt(this.armsBefore(index)),
      passed: [],
      exit: undefined,
      rotary: undefined,
      view,
      taken,
    };
    this.steps.push(step);
    return step;
  }

  /** From the edge before a ring to where it is left, or where the leg ends on it. */
  private enter(index: number, ring: RingKind): number {
    const { graph, edges, junctions } = this;
    let out = index + 1;
    let exit = entersAtExit(graph, junctions, edges[index - 1].state, drivenSide(graph, edges[index].edge)) ? 2 : 1;
    for (; out < edges.length && isRing(graph, edges[out].edge); out++) {
      if (passesExit(graph, junctions, edges[out - 1].state)) exit++;
    }
    const view = this.viewAt(index);
    const taken = view.arms.findIndex((arm) => arm.edge === edges[index].edge);
    const isLeft = out < edges.length;
    const kind = ring === "roundabout turn" && !isLeft ? "roundabout" : ring;
    const step = this.add({ kind, modifier: directionOf(view.arms[taken].angle) }, index, view, taken);
    if (step === undefined) return index;
    const name = graph.names[graph.wayName[wayOfEdge(graph, step.named)]];
    if (kind === "rotary" && name !== "") step.rotary = name;
    if (!isLeft) return edges.length - 1;
    step.exit = exit;
    step.named = edges[out].edge;
    if (kind !== "roundabout turn") return this.leave(out, ring);
    const after = headingLeaving(graph, edges[out].edge);
    step.bearingAfter = degrees(after);
    step.modifier = directionOf((540 - (step.bearingAfter - step.bearingBefore) + 720) % 360);
    return out;
  }

  private leave(index: number, ring: RingKind): number {
    if (isRing(this.graph, this.edges[index].edge)) return index;
    const view = this.viewAt(index);
    const taken = armOnto(view.arms, this.edges[index].edge);
    const kind = ring === "rotary" ? "exit rotary" : "exit roundabout";
    this.add({ kind, modifier: directionOf(view.arms[Math.max(0, taken)].angle) }, index, view, Math.max(0, taken));
    return index;
  }

  /** Gives each step its length and the junctions it passes. */
  private measure(): void {
    const { edges, steps } = this;
    for (let i = 0; i + 1 < steps.length; i++) {
      const step = steps[i];
      const end = steps[i + 1].begin;
      step.distance = edges[end - 1].to - edges[step.begin].from;
      for (let at = step.begin + 1; at < end; at++) {
        const arms = this.met[at];
        if (arms !== undefined && arms.length > 2) step.passed.push(passedAt(arms));
      }
    }
  }
}

function passedAt(arms: readonly Arm[]): Passed {
  let choices = 0;
  for (const arm of arms) if (arm.canEnter) choices++;
  return { roads: arms.length, choices };
}
