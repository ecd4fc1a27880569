import type { Step } from "../gherkin.ts";
import { readAnswer } from "./answer.ts";
import type { Ask } from "./ask.ts";
import { wrong } from "../outcome.ts";
import type { StepOutcome } from "../outcome.ts";
import { requestPath } from "./request.ts";
import type { Place, Scene } from "./scene.ts";
import { Comparison } from "./tables.ts";

/** "I request a travel time (or distance) matrix I should get": origins down the side, destinations along the top. */
export function checkMatrix(
  scene: Scene,
  { table = [] }: Step,
  ask: Ask,
  what: "duration" | "distance" | "estimates",
): StepOutcome {
  const [[, ...columns] = [], ...rows] = table;
  const origins = rows.map(([name = ""]) => name);
  const places: Place[] = [];
  const isSquare = columns.length === origins.length && columns.every((name, i) => name === origins[i]);
  for (const name of isSquare ? columns : [...columns, ...origins]) {
    const place = scene.pointNamed(name);
    if (place === undefined) return wrong(`there is no node ${name}`);
    places.push(place);
  }
  const options: [string, string][] = [["annotations", what === "distance" ? "distance" : "duration"]];
  if (!isSquare) {
    options.push(["sources", origins.map((_, i) => columns.length + i).join(";")]);
    options.push(["destinations", columns.map((_, i) => i).join(";")]);
  }
  const json = readAnswer(ask(requestPath(scene, "table", places, options)).body);
  if (typeof json === "string") return wrong(json);
  if (json.code !== "Ok") return wrong(`the answer is ${json.code}: ${json.message ?? ""}`);
  const cells = what === "distance" ? json.distances : json.durations;
  const guessed = new Set((json.fallback_speed_cells ?? []).map((pair) => pair.join(",")));
  const comparison = new Comparison();
  for (const [row, [origin = "", ...wanted]] of rows.entries()) {
    for (const [column, want] of wanted.entries()) {
      const value = cells?.[row]?.[column] ?? undefined;
      const got = what === "estimates" ? (guessed.has(`${row},${column}`) ? "Y" : "") : String(value ?? "");
      comparison.cell(`${origin}>${columns[column] ?? ""}`, got, want);
    }
  }
  return comparison.outcome();
}
