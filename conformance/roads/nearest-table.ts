import type { Step } from "../gherkin.ts";
import { readAnswer } from "./answer.ts";
import type { Ask } from "./ask.ts";
import { isAt } from "./fuzzy.ts";
import { recordsOf } from "./map-steps.ts";
import { unsupported, wrong } from "../outcome.ts";
import type { StepOutcome } from "../outcome.ts";
import { optionsOf, requestPath } from "./request.ts";
import type { Scene } from "./scene.ts";
import { Comparison } from "./tables.ts";

/** "I request nearest I should get": the road nearest to `in` is met at `out`. */
export function checkNearest(scene: Scene, { table = [] }: Step, ask: Ask): StepOutcome {
  const [head = []] = table;
  const unknown = head.find((column) => !["in", "out", "#"].includes(column) && !column.startsWith("param:"));
  if (unknown !== undefined) return unsupported(`the column "${unknown}" of nearest`);
  const comparison = new Comparison();
  for (const [i, row] of recordsOf(table).entries()) {
    const [from, to] = [row.get("in") ?? "", row.get("out") ?? ""].map((name) => scene.pointNamed(name));
    if (from === undefined) return wrong(`there is no node ${row.get("in") ?? ""}`);
    const json = readAnswer(ask(requestPath(scene, "nearest", [from], optionsOf(row))).body);
    if (typeof json === "string") return wrong(json);
    const location = json.waypoints?.[0]?.location;
    if (to === undefined ? location !== undefined : !isAt(location, to)) {
      comparison.note(
        `row ${i + 1} ${row.get("in") ?? ""}: ${location?.join(",") ?? json.code} instead of ${row.get("out") ?? ""}`,
      );
    }
  }
  return comparison.outcome();
}
