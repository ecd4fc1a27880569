import { done, wrong } from "../outcome.ts";
import type { StepOutcome } from "../outcome.ts";
import { isMessage } from "./client.ts";
import type { Message } from "./client.ts";

const show = (value: unknown): string => JSON.stringify(value)?.slice(0, 300) ?? String(value);

/** Where a message differs from a pattern: an object's fields must be there, more may be; `"*"` is anything, `"/.../"` a regular expression. */
export function differences(expected: unknown, actual: unknown, at = "the message"): readonly string[] {
  if (expected === "*") return actual === undefined ? [`${at} is missing`] : [];
  if (typeof expected === "string" && expected.length > 1 && expected.startsWith("/") && expected.endsWith("/")) {
    const matches = typeof actual === "string" && new RegExp(expected.slice(1, -1)).test(actual);
    return matches ? [] : [`${at} is ${show(actual)} instead of ${expected}`];
  }
  if (Array.isArray(expected)) {
    if (!Array.isArray(actual)) return [`${at} is ${show(actual)} instead of a list`];
    if (actual.length !== expected.length) return [`${at} has ${actual.length} elements instead of ${expected.length}`];
    return expected.flatMap((item, i) => differences(item, actual[i], `${at}[${i}]`));
  }
  if (isMessage(expected)) {
    if (!isMessage(actual)) return [`${at} is ${show(actual)} instead of an object`];
    return Object.entries(expected).flatMap(([name, value]) =>
      value === null
        ? name in actual
          ? [`${at} has ${name}: ${show(actual[name])}`]
          : []
        : differences(value, actual[name], `${at}.${name}`),
    );
  }
  return expected === actual ? [] : [`${at} is ${show(actual)} instead of ${show(expected)}`];
}

/** Does the message hold what is expected? A `null` in the pattern means that the field must not be there. */
export function expectMessage(actual: Message | undefined, expected: unknown): StepOutcome {
  if (actual === undefined) return wrong("no answer came");
  const found = differences(expected, actual);
  return found.length === 0 ? done : wrong(...found, `it was ${show(actual)}`);
}

/** A check of what came, in words for when it does not hold. */
export function that(holds: boolean, otherwise: string, actual: unknown): StepOutcome {
  return holds ? done : wrong(`${otherwise}; it was ${show(actual)}`);
}
