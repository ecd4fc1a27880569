import type { Signal } from "@caravan/signals";
import { expressionLimits, parseExpression } from "./expression.ts";
import type { Expression, ExpressionFault, ParsedExpression } from "./expression.ts";
import type { Span } from "./token.ts";

/** What a condition needs to know of a signal. */
export type DescribedSignal = Pick<Signal, "path" | "datatype" | "allowed" | "unit">;

type Kind = "number" | "yes-no" | "text";

interface Typed {
  readonly kind: Kind;
  /** Where the expression is a signal of its own. */
  readonly signal?: DescribedSignal | undefined;
}

/**
 * Reads a condition and holds it against a vocabulary: every path must be a signal of it, numbers are compared with numbers, and the whole must
 * be true or false. `describe` answers undefined for a path that is no signal.
 */
export function checkExpression(
  text: string,
  describe: (path: string) => DescribedSignal | undefined,
): ParsedExpression {
  const parsed = parseExpression(text);
  if (parsed.kind === "failed") return parsed;
  const { expression } = parsed;
  const paths = signalsOf(expression);
  if (paths.length > expressionLimits.signals) {
    const message = `A condition looks at ${expressionLimits.signals} signals at most.`;
    return { kind: "failed", fault: fault("too-many-signals", expression, message) };
  }
  const found = kindOf(expression, describe);
  if ("code" in found) return { kind: "failed", fault: found };
  if (found.kind === "yes-no") return parsed;
  const message = "The whole must be true or false, such as a comparison.";
  return { kind: "failed", fault: fault("yes-no-expected", expression, message) };
}

/** The paths a condition looks at, each once. */
export function signalsOf(expression: Expression): readonly string[] {
  const paths = new Set<string>();
  const visit = (part: Expression): void => {
    switch (part.kind) {
      case "literal":
        return;
      case "signal":
      case "known":
        paths.add(part.path);
        return;
      case "absolute":
      case "minus":
      case "not":
        return visit(part.of);
      case "arithmetic":
      case "compare":
      case "and":
      case "or":
        visit(part.left);
        visit(part.right);
    }
  };
  visit(expression);
  return [...paths];
}

function kindOf(part: Expression, describe: (path: string) => DescribedSignal | undefined): Typed | ExpressionFault {
  switch (part.kind) {
    case "literal":
      return { kind: kindOfValue(part.value) };
    case "signal":
    case "known": {
      const signal = describe(part.path);
      if (signal === undefined) {
        return fault("unknown-signal", part, `No signal has the path ${part.path}.`, part.path);
      }
      if (part.kind === "known") return { kind: "yes-no" };
      const { datatype } = signal;
      if (datatype.endsWith("[]")) {
        return fault("list-signal", part, `${part.path} is a list, and lists cannot be compared.`, part.path);
      }
      return { kind: datatype === "boolean" ? "yes-no" : datatype === "string" ? "text" : "number", signal };
    }
    case "absolute":
    case "minus":
      return demand(part.of, "number", describe);
    case "not":
      return demand(part.of, "yes-no", describe);
    case "arithmetic":
      return both(demand(part.left, "number", describe), () => demand(part.right, "number", describe), "number");
    case "and":
    case "or":
      return both(demand(part.left, "yes-no", describe), () => demand(part.right, "yes-no", describe), "yes-no");
    case "compare":
      return comparison(part, describe);
  }
}

function comparison(
  part: Expression & { readonly kind: "compare" },
  describe: (path: string) => DescribedSignal | undefined,
): Typed | ExpressionFault {
  const left = kindOf(part.left, describe);
  if ("code" in left) return left;
  const right = kindOf(part.right, describe);
  if ("code" in right) return right;
  if (left.kind !== right.kind) {
    const message = `A ${words[left.kind]} cannot be compared with a ${words[right.kind]}.`;
    return fault("cannot-compare", part, message);
  }
  if (part.sign !== "==" && part.sign !== "!=" && left.kind !== "number") {
    return fault("number-expected", part, `A ${words[left.kind]} is neither more nor less than another; use == or !=.`);
  }
  return neverThat(left.signal, part.right) ?? neverThat(right.signal, part.left) ?? { kind: "yes-no" };
}

const words: Readonly<Record<Kind, string>> = { number: "number", "yes-no": "yes or no", text: "text" };

/** A signal compared with a word that it never says: a slip of the pen that would stay silent for ever. */
function neverThat(signal: DescribedSignal | undefined, other: Expression): ExpressionFault | undefined {
  const allowed = signal?.allowed;
  if (allowed === undefined || other.kind !== "literal" || allowed.includes(other.value)) return undefined;
  const message = `This signal is never that; it is one of ${allowed.join(", ")}.`;
  return fault("never-that-value", other, message, String(other.value));
}

function demand(
  part: Expression,
  kind: Kind,
  describe: (path: string) => DescribedSignal | undefined,
): Typed | ExpressionFault {
  const found = kindOf(part, describe);
  if ("code" in found) return found;
  if (found.kind === kind) return { kind };
  return kind === "number"
    ? fault("number-expected", part, `A number is expected here, not a ${words[found.kind]}.`)
    : fault("yes-no-expected", part, `Something true or false is expected here, not a ${words[found.kind]}.`);
}

function both(
  first: Typed | ExpressionFault,
  second: () => Typed | ExpressionFault,
  kind: Kind,
): Typed | ExpressionFault {
  if ("code" in first) return first;
  const other = second();
  return "code" in other ? other : { kind };
}

function kindOfValue(value: number | boolean | string): Kind {
  return typeof value === "number" ? "number" : typeof value === "boolean" ? "yes-no" : "text";
}

function fault(code: ExpressionFault["code"], { at, length }: Span, message: string, word = ""): ExpressionFault {
  return { code, at, length, message, word };
}
