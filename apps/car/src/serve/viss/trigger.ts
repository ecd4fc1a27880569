import type { Boundary, Operation, Operator } from "./filter.ts";

function compare(operator: Operator, left: number, right: number): boolean {
  switch (operator) {
    case "eq":
      return left === right;
    case "ne":
      return left !== right;
    case "gt":
      return left > right;
    case "gte":
      return left >= right;
    case "lt":
      return left < right;
    case "lte":
      return left <= right;
  }
}

export function isInRange(value: number, { boundaries, combine }: Extract<Operation, { kind: "range" }>): boolean {
  const holds = ({ operator, boundary }: Boundary): boolean => compare(operator, value, boundary);
  return combine === "AND" ? boundaries.every(holds) : boundaries.some(holds);
}

/**
 * Does the new value differ from the reference as asked? And which value is the reference for the next one?
 * With a difference of 0 that is always the newest value, so that each step counts by itself (a lamp that goes on, off and on has gone on
 * twice); otherwise it is the value last reported, so that slow changes add up.
 */
export function hasChanged(
  reference: number | undefined,
  value: number,
  { operator, diff }: Extract<Operation, { kind: "change" }>,
): { readonly triggered: boolean; readonly reference: number } {
  if (reference === undefined) return { triggered: false, reference: value };
  const triggered = compare(operator, value - reference, diff);
  return { triggered, reference: triggered || diff === 0 ? value : reference };
}
