import Type from "typebox";
import { Value } from "typebox/value";
import { failure } from "./error.ts";
import type { Failure } from "./error.ts";
import { isNumberText } from "./wire.ts";

export type Operator = "eq" | "ne" | "gt" | "gte" | "lt" | "lte";

export interface Boundary {
  readonly operator: Operator;
  readonly boundary: number;
}

/** What a filter asks for besides paths. */
export type Operation =
  | { readonly kind: "timebased"; readonly periodMs: number }
  | { readonly kind: "range"; readonly boundaries: readonly Boundary[]; readonly combine: "AND" | "OR" }
  | { readonly kind: "change"; readonly operator: Operator; readonly diff: number }
  | { readonly kind: "curvelog"; readonly maxError: number; readonly bufferSize: number }
  | { readonly kind: "history"; readonly ms: number }
  /** `names` empty: everything that is known. */
  | { readonly kind: "metadata"; readonly names: readonly string[]; readonly generations: number }
  | { readonly kind: "dynamic-metadata"; readonly name: string };

export interface Filters {
  readonly paths?: readonly string[];
  readonly operation?: Operation;
}

const mostPaths = 256;
const longestPath = 400;
/** A faster period would only burden the car; the standard lets a server send less often. */
const shortestPeriodMs = 20;
const longestPeriodMs = 86_400_000;
const largestBuffer = 1_000;

const PathText = Type.String({ minLength: 1, maxLength: longestPath });
const NumberText = Type.String({ minLength: 1, maxLength: 40 });
const IntegerText = Type.String({ pattern: "^[0-9]{1,9}$" });
const OperatorWord = Type.Union([
  Type.Literal("eq"),
  Type.Literal("ne"),
  Type.Literal("gt"),
  Type.Literal("gte"),
  Type.Literal("lt"),
  Type.Literal("lte"),
]);
const boundaryWords = {
  boundary: NumberText,
  "combination-op": Type.Optional(Type.Union([Type.Literal("AND"), Type.Literal("OR")])),
};
/** Since version 3.1 the operator is called as in a change filter. */
const BoundaryShape = Type.Union([
  Type.Object({ "boundary-op": OperatorWord, ...boundaryWords }),
  Type.Object({ "logic-op": OperatorWord, ...boundaryWords }),
]);
const Names = Type.Union([
  Type.String({ maxLength: 40 }),
  Type.Array(Type.String({ maxLength: 40 }), { minItems: 1, maxItems: 16 }),
]);

const Paths = Type.Union([PathText, Type.Array(PathText, { minItems: 1, maxItems: mostPaths })]);
const Timebased = Type.Object({ period: IntegerText });
const Range = Type.Union([BoundaryShape, Type.Array(BoundaryShape, { minItems: 1, maxItems: 2 })]);
const Change = Type.Object({ "logic-op": OperatorWord, diff: NumberText });
const Curvelog = Type.Object({ maxerr: NumberText, bufsize: IntegerText });
const Duration = Type.String({ maxLength: 40 });
const DynamicName = Type.Union([
  Type.String({ maxLength: 40 }),
  Type.Array(Type.String({ maxLength: 40 }), { minItems: 1, maxItems: 1 }),
]);

/**
 * Version 2 calls the kind of a filter `type`, version 3 `variant`; drafts of version 2 call its parameter `value`. All are understood
 * everywhere.
 */
const Expression = Type.Object({
  variant: Type.Optional(Type.String({ maxLength: 40 })),
  type: Type.Optional(Type.String({ maxLength: 40 })),
  parameter: Type.Optional(Type.Unknown()),
  value: Type.Optional(Type.Unknown()),
});

/** Reads a filter: one expression or two of them, as JSON or as text that holds JSON. */
export function parseFilters(raw: unknown): Filters | Failure {
  if (raw === undefined) return {};
  const wire = typeof raw === "string" ? fromText(raw) : raw;
  const list: readonly unknown[] = Array.isArray(wire) ? wire : [wire];
  if (list.length === 0 || list.length > 2) return failure("bad-filter");
  let paths: readonly string[] | undefined;
  let operation: Operation | undefined;
  for (const item of list) {
    if (!Value.Check(Expression, item)) return failure("bad-filter");
    const variant = item.variant ?? item.type;
    const parameter = item.parameter ?? item.value;
    if (variant === "paths") {
      if (paths || !Value.Check(Paths, parameter)) return failure("bad-filter");
      paths = typeof parameter === "string" ? [parameter] : parameter;
      continue;
    }
    if (operation) return failure("bad-filter");
    const parsed = parseOperation(variant, parameter);
    if ("problem" in parsed) return parsed;
    operation = parsed;
  }
  return { ...(paths && { paths }), ...(operation && { operation }) };
}

