// Hot: what is compiled here runs at each change of a signal it looks at (about 1,000/s) and must not allocate.
import type { SignalValue } from "@caravan/signals";
import type { Comparison, Expression } from "./expression.ts";

type Value = SignalValue | undefined;
type Read = () => Value;

/**
 * A condition as a function. `read` is asked once for each path and answers how to read it; undefined is a signal without a value.
 * Missing is not zero: what rests on a missing value is undefined, unless the rest decides (`false and ?` is false, `true or ?` is true).
 */
export function compileExpression(expression: Expression, read: (path: string) => Read): () => boolean | undefined {
  const whole = compile(expression, read);
  return () => {
    const value = whole();
    return typeof value === "boolean" ? value : undefined;
  };
}

function compile(part: Expression, read: (path: string) => Read): Read {
  switch (part.kind) {
    case "literal": {
      const { value } = part;
      return () => value;
    }
    case "signal":
      return read(part.path);
    case "known": {
      const value = read(part.path);
      return () => value() !== undefined;
    }
    case "absolute": {
      const of = compile(part.of, read);
      return () => {
        const value = of();
        return typeof value === "number" ? Math.abs(value) : undefined;
      };
    }
    case "minus": {
      const of = compile(part.of, read);
      return () => {
        const value = of();
        return typeof value === "number" ? -value : undefined;
      };
    }
    case "not": {
      const of = compile(part.of, read);
      return () => {
        const value = of();
        return typeof value === "boolean" ? !value : undefined;
      };
    }
    case "arithmetic":
      return arithmetic(part.sign, compile(part.left, read), compile(part.right, read));
    case "compare":
      return comparison(part.sign, compile(part.left, read), compile(part.right, read));
    case "and":
      return decided(false, compile(part.left, read), compile(part.right, read));
    case "or":
      return decided(true, compile(part.left, read), compile(part.right, read));
  }
}

/** `and` is decided by the first false, `or` by the first true, whatever the other says. */
function decided(by: boolean, left: Read, right: Read): Read {
  return () => {
    const first = left();
    if (first === by) return by;
    const second = right();
    if (second === by) return by;
    return first === undefined || second === undefined ? undefined : !by;
  };
}

function arithmetic(sign: "+" | "-" | "*" | "/", left: Read, right: Read): Read {
  return () => {
    const a = left();
    const b = right();
    if (typeof a !== "number" || typeof b !== "number") return undefined;
    const value = sign === "+" ? a + b : sign === "-" ? a - b : sign === "*" ? a * b : a / b;
    return Number.isFinite(value) ? value : undefined;
  };
}

function comparison(sign: Comparison, left: Read, right: Read): Read {
  return () => {
    const a = left();
    const b = right();
    if (a === undefined || b === undefined) return undefined;
    if (sign === "==") return a === b;
    if (sign === "!=") return a !== b;
    if (typeof a !== "number" || typeof b !== "number") return undefined;
    switch (sign) {
      case "<":
        return a < b;
      case "<=":
        return a <= b;
      case ">":
        return a > b;
      case ">=":
        return a >= b;
    }
  };
}
