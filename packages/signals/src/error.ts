/** Which rule a value broke. */
export type SignalRule = "unknown path" | "type" | "finite" | "integer" | "range" | "allowed" | "length" | "time";

/** A value that a signal cannot have, or a path that no signal has. Names path, rule and value. */
export class SignalError extends Error {
  readonly path: string;
  readonly rule: SignalRule;
  readonly value: unknown;

  constructor(path: string, rule: SignalRule, value: unknown, expected: string) {
    super(`${path} cannot be ${show(value)}: ${expected}`);
    this.name = "SignalError";
    this.path = path;
    this.rule = rule;
    this.value = value;
  }
}

const longest = 60;

function show(value: unknown): string {
  if (typeof value === "number" || typeof value === "boolean" || value === undefined || value === null)
    return String(value);
  if (typeof value === "string")
    return JSON.stringify(value.length > longest ? `${value.slice(0, longest)}...` : value);
  if (Array.isArray(value)) return `an array of ${value.length}`;
  return `a ${typeof value}`;
}
