import { isForward, wayOfEdge } from "../graph/edge-facts.ts";
import type { Lane, TurnModifier } from "./manoeuvre.ts";
import { apart } from "./arms.ts";
import type { Arm } from "./arms.ts";
import type { View } from "./view.ts";

/** OpenStreetMap's words for arrows (wiki, Key:turn) in OSRM's. */
const arrows: ReadonlyMap<string, TurnModifier | "none"> = new Map([
  ["sharp_left", "sharp left"],
  ["left", "left"],
  ["slight_left", "slight left"],
  ["through", "straight"],
  ["slight_right", "slight right"],
  ["right", "right"],
  ["sharp_right", "sharp right"],
  ["reverse", "uturn"],
  // Where a lane ends one drives on, only on another.
  ["merge_to_left", "straight"],
  ["merge_to_right", "straight"],
]);

/** The angle each arrow points at, as OSRM counts angles. */
const pointing: Readonly<Record<TurnModifier, number>> = {
  uturn: 0,
  "sharp right": 35,
  right: 90,
  "slight right": 135,
  straight: 180,
  "slight left": 225,
  left: 270,
  "sharp left": 315,
};

/** From the leftmost arrow to the rightmost; turning round leads nowhere else and stands apart. */
const order: readonly TurnModifier[] = [
  "uturn",
  "sharp left",
  "left",
  "slight left",
  "straight",
  "slight right",
  "right",
  "sharp right",
];

/** The order in which OSRM writes the arrows of one lane. */
const written: readonly (TurnModifier | "none")[] = [
  "none",
  "straight",
  "sharp left",
  "left",
  "slight left",
  "slight right",
  "right",
  "sharp right",
  "uturn",
];

/** Arrows that point farther from a road than this do not lead into it. */
const farOff = 100;

type Painted = readonly (TurnModifier | "none")[];

function paintedOn(text: string): readonly Painted[] {
  return text.split("|").map((lane) => {
    const words = lane.split(";").flatMap((word) => arrows.get(word.trim()) ?? []);
    return words.length === 0 ? ["none"] : words.toSorted((a, b) => written.indexOf(a) - written.indexOf(b));
  });
}

/** The arrow text painted on an edge; empty where the map has none. */
export function laneText(view: Pick<View, "graph">, edge: number): string {
  const { graph } = view;
  const way = wayOfEdge(graph, edge);
  return graph.names[isForward(graph, edge) ? graph.wayTurnLanesForward[way] : graph.wayTurnLanesBackward[way]];
}

/**
 * For each arrow that is painted, the arms it leads into: arrows from left to right meet roads from left to right, each its nearest that does
 * not lie left of the one before. Lanes without an arrow lead to all that is left over, else straight on.
 */
function armsOfArrows(view: View, painted: readonly Painted[]): ReadonlyMap<string, readonly number[]> {
  const open = view.arms.flatMap((arm, i) => (arm.canEnter && i > 0 ? [i] : [])).toReversed();
  const used = order.filter((arrow) => painted.some((lane) => lane.includes(arrow)));
  const found = new Map<string, readonly number[]>();
  let from = 0;
  for (const arrow of used) {
    if (arrow === "uturn") {
      found.set(arrow, [0]);
      continue;
    }
    // Of two that are as near, the one farther to the arrow's own side.
    const side = Math.sign(pointing[arrow] - 180) / 1_000;
    const off = (i: number) => apart(view.arms[open[i]].angle, pointing[arrow]) - side * view.arms[open[i]].angle;
    let best = -1;
    for (let i = from; i < open.length; i++) if (off(i) < farOff && (best < 0 || off(i) < off(best))) best = i;
    if (best < 0) continue;
    found.set(arrow, [open[best]]);
    from = best;
  }
  if (painted.some((lane) => lane[0] === "none")) {
    const met = new Set([...found.values()].flat());
    const rest = open.filter((i) => !met.has(i));
    const ahead = open.toSorted((a, b) => view.arms[a].off - view.arms[b].off).slice(0, 1);
    found.set("none", rest.length > 0 ? rest : ahead);
  }
  return found;
}

/** The lanes of the road one comes along, and which of them lead into the arm that is taken; undefined where the map has none. */
export function lanesAt(view: View, taken: number): readonly Lane[] | undefined {
  const text = laneText(view, view.approach);
  if (text === "") return undefined;
  const painted = paintedOn(text);
  if (painted.every((lane) => lane[0] === "none")) return undefined;
  const arms = armsOfArrows(view, painted);
  if (![...arms.values()].some((led) => led.includes(taken))) return undefined;
  const arm: Arm = view.arms[taken];
  return painted.map((indications) => {
    const active = indications
      .filter((arrow) => arms.get(arrow)?.includes(taken) === true)
      .toSorted((a, b) => offOf(arm, a) - offOf(arm, b))[0];
    if (active === undefined) return { indications, valid: false };
    return active === "none" ? { indications, valid: true } : { indications, valid: true, active };
  });
}

function offOf(arm: Arm, arrow: TurnModifier | "none"): number {
  return arrow === "none" ? 360 : apart(arm.angle, pointing[arrow]);
}

/** The lanes before a manoeuvre from which those of the next one, close behind it, are reached without changing. */
export function anticipated(lanes: readonly Lane[], next: readonly Lane[]): readonly Lane[] {
  const valid = lanes.flatMap((lane, i) => (lane.valid ? [i] : []));
  const wanted = next.flatMap((lane, i) => (lane.valid ? [i] : []));
  const surplus = valid.length - wanted.length;
  const [first, last] = [wanted[0], wanted.at(-1)];
  if (surplus <= 0 || first === undefined || last === undefined) return lanes;
  const toLeft = first;
  const toRight = next.length - 1 - last;
  // Lanes are given up on the side where the next manoeuvre leaves more of them.
  const fromLeft = Math.min(toLeft, toRight === 0 ? surplus : Math.floor((surplus * toLeft) / (toLeft + toRight)));
  const fromRight = Math.min(toRight, surplus - fromLeft);
  const kept = new Set(valid.slice(fromLeft, valid.length - fromRight));
  return lanes.map((lane, i) => {
    if (!lane.valid || kept.has(i)) return lane;
    return { indications: lane.indications, valid: false };
  });
}
