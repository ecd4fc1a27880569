import Type from "typebox";
import { Value } from "typebox/value";
import { MappingError } from "./entry.ts";
import type { MappingEntry } from "./entry.ts";

const Plain = Type.Union([Type.Number(), Type.Boolean(), Type.String({ maxLength: 200 })]);

/** What Kuksa's CAN provider reads beside a signal of the VSS tree; vss2dbc, the other direction, writes and is none of this file's business. */
const Dbc2Vss = Type.Object({
  signal: Type.String({ minLength: 1, maxLength: 200 }),
  interval_ms: Type.Optional(Type.Number({ minimum: 0, maximum: 3_600_000 })),
  on_change: Type.Optional(Type.Boolean()),
  transform: Type.Optional(
    Type.Object({
      math: Type.Optional(Type.String({ minLength: 1, maxLength: 500 })),
      mapping: Type.Optional(Type.Array(Type.Object({ from: Plain, to: Plain }), { maxItems: 1_000 })),
    }),
  ),
});

const deepest = 24;
const mostEntries = 8_192;

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

const noteOf = (node: Readonly<Record<string, unknown>>): unknown => node["dbc2vss"] ?? node["dbc"];

/** Whether the file is a VSS tree, nested or flat, with at least one `dbc2vss` (or `dbc`, its older name) in it. */
export function holdsOverlay(file: unknown): boolean {
  let found = false;
  if (isRecord(file)) visit(file, "", 0, () => (found = true));
  return found;
}

/** @throws MappingError with the path of the signal */
export function readOverlay(file: unknown): readonly MappingEntry[] {
  const entries: MappingEntry[] = [];
  if (isRecord(file)) {
    visit(file, "", 0, (path, note) => {
      if (entries.length >= mostEntries) throw new MappingError(path, `more than ${mostEntries} entries`);
      entries.push(entryOf(path, note));
    });
  }
  return entries;
}

function visit(
  branch: Readonly<Record<string, unknown>>,
  above: string,
  depth: number,
  found: (path: string, note: unknown) => void,
): void {
  if (depth > deepest) throw new MappingError(above, `the tree is deeper than ${deepest}`);
  for (const [name, node] of Object.entries(branch)) {
    if (!isRecord(node)) continue;
    const path = above === "" ? name : `${above}.${name}`;
    const note = noteOf(node);
    if (note !== undefined) found(path, note);
    const { children } = node;
    if (isRecord(children)) visit(children, path, depth + 1, found);
  }
}

function entryOf(path: string, note: unknown): MappingEntry {
  if (!Value.Check(Dbc2Vss, note)) {
    const [first] = Value.Errors(Dbc2Vss, note);
    throw new MappingError(`${path}: dbc2vss${first?.instancePath ?? ""}`, first?.message ?? "is wrong");
  }
  const { signal, transform } = note;
  return {
    path,
    place: path,
    fields: [signal],
    // In this form the value of the signal is always called x.
    ...(transform?.math !== undefined && { expression: transform.math }),
    scale: 1,
    offset: 0,
    unit: { kind: "as VSS" },
    ...(transform?.mapping !== undefined && {
      map: transform.mapping.map(({ from, to }) => ({ from: typeof from === "boolean" ? Number(from) : from, to })),
    }),
    invalid: [],
    everyMs: note.interval_ms ?? 0,
    onChange: note.on_change ?? false,
    priority: 0,
  };
}
