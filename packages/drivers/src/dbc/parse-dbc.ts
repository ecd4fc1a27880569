import { bytesNeeded } from "./bits.ts";
import { DbcError, keyOf } from "./dbc.ts";
import type { Dbc, DbcMessage, DbcSignal } from "./dbc.ts";
import { resolveMultiplexing } from "./multiplexing.ts";
import type { MultiplexRule } from "./multiplexing.ts";
import { readMessage } from "./read-message.ts";
import type { DraftMessage, DraftSignal } from "./read-message.ts";
import { Tokens } from "./tokens.ts";

/** Of all messages together. */
const mostSignals = 65_536;
const mostWarnings = 200;
const cycleTime = "GenMsgCycleTime";
const longestCycleMs = 3_600_000;

type Labels = ReadonlyMap<number, string>;

/** What a DBC has told so far; statements about signals may stand anywhere after their message. */
interface Draft {
  readonly messages: Map<number, DraftMessage>;
  readonly tables: Map<string, Labels>;
  readonly warnings: string[];
  usualCycleMs: number | undefined;
  signals: number;
}

/**
 * Reads a CAN database (Vector's DBC, as written down in its format documentation of 2007). Statements that say nothing about the layout of frames are
 * skipped.
 * @throws DbcError with the line of what is wrong
 */
export function parseDbc(text: string): Dbc {
  const tokens = new Tokens(text);
  const draft: Draft = { messages: new Map(), tables: new Map(), warnings: [], usualCycleMs: undefined, signals: 0 };
  while (tokens.peek().kind !== "end") readStatement(tokens, draft);
  if (draft.messages.size === 0) throw new DbcError(tokens.peek().line, "the file describes no message");
  return {
    messages: [...draft.messages.values()].map((message) => finishMessage(message, draft)),
    warnings: draft.warnings,
  };
}

function readStatement(tokens: Tokens, draft: Draft): void {
  const { line, kind } = tokens.peek();
  if (kind !== "name") throw tokens.unexpected("a statement of DBC such as BO_ or VAL_");
  const keyword = tokens.take().text;
  switch (keyword) {
    case "VERSION":
      tokens.text("the version in quotes");
      return;
    case "NS_":
      tokens.expect(":", "after NS_");
      // Its list of keywords ends where one is followed by something on its line.
      while (tokens.peek().kind === "name" && !isLastOfList(tokens)) tokens.take();
      return;
    case "BS_":
    case "BU_":
      skipLine(tokens, line);
      return;
    case "BO_":
      addMessage(
        readMessage(tokens, line, (warning) => warn(draft, warning)),
        draft,
        line,
      );
      return;
    case "VAL_TABLE_":
      draft.tables.set(tokens.name("the name of a value table"), readLabels(tokens));
      return;
    case "VAL_":
      readValues(tokens, draft, line);
      return;
    case "SIG_VALTYPE_":
      readValueType(tokens, draft, line);
      return;
    case "SG_MUL_VAL_":
      readMultiplexRanges(tokens, draft, line);
      return;
    case "BA_":
      readAttribute(tokens, draft, line);
      return;
    case "BA_DEF_DEF_":
      readUsualAttribute(tokens, draft, line);
      return;
    case "SG_":
      throw new DbcError(line, "a signal stands outside of any message");
    default:
      if (!/^[A-Z][A-Z_0-9]*_$/.test(keyword))
        throw new DbcError(line, `"${keyword.slice(0, 40)}" is no statement of DBC`);
      skipStatement(tokens, line);
  }
}

/** `BS_:` and whatever follows begin where a keyword is not alone on its line. */
function isLastOfList(tokens: Tokens): boolean {
  const { text } = tokens.peek();
  return text === "BS_" || text === "BU_" || text === "BO_";
}

function skipLine(tokens: Tokens, line: number): void {
  while (tokens.peek().kind !== "end" && tokens.peek().line === line) tokens.take();
  // Long lists of nodes are broken over indented lines of plain names.
  while (tokens.peek().kind === "name" && !tokens.peek().text.endsWith("_")) tokens.take();
}

function skipStatement(tokens: Tokens, line: number): void {
  while (!tokens.skip(";")) {
    if (tokens.peek().kind === "end") throw new DbcError(line, "a statement begins here and has no ; at its end");
    tokens.take();
  }
}

function addMessage(message: DraftMessage | undefined, draft: Draft, line: number): void {
  if (message === undefined) return;
  const key = keyOf(message.id, message.isExtended);
  const other = draft.messages.get(key);
  if (other !== undefined)
    throw new DbcError(line, `${message.name} has the id ${message.id} of ${other.name} in line ${other.line}`);
  draft.signals += message.signals.size;
  if (draft.signals > mostSignals) throw new DbcError(line, `more than ${mostSignals} signals`);
  draft.messages.set(key, message);
}

function readLabels(tokens: Tokens): Labels {
  const labels = new Map<number, string>();
  while (tokens.peek().kind === "number") {
    const raw = tokens.number("a raw value");
    labels.set(raw, tokens.text("the word for a raw value"));
  }
  tokens.expect(";", "after the values");
  return labels;
}

