/** Rows of cells; the first row is usually the head. */
export type Table = readonly (readonly string[])[];

export interface Step {
  /** Without its keyword. */
  readonly text: string;
  readonly line: number;
  readonly table: Table | undefined;
  readonly document: string | undefined;
}

export interface Scenario {
  readonly name: string;
  readonly line: number;
  /** Those of the feature included, with their "@". */
  readonly tags: readonly string[];
  /** Steps of the background first. */
  readonly steps: readonly Step[];
}

/** What in a file is no Gherkin, for people. */
interface Mistake {
  readonly line: number;
  readonly what: string;
}

const skippedTags = new Set(["@todo", "@ignore", "@skip"]);

/** Does its author say that it shall not be run? */
export const isSkipped = ({ tags }: Pick<Scenario, "tags">): boolean => tags.some((tag) => skippedTags.has(tag));

export interface Feature {
  readonly name: string;
  readonly scenarios: readonly Scenario[];
  /** What was passed over because it cannot be understood. */
  readonly mistakes: readonly Mistake[];
}

interface Block {
  readonly kind: "background" | "scenario";
  readonly name: string;
  readonly line: number;
  readonly tags: readonly string[];
  readonly steps: OpenStep[];
  readonly examples: { readonly tags: readonly string[]; readonly rows: (readonly string[])[] }[];
}

interface OpenStep {
  readonly text: string;
  readonly line: number;
  rows: (readonly string[])[] | undefined;
  document: string | undefined;
}

const stepKeyword = /^(?:Given|When|Then|And|But|\*)\s+(.*)$/;
const head =
  /^(Feature|Rule|Background|Scenario Outline|Scenario Template|Scenario|Example|Examples|Scenarios)\s*:\s*(.*)$/;

/** Cells of a table row; "\|" is a bar within a cell, "\\" a backslash, "\n" a new line. */
export function cellsOf(row: string): readonly string[] {
  const cells: string[] = [];
  let cell = "";
  for (let i = 1; i < row.length; i++) {
    const sign = row[i];
    if (sign === "\\") {
      const next = row[i + 1] ?? "";
      if (next === "|" || next === "\\" || next === "n") {
        cell += next === "n" ? "\n" : next;
        i++;
        continue;
      }
    }
    if (sign === "|") {
      cells.push(cell.trim());
      cell = "";
    } else cell += sign;
  }
  return cells;
}

function filled(text: string, names: readonly string[], values: readonly string[]): string {
  return text.replace(/<([^<>]*)>/g, (whole, name: string) => {
    const index = names.indexOf(name);
    return index < 0 ? whole : (values[index] ?? "");
  });
}

function filledStep(step: OpenStep, names: readonly string[], values: readonly string[]): Step {
  const fill = (text: string) => filled(text, names, values);
  return {
    text: fill(step.text),
    line: step.line,
    table: step.rows?.map((row) => row.map(fill)),
    document: step.document === undefined ? undefined : fill(step.document),
  };
}

/** The scenarios of a block; an outline gives one for each row of its examples. */
function scenariosOf(block: Block, before: readonly OpenStep[], tags: readonly string[]): readonly Scenario[] {
  const steps = [...before, ...block.steps];
  const scenario = (name: string, more: readonly string[], names: readonly string[], values: readonly string[]) => ({
    name,
    line: block.line,
    tags: [...tags, ...block.tags, ...more],
    steps: steps.map((step) => filledStep(step, names, values)),
  });
  if (block.examples.length === 0) return [scenario(block.name, [], [], [])];
  return block.examples.flatMap(({ tags: more, rows }) => {
    const [names = [], ...values] = rows;
    return values.map((row, i) => {
      const name = filled(block.name, names, row);
      return scenario(name === block.name ? `${name} (example ${i + 1})` : name, more, names, row);
    });
  });
}

/**
 * The scenarios of a feature file in Gherkin (https://cucumber.io/docs/gherkin/reference): backgrounds, outlines, tags, tables and texts in
 * triple quotes; descriptions and comments are passed over. A text keeps its indentation beyond that of its opening quotes. What is no
 * Gherkin is told as a mistake, and the rest is read on.
 */
export function readFeature(text: string): Feature {
  const lines = text.split(/\r?\n/);
  const blocks: Block[] = [];
  let name = "";
  let featureTags: readonly string[] = [];
  let tags: string[] = [];
  let block: Block | undefined;
  let step: OpenStep | undefined;
  let examples: (readonly string[])[] | undefined;
  const mistakes: Mistake[] = [];
  const mistake = (at: number, what: string) => mistakes.push({ line: at + 1, what });

  for (let i = 0; i < lines.length; i++) {
    const raw = lines[i] ?? "";
    const line = raw.trim();
    if (line === "" || line.startsWith("#")) continue;
    if (line.startsWith("@")) {
      tags.push(...(line.replace(/\s#.*$/, "").match(/@\S+/g) ?? []));
      continue;
    }
    const heading = head.exec(line);
    if (heading !== null) {
      const [, kind, title = ""] = heading;
      step = undefined;
      examples = undefined;
      if (kind === "Feature") {
        name = title;
        featureTags = tags;
      } else if (kind === "Examples" || kind === "Scenarios") {
        examples = [];
        block?.examples.push({ tags, rows: examples });
      } else if (kind === "Background" && blocks.some((one) => one.kind === "scenario")) {
        // Within a scenario the word is part of its description.
        continue;
      } else if (kind !== "Rule") {
        const what = kind === "Background" ? "background" : "scenario";
        block = { kind: what, name: title, line: i + 1, tags, steps: [], examples: [] };
        blocks.push(block);
      }
      tags = [];
      continue;
    }
    if (line.startsWith("|")) {
      if (examples !== undefined) examples.push(cellsOf(line));
      else if (step !== undefined) (step.rows ??= []).push(cellsOf(line));
      else mistake(i, "a row of a table belongs to no step");
      if (!line.endsWith("|")) mistake(i, "a row of a table does not end with a bar");
      continue;
    }
    const fence = /^("""|```)/.exec(line)?.[1];
    if (fence !== undefined && step !== undefined) {
      const margin = raw.indexOf(fence);
      const inside: string[] = [];
      const begin = i;
      for (i++; i < lines.length && !(lines[i] ?? "").trim().startsWith(fence); i++) {
        const inner = lines[i] ?? "";
        inside.push(inner.slice(Math.min(margin, inner.length - inner.trimStart().length)));
      }
      step.document = inside.join("\n");
      if (i === lines.length) mistake(begin, "a text in quotes does not end");
      continue;
    }
    const found = stepKeyword.exec(line);
    if (found !== null && block !== undefined) {
      step = { text: (found[1] ?? "").trim(), line: i + 1, rows: undefined, document: undefined };
      block.steps.push(step);
    } else if (step !== undefined || name === "") mistake(i, "the line is no Gherkin");
  }
  const before = blocks.filter(({ kind }) => kind === "background").flatMap(({ steps }) => steps);
  return {
    name,
    mistakes,
    scenarios: blocks
      .filter(({ kind }) => kind === "scenario")
      .flatMap((scenario) => scenariosOf(scenario, before, featureTags)),
  };
}
