import type { Step } from "../gherkin.ts";
import { readAnswer } from "./answer.ts";
import { openMap } from "./ask.ts";
import type { Ask } from "./ask.ts";
import { agrees } from "./fuzzy.ts";
import { putTags, recordsOf } from "./map-steps.ts";
import { wrong } from "../outcome.ts";
import type { StepOutcome } from "../outcome.ts";
import { requestPath } from "./request.ts";
import { osmDocument } from "./scene.ts";
import type { Scene, SceneNode } from "./scene.ts";
import { Comparison } from "./tables.ts";

/** Cells of the grid from the way of one row to that of the next: far enough that no row borrows the way of another. */
const spacing = 100;

const resultColumn = /^(forw|backw|bothw)(_rate)?$/;

/** What driving a way in one direction comes to. */
interface Drive {
  readonly passable: boolean;
  readonly mode: string;
  /** Metres for each unit of weight, to one decimal; km/h, cut to a whole number; seconds. */
  readonly rate: string;
  readonly speed: string;
  readonly time: string;
}

const nowhere: Drive = { passable: false, mode: "", rate: "", speed: "", time: "" };

/** A way of five nodes for each row, all in one line; tags of columns "node/..." stand on the one in the middle. */
function addRows(scene: Scene, rows: readonly ReadonlyMap<string, string>[]): readonly SceneNode[] {
  return rows.flatMap((row, index) => {
    const nodes = Array.from({ length: 5 }, (_, i) =>
      scene.addNode(`${index}/${i}`, scene.placeOf(i + spacing * index, 0)),
    );
    const tags = new Map([["highway", "primary"]]);
    const isTag = ([key, value]: readonly [string, string]) =>
      !key.startsWith("node/") && !resultColumn.test(key) && key !== "#" && value !== "";
    putTags(tags, [...row].filter(isTag));
    tags.set("name", `w${index}`);
    const middle = nodes[2];
    for (const [key, value] of row) {
      if (middle !== undefined && key.startsWith("node/") && value !== "" && value !== "(nil)") {
        middle.tags.set(key.slice(5), value);
      }
    }
    scene.addWay(`w${index}`, nodes, tags);
    return nodes;
  });
}

function drive(scene: Scene, ask: Ask, index: number, forward: boolean): Drive | string {
  const near = scene.placeOf(1 + spacing * index, 0);
  const far = scene.placeOf(3 + spacing * index, 0);
  const options = [["steps", "true"] as const, ["alternatives", "false"] as const];
  const answer = ask(requestPath(scene, "route", forward ? [near, far] : [far, near], options));
  const json = readAnswer(answer.body);
  if (typeof json === "string") return json;
  const route = json.routes?.[0];
  const first = route?.legs[0]?.steps?.[0];
  if (answer.status !== 200 || route === undefined || first === undefined || first.name !== `w${index}`) return nowhere;
  return {
    passable: true,
    mode: first.mode,
    rate: route.weight === undefined ? "" : String(Math.round((route.distance / route.weight) * 10) / 10),
    speed: route.duration > 0 ? String(Math.trunc((3.6 * route.distance) / route.duration)) : "",
    time: String(route.duration),
  };
}

/** What a cell holds, in the form in which it is wanted: "x", a speed, a time, or the mode of travel. */
function cellOf(result: Drive, want: string): string {
  if (!result.passable) return "";
  if (want === "x") return "x";
  if (/^[\d.]+ s/.test(want)) return result.time === "diff" ? "diff" : `${result.time} s`;
  if (/^\d+ km\/h/.test(want)) return result.speed === "diff" ? "diff" : `${result.speed} km/h`;
  return result.mode;
}

/** Times on the short ways of a table are rounded to tenths of a second, which moves a rate by up to a hundredth. */
function isNearRate(got: string, want: string): boolean {
  const [value, wanted] = [Number(got), Number(want)];
  return got !== "" && want !== "" && Math.abs(value - wanted) <= Math.max(0.1, 0.012 * wanted) + 1e-9;
}

/** Both directions in one: what they have in common, "diff" where they differ. */
function common(forw: Drive, backw: Drive): Drive {
  const same = (a: string, b: string) => (a === b ? a : "diff");
  return {
    passable: forw.passable || backw.passable,
    mode: same(forw.mode, backw.mode),
    rate: same(forw.rate, backw.rate),
    speed: same(forw.speed, backw.speed),
    time: same(forw.time, backw.time),
  };
}

/** "routability should be": every row is a small way of its own, driven through in both directions. */
export async function checkRoutability(scene: Scene, { table = [] }: Step): Promise<StepOutcome> {
  const [head = []] = table;
  if (!head.some((column) => resultColumn.test(column)))
    return wrong("the table of routability has no column to check");
  const rows = recordsOf(table);
  const nodes = addRows(scene, rows);
  const ask = await openMap(osmDocument(scene, nodes), scene);
  const comparison = new Comparison();
  for (const [i, row] of rows.entries()) {
    const forw = drive(scene, ask, i, true);
    const backw = drive(scene, ask, i, false);
    if (typeof forw === "string" || typeof backw === "string") {
      comparison.note(`row ${i + 1}: ${typeof forw === "string" ? forw : ""}${typeof backw === "string" ? backw : ""}`);
      continue;
    }
    const bothw = common(forw, backw);
    for (const [column, want] of row) {
      const found = resultColumn.exec(column);
      if (found === null) continue;
      const result = found[1] === "forw" ? forw : found[1] === "backw" ? backw : bothw;
      const wanted = scene.shortcuts.get(want) ?? want;
      const tags = [...row].filter(([key, value]) => !resultColumn.test(key) && value !== "");
      const where = `row ${i + 1} (${tags.map(([key, value]) => `${key}=${value}`).join(" ")}) ${column}`;
      if (found[2] !== undefined) {
        const got = wanted === "" && result.passable ? "x" : result.rate;
        if (!isNearRate(got, wanted)) comparison.cell(where, got, wanted);
        continue;
      }
      const got = cellOf(result, wanted);
      if (!agrees(got, wanted)) comparison.cell(where, got, wanted);
    }
  }
  return comparison.outcome();
}