function readValues(tokens: Tokens, draft: Draft, line: number): void {
  // Without a number first they belong to an environment variable, which no frame carries.
  if (tokens.peek().kind !== "number") return skipStatement(tokens, line);
  const signal = signalFor(tokens, draft);
  if (tokens.peek().kind !== "name") {
    const labels = readLabels(tokens);
    if (signal !== undefined) signal.labels = labels;
    return undefined;
  }
  const name = tokens.name("the name of a value table");
  const table = draft.tables.get(name);
  if (table === undefined) throw new DbcError(line, `there is no value table ${name}`);
  if (signal !== undefined) signal.labels = table;
  tokens.expect(";", "after the values");
  return undefined;
}

function readValueType(tokens: Tokens, draft: Draft, line: number): void {
  const signal = signalFor(tokens, draft);
  tokens.skip(":");
  const type = tokens.whole("the type of a value", 0, 3);
  tokens.expect(";", "after the type of a value");
  if (signal === undefined || type === 0) return;
  const length = type === 1 ? 32 : 64;
  if (type === 3 || signal.length !== length)
    throw new DbcError(line, `${signal.name} has ${signal.length} bits and cannot be an IEEE number of type ${type}`);
  signal.form = type === 1 ? "float32" : "float64";
}

function readMultiplexRanges(tokens: Tokens, draft: Draft, line: number): void {
  const signal = signalFor(tokens, draft);
  const multiplexor = tokens.name("the name of the multiplexor");
  const ranges: [number, number][] = [];
  do {
    const from = tokens.whole("the beginning of a range", 0, 2 ** 32);
    // "3-5" may come as 3 and -5, since a number may have a sign.
    tokens.skip("-");
    const to = Math.abs(tokens.whole("the end of a range", -(2 ** 32), 2 ** 32));
    if (to < from) throw new DbcError(line, `the range ${from}-${to} ends before it begins`);
    ranges.push([from, to]);
  } while (tokens.skip(","));
  tokens.expect(";", "after the ranges");
  if (signal !== undefined) signal.rule = { multiplexor, ranges } satisfies MultiplexRule;
}

function readAttribute(tokens: Tokens, draft: Draft, line: number): void {
  const name = tokens.text("the name of an attribute");
  if (name === cycleTime && tokens.skip("BO_")) {
    const key = tokens.whole("the id of a message", 0, 0xffff_ffff);
    const cycleMs = tokens.number("the cycle time");
    const message = draft.messages.get(key);
    if (message !== undefined && cycleMs > 0 && cycleMs <= longestCycleMs) message.cycleMs = cycleMs;
  }
  skipStatement(tokens, line);
}

function readUsualAttribute(tokens: Tokens, draft: Draft, line: number): void {
  const name = tokens.text("the name of an attribute");
  if (name === cycleTime && tokens.peek().kind === "number") {
    const cycleMs = tokens.number("the cycle time");
    if (cycleMs > 0 && cycleMs <= longestCycleMs) draft.usualCycleMs = cycleMs;
  }
  skipStatement(tokens, line);
}

/** The signal that a statement is about; undefined, with a warning, where the file has none of this name. */
function signalFor(tokens: Tokens, draft: Draft): DraftSignal | undefined {
  const { line } = tokens.peek();
  const key = tokens.whole("the id of a message", 0, 0xffff_ffff);
  const name = tokens.name("the name of a signal");
  const signal = draft.messages.get(key)?.signals.get(name);
  if (signal === undefined) warn(draft, `line ${line}: there is no signal ${name} in a message ${key}`);
  return signal;
}

function warn(draft: Draft, warning: string): void {
  if (draft.warnings.length < mostWarnings) draft.warnings.push(warning);
}

function finishMessage(message: DraftMessage, draft: Draft): DbcMessage {
  const signals = [...message.signals.values()];
  const presence = resolveMultiplexing(message.name, signals);
  const cycleMs = message.cycleMs ?? draft.usualCycleMs;
  return {
    id: message.id,
    isExtended: message.isExtended,
    name: message.name,
    size: message.size,
    line: message.line,
    ...(cycleMs !== undefined && { cycleMs }),
    signals: signals.map((signal) => finishSignal(signal, message, presence.get(signal.name), draft)),
  };
}

function finishSignal(
  signal: DraftSignal,
  message: DraftMessage,
  presentIf: MultiplexRule | undefined,
  draft: Draft,
): DbcSignal {
  const { rule: _, multiplexed: __, ...facts } = signal;
  const needed = bytesNeeded(signal);
  if (needed > 64)
    throw new DbcError(signal.line, `${signal.name} reaches to byte ${needed}, and no frame has more than 64`);
  if (needed > message.size)
    warn(draft, `line ${signal.line}: ${signal.name} reaches over the ${message.size} bytes of ${message.name}`);
  return { ...facts, ...(presentIf !== undefined && { presentIf }) };
}
