import type { Catalogue, Signal, SignalValue } from "@caravan/signals";
import type { Dbc, DbcMessage, DbcSignal } from "../dbc/dbc.ts";
import { MappingError } from "./entry.ts";
import type { Mapping, MappingEntry } from "./entry.ts";
import { ExpressionError, parseExpression } from "./expression.ts";
import type { Expression } from "./expression.ts";
import { conversionBetween, isKnownUnit } from "./units.ts";
import type { UnitConversion } from "./units.ts";

/** One entry tied to its message, its field and its signal; slots count from the message's first. */
export interface Rule {
  readonly signal: Signal;
  /** In `Dbc.messages`. */
  readonly message: number;
  readonly slots: readonly number[];
  readonly expression?: { readonly value: Expression; readonly slotOf: ReadonlyMap<string, number> };
  /** Applied to what field or expression give. */
  readonly conversion: UnitConversion;
  /** The only values there are, where the entry lists them. */
  readonly table?: ReadonlyMap<number, SignalValue>;
  readonly invalid: readonly number[];
  readonly bus?: string;
  readonly everyMs: number;
  readonly onChange: boolean;
  readonly timeoutMs: number;
  readonly priority: number;
  /** Where the value is from, where several entries tell of the same signal. */
  readonly part?: string;
}

export interface CompiledMapping {
  readonly rules: readonly Rule[];
  /** Entries that were left out, and units that were taken on trust. */
  readonly warnings: readonly string[];
}

const usualTimeoutMs = 5_000;
const leastTimeoutMs = 1_000;
/** A message may be lost a few times before its signals count as silent. */
const cyclesToSilence = 5;
const mostWarnings = 200;
/** As many sources as a signal can have. */
const mostRulesOfSignal = 8;

/**
 * Ties a mapping to a DBC and a catalogue.
 * @throws MappingError where an entry of a strict mapping does not fit; in other mappings it is left out with a warning
 */
export function compileMapping(mapping: Mapping, dbc: Dbc, catalogue: Pick<Catalogue, "find">): CompiledMapping {
  const rules: Rule[] = [];
  const warnings: string[] = [];
  const warn = (warning: string): void => {
    if (warnings.length < mostWarnings) warnings.push(warning);
  };
  for (const entry of mapping.entries) {
    try {
      rules.push(...compileEntry(entry, dbc, catalogue, warn));
    } catch (error) {
      if (mapping.isStrict || !(error instanceof MappingError)) throw error;
      warn(`${error.message}; left out`);
    }
  }
  const several = Map.groupBy(rules, ({ signal }) => signal);
  for (const [signal, group] of several) {
    if (group.length > mostRulesOfSignal)
      throw new MappingError(signal.path, `more than ${mostRulesOfSignal} entries for one signal`);
  }
  if (rules.length === 0)
    throw new MappingError("", `nothing of it fits${warnings.length > 0 ? `: ${warnings[0]}` : ""}`);
  return {
    rules: rules.map((rule) =>
      (several.get(rule.signal)?.length ?? 0) > 1 ? { ...rule, part: partOf(rule, dbc) } : rule,
    ),
    warnings,
  };
}

/** "WHEELS.SPEED", or "WHEELS.LEFT+RIGHT" where a value is made of several fields. */
function partOf({ message, slots }: Rule, dbc: Dbc): string {
  const { name, signals } = messageAt(dbc, message);
  return `${name}.${slots.map((slot) => signals[slot]?.name ?? "").join("+")}`;
}

function compileEntry(
  entry: MappingEntry,
  dbc: Dbc,
  catalogue: Pick<Catalogue, "find">,
  warn: (warning: string) => void,
): readonly Rule[] {
  const { place } = entry;
  const signal = catalogue.find(entry.path);
  if (signal === undefined) throw new MappingError(place, `no signal has the path ${entry.path}`);
  if (signal.datatype.endsWith("[]")) throw new MappingError(place, `${entry.path} is a list, which no field can hold`);
  return messagesFor(entry, dbc).map((number) => {
    const message = messageAt(dbc, number);
    const { slots, expression, only } = valueOf(entry, message);
    const table = tableOf(entry, signal, only);
    if (table === undefined && signal.datatype === "string")
      throw new MappingError(place, `${entry.path} is text, so the entry needs a "map" of values to words`);
    return {
      signal,
      message: number,
      slots,
      ...(expression !== undefined && { expression }),
      conversion:
        table === undefined ? conversionOf(entry, signal, only, warn) : { factor: entry.scale, offset: entry.offset },
      ...(table !== undefined && { table }),
      invalid: entry.invalid,
      ...(entry.bus !== undefined && { bus: entry.bus }),
      everyMs: entry.everyMs,
      onChange: entry.onChange,
      timeoutMs: timeoutOf(entry, message),
      priority: entry.priority,
    };
  });
}

const messageAt = (dbc: Dbc, number: number): DbcMessage => {
  const message = dbc.messages[number];
  if (message === undefined) throw new RangeError(`there is no message ${number}`);
  return message;
};

/** The named message; without a name, all that have the field. */
function messagesFor({ place, message, fields }: MappingEntry, dbc: Dbc): readonly number[] {
  const [field] = fields;
  const found = dbc.messages.flatMap(({ name, signals }, number) => {
    const fits = message === undefined ? signals.some((signal) => signal.name === field) : name === message;
    return fits ? [number] : [];
  });
  if (found.length > 0) return found;
  throw new MappingError(
    place,
    message === undefined ? `the DBC has no signal ${field ?? ""}` : `the DBC has no message ${message}`,
  );
}

