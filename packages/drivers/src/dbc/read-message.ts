import { DbcError } from "./dbc.ts";
import type { DbcSignal } from "./dbc.ts";
import type { MultiplexRule } from "./multiplexing.ts";
import type { Tokens } from "./tokens.ts";

/** A signal while later statements may still add to it. */
export interface DraftSignal extends Omit<DbcSignal, "form" | "labels" | "presentIf"> {
  form: DbcSignal["form"];
  labels: ReadonlyMap<number, string>;
  /** The number behind the small m: the raw value of the multiplexor with which the signal is there. */
  readonly multiplexed: number | undefined;
  /** Said by SG_MUL_VAL_. */
  rule: MultiplexRule | undefined;
}

export interface DraftMessage {
  readonly id: number;
  readonly isExtended: boolean;
  readonly name: string;
  readonly size: number;
  readonly signals: Map<string, DraftSignal>;
  readonly line: number;
  cycleMs?: number;
}

/** Files collect signals without a message under this id. */
const orphans = 0xc000_0000;
const mostSignalsOfMessage = 1_024;
const mostBytes = 64;

/** `BO_ 170 WHEELS: 8 BRAKES` and the SG_ lines below it; undefined for what is no message of a CAN frame. */
export function readMessage(tokens: Tokens, line: number, warn: (warning: string) => void): DraftMessage | undefined {
  const key = tokens.whole("the id of a message", 0, 0xffff_ffff);
  const name = tokens.name("the name of a message");
  tokens.expect(":", `after ${name}`);
  const size = tokens.whole("the size of a message in bytes", 0, 65_535);
  tokens.name("the sender of a message");
  const isExtended = key >= 0x8000_0000;
  const isFrame = key !== orphans && size <= mostBytes;
  if (isFrame && (isExtended ? key - 0x8000_0000 > 0x1fff_ffff : key > 0x7ff))
    throw new DbcError(line, `${name} has the id ${key}, which is neither of 11 bits nor of 29 with bit 31 set`);
  const signals = new Map<string, DraftSignal>();
  while (tokens.peek().text === "SG_" && tokens.peek().kind === "name") {
    const signal = readSignal(tokens);
    const other = signals.get(signal.name);
    if (other !== undefined && isFrame)
      throw new DbcError(signal.line, `${name} has a signal ${signal.name} in line ${other.line} already`);
    signals.set(signal.name, signal);
    if (signals.size > mostSignalsOfMessage)
      throw new DbcError(signal.line, `${name} has more than ${mostSignalsOfMessage} signals`);
  }
  if (!isFrame) {
    if (key !== orphans) warn(`line ${line}: ${name} has ${size} bytes, more than any frame, and is left out`);
    return undefined;
  }
  return { id: isExtended ? key - 0x8000_0000 : key, isExtended, name, size, signals, line };
}

function readSignal(tokens: Tokens): DraftSignal {
  const { line } = tokens.take();
  const name = tokens.name("the name of a signal");
  const role = tokens.peek().kind === "name" ? tokens.take().text : "";
  const match = /^(?:m(?<value>\d{1,10}))?(?<isMultiplexor>M)?$/.exec(role);
  if (match === null)
    throw new DbcError(line, `${name}: "${role.slice(0, 20)}" is no multiplexing such as M, m3 or m3M`);
  tokens.expect(":", `after ${name}`);
  const start = tokens.whole(`${name}: the first bit`, 0, 511);
  tokens.expect("|", "between first bit and length");
  const length = tokens.whole(`${name}: the length in bits`, 1, 64);
  tokens.expect("@", "before the byte order");
  const order = tokens.whole(`${name}: the byte order`, 0, 1) === 1 ? "intel" : "motorola";
  const isSigned = readSign(tokens, name);
  tokens.expect("(", "before the factor");
  const factor = tokens.number(`${name}: the factor`);
  tokens.expect(",", "between factor and offset");
  const offset = tokens.number(`${name}: the offset`);
  tokens.expect(")", "after the offset");
  tokens.expect("[", "before the limits");
  const min = tokens.number(`${name}: the lower limit`);
  tokens.expect("|", "between the limits");
  const max = tokens.number(`${name}: the upper limit`);
  tokens.expect("]", "after the limits");
  const unit = tokens.text(`${name}: the unit in quotes`);
  do {
    if (tokens.peek().kind === "name" && !tokens.peek().isFirst) tokens.take();
  } while (tokens.skip(","));
  const value = match.groups?.["value"];
  return {
    name,
    line,
    start,
    length,
    order,
    form: isSigned ? "signed" : "unsigned",
    factor,
    offset,
    min,
    max,
    unit,
    labels: new Map(),
    isMultiplexor: match.groups?.["isMultiplexor"] !== undefined,
    multiplexed: value === undefined ? undefined : Number(value),
    rule: undefined,
  };
}

function readSign(tokens: Tokens, name: string): boolean {
  if (tokens.skip("+")) return false;
  if (tokens.skip("-")) return true;
  throw tokens.unexpected(`${name}: + or - for unsigned or signed`);
}