function fromText(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function parseOperation(variant: string | undefined, parameter: unknown): Operation | Failure {
  switch (variant) {
    case "timebased": {
      if (!Value.Check(Timebased, parameter)) return failure("bad-filter");
      const periodMs = Number(parameter.period);
      if (periodMs < 1 || periodMs > longestPeriodMs) return failure("bad-filter");
      return { kind: "timebased", periodMs: Math.max(periodMs, shortestPeriodMs) };
    }
    case "range":
      return Value.Check(Range, parameter)
        ? parseRange("boundary" in parameter ? [parameter] : parameter)
        : failure("bad-filter");
    case "change":
      if (!Value.Check(Change, parameter) || !isNumberText(parameter.diff)) return failure("bad-filter");
      return { kind: "change", operator: parameter["logic-op"], diff: Number(parameter.diff) };
    case "curvelog": {
      if (!Value.Check(Curvelog, parameter) || !isNumberText(parameter.maxerr)) return failure("bad-filter");
      const maxError = Number(parameter.maxerr);
      const bufferSize = Number(parameter.bufsize);
      if (maxError < 0 || bufferSize < 2 || bufferSize > largestBuffer) return failure("bad-filter");
      return { kind: "curvelog", maxError, bufferSize };
    }
    case "history": {
      const ms = Value.Check(Duration, parameter) ? durationMs(parameter) : undefined;
      return ms === undefined ? failure("bad-duration") : { kind: "history", ms };
    }
    case "metadata":
    case "static-metadata":
      if (!Value.Check(Names, parameter)) return failure("bad-filter");
      return parseMetadata(parameter);
    case "dynamic-metadata":
      if (!Value.Check(DynamicName, parameter)) return failure("bad-filter");
      return { kind: "dynamic-metadata", name: typeof parameter === "string" ? parameter : (parameter[0] ?? "") };
    default:
      return failure("bad-filter");
  }
}

/** Names of facts, or (version 3) how many generations of nodes: 0 is all of them, 1 the addressed one alone. */
function parseMetadata(parameter: Type.Static<typeof Names>): Operation {
  if (typeof parameter !== "string") return { kind: "metadata", names: parameter, generations: Infinity };
  if (/^\d{1,3}$/.test(parameter)) return { kind: "metadata", names: [], generations: Number(parameter) || Infinity };
  return { kind: "metadata", names: parameter === "" ? [] : [parameter], generations: Infinity };
}

function parseRange(shapes: readonly Type.Static<typeof BoundaryShape>[]): Operation | Failure {
  const boundaries: Boundary[] = [];
  for (const shape of shapes) {
    if (!isNumberText(shape.boundary)) return failure("bad-filter");
    const operator = "boundary-op" in shape ? shape["boundary-op"] : shape["logic-op"];
    boundaries.push({ operator, boundary: Number(shape.boundary) });
  }
  return { kind: "range", boundaries, combine: shapes[0]?.["combination-op"] ?? "AND" };
}

/** `PdddDThhHmmMssS` of ISO 8601, each part optional but not all; at most 998 days. */
export function durationMs(text: string): number | undefined {
  const parts = /^P(?:(\d{1,3})D)?(?:T(?=\d)(?:(\d{1,4})H)?(?:(\d{1,6})M)?(?:(\d{1,8})S)?)?$/.exec(text);
  if (!parts || text === "P") return undefined;
  const [days = 0, hours = 0, minutes = 0, seconds = 0] = parts.slice(1).map((part) => Number(part ?? 0));
  if (days >= 999) return undefined;
  return (((days * 24 + hours) * 60 + minutes) * 60 + seconds) * 1_000;
}