interface Value {
  readonly slots: readonly number[];
  readonly expression?: Rule["expression"];
  /** The field, where the value is that of one field alone. */
  readonly only: DbcSignal | undefined;
}

function valueOf({ place, fields, expression }: MappingEntry, message: DbcMessage): Value {
  const slotFor = (name: string): number => {
    const slot = message.signals.findIndex((signal) => signal.name === name);
    if (slot < 0)
      throw new MappingError(place, `the message ${message.name} has no field ${name}${didYouMean(name, message)}`);
    return slot;
  };
  const [field] = fields;
  if (expression === undefined) {
    if (field === undefined) throw new MappingError(place, "names no field");
    const slot = slotFor(field);
    return { slots: [slot], only: message.signals[slot] };
  }
  const { names, value } = parsed(place, expression);
  if (names.length === 0) throw new MappingError(place, "its value uses no field");
  const slotOf = new Map(
    names.map((name) => [name, name === "x" && field !== undefined ? slotFor(field) : slotFor(name)]),
  );
  return { slots: [...slotOf.values()], expression: { value, slotOf }, only: undefined };
}

function parsed(place: string, expression: string): ReturnType<typeof parseExpression> {
  try {
    return parseExpression(expression);
  } catch (error) {
    if (!(error instanceof ExpressionError)) throw error;
    throw new MappingError(place, `the value "${expression.slice(0, 60)}", ${error.message}`);
  }
}

function didYouMean(name: string, message: DbcMessage): string {
  const near = message.signals.find((signal) => signal.name.toLowerCase() === name.toLowerCase());
  if (near !== undefined) return `; did you mean ${near.name}?`;
  const names = message.signals.map((signal) => signal.name).join(", ");
  return names === "" ? "" : `; it has ${names.length > 200 ? `${names.slice(0, 200)}...` : names}`;
}

/** Values by physical value: what the entry lists, or for text the DBC's own words where the signal takes them. */
function tableOf(
  { place, map, path }: MappingEntry,
  signal: Signal,
  field: DbcSignal | undefined,
): ReadonlyMap<number, SignalValue> | undefined {
  const table = new Map<number, SignalValue>();
  if (map !== undefined) {
    for (const { from, to } of map) table.set(physicalOf(place, from, field), fitting(place, signal, to));
    return table;
  }
  if (signal.datatype !== "string" || field === undefined || field.labels.size === 0) return undefined;
  for (const [raw, word] of field.labels) {
    if (signal.allowed === undefined || signal.allowed.includes(word))
      table.set(raw * field.factor + field.offset, word);
  }
  if (table.size > 0) return table;
  throw new MappingError(
    place,
    `none of the words of ${field.name} is one that ${path} may have; say which means what in a "map"`,
  );
}

function physicalOf(place: string, from: string | number, field: DbcSignal | undefined): number {
  if (typeof from === "number") return from;
  const found = [...(field?.labels ?? [])].find(([, word]) => word === from);
  if (field !== undefined && found !== undefined) return found[0] * field.factor + field.offset;
  const words = [...(field?.labels.values() ?? [])].join(", ").slice(0, 200);
  throw new MappingError(
    place,
    `"${from.slice(0, 60)}" is no number and no word of the field${words === "" ? "" : `; it has ${words}`}`,
  );
}

/** A value of the map as the signal takes it. */
function fitting(place: string, { path, datatype, allowed }: Signal, to: SignalValue): SignalValue {
  const type = datatype === "string" || datatype === "boolean" ? datatype : "number";
  if (typeof to !== type) {
    // JSON written by hand, and Kuksa's overlays, say truth as text or number too.
    if (datatype === "boolean" && (to === 0 || to === 1 || to === "true" || to === "false"))
      return to === 1 || to === "true";
    if (type === "number" && typeof to === "string" && to.trim() !== "" && Number.isFinite(Number(to)))
      return Number(to);
    throw new MappingError(place, `${path} holds ${datatype}, not ${JSON.stringify(to)}`);
  }
  if (allowed !== undefined && typeof to !== "object" && !allowed.includes(to))
    throw new MappingError(place, `${path} is one of ${allowed.join(", ")}, not ${JSON.stringify(to)}`);
  return to;
}

/** Scale and offset of the entry, then the units. */
function conversionOf(
  { place, scale, offset, unit }: MappingEntry,
  signal: Signal,
  field: DbcSignal | undefined,
  warn: (warning: string) => void,
): UnitConversion {
  const plain = { factor: scale, offset };
  if (unit.kind === "as VSS" || signal.unit === undefined) return plain;
  const from = unit.kind === "named" ? unit.unit : (field?.unit ?? "");
  if (from === "") return plain;
  const conversion = conversionBetween(from, signal.unit);
  if (conversion !== undefined)
    return { factor: scale * conversion.factor, offset: offset * conversion.factor + conversion.offset };
  if (unit.kind === "named" || isKnownUnit(from))
    throw new MappingError(place, `"${from}" cannot be turned into ${signal.unit}`);
  warn(`${place}: the unit "${from}" is not known, so values are taken as ${signal.unit}`);
  return plain;
}

function timeoutOf({ timeoutMs, everyMs }: MappingEntry, { cycleMs }: DbcMessage): number {
  if (timeoutMs !== undefined) return timeoutMs;
  const usual = cycleMs === undefined ? usualTimeoutMs : Math.max(leastTimeoutMs, cyclesToSilence * cycleMs);
  return Math.max(usual, 3 * everyMs);
}
