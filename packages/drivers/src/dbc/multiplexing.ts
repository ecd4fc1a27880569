import { DbcError } from "./dbc.ts";

/** A signal is there while the multiplexor's raw value lies in one of these ranges, limits included. */
export interface MultiplexRule {
  readonly multiplexor: string;
  readonly ranges: readonly (readonly [number, number])[];
}

interface Multiplexed {
  readonly name: string;
  readonly line: number;
  readonly isMultiplexor: boolean;
  readonly multiplexed: number | undefined;
  readonly rule: MultiplexRule | undefined;
  readonly form: string;
}

/**
 * Which signals are there only sometimes, by name. In simple multiplexing one signal (M) switches all others (m3); in extended multiplexing SG_MUL_VAL_
 * says who switches whom, and a switch may be switched itself (m3M).
 * @throws DbcError where nobody switches, it is not clear who, or switches go in a circle
 */
export function resolveMultiplexing(
  message: string,
  signals: readonly Multiplexed[],
): ReadonlyMap<string, MultiplexRule> {
  const byName = new Map(signals.map((signal) => [signal.name, signal]));
  const roots = signals.filter(({ isMultiplexor, multiplexed }) => isMultiplexor && multiplexed === undefined);
  const rules = new Map<string, MultiplexRule>();
  for (const signal of signals) {
    const { name, line, multiplexed, rule } = signal;
    if (rule !== undefined) {
      const switching = byName.get(rule.multiplexor);
      if (switching?.isMultiplexor !== true)
        throw new DbcError(line, `${name} depends on ${rule.multiplexor}, which is no multiplexor of ${message}`);
      rules.set(name, rule);
    } else if (multiplexed !== undefined) {
      const [root, second] = roots;
      if (root === undefined) throw new DbcError(line, `${name} is multiplexed, but ${message} has no multiplexor`);
      if (second !== undefined)
        throw new DbcError(
          line,
          `${message} has two multiplexors, ${root.name} and ${second.name}; which is that of ${name}?`,
        );
      rules.set(name, { multiplexor: root.name, ranges: [[multiplexed, multiplexed]] });
    }
  }
  for (const { name, line, form, isMultiplexor } of signals) {
    if (isMultiplexor && form.startsWith("float"))
      throw new DbcError(line, `${name} is a multiplexor and cannot be an IEEE number`);
    const seen = new Set<string>();
    for (let at: string | undefined = name; at !== undefined; at = rules.get(at)?.multiplexor) {
      if (seen.has(at)) throw new DbcError(line, `the multiplexors of ${name} go in a circle`);
      seen.add(at);
    }
  }
  return rules;
}
