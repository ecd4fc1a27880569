/** One signal of a message, as a DBC tells it. */
export interface DbcSignal {
  readonly name: string;
  /** As the file numbers bits: of the lowest bit in Intel order, of the highest in Motorola order. */
  readonly start: number;
  /** Bits, 1 to 64. */
  readonly length: number;
  readonly order: "intel" | "motorola";
  readonly form: "unsigned" | "signed" | "float32" | "float64";
  /** Physical value = raw value * factor + offset. */
  readonly factor: number;
  readonly offset: number;
  readonly min: number;
  readonly max: number;
  /** As the file spells it; empty where there is none. */
  readonly unit: string;
  /** Words for raw values. */
  readonly labels: ReadonlyMap<number, string>;
  readonly isMultiplexor: boolean;
  /** Present only while another signal of the message has one of these raw values, limits included. */
  readonly presentIf?: { readonly multiplexor: string; readonly ranges: readonly (readonly [number, number])[] };
  /** In the file. */
  readonly line: number;
}

export interface DbcMessage {
  /** 11 or 29 bits, as it stands on the bus. */
  readonly id: number;
  readonly isExtended: boolean;
  readonly name: string;
  /** Bytes, up to 64. */
  readonly size: number;
  readonly signals: readonly DbcSignal[];
  /** How often it is sent, where the file says so (attribute GenMsgCycleTime). */
  readonly cycleMs?: number;
  readonly line: number;
}

/** A CAN database. */
export interface Dbc {
  readonly messages: readonly DbcMessage[];
  /** What was left out or taken with a pinch of salt, each with its line. */
  readonly warnings: readonly string[];
}

/** What is wrong with a DBC, with the line where it is. */
export class DbcError extends Error {
  readonly line: number;

  constructor(line: number, problem: string) {
    super(`line ${line}: ${problem}`);
    this.name = "DbcError";
    this.line = line;
  }
}

/** One number for an identifier of either kind: bit 31 marks 29-bit ones, as DBC files and SocketCAN do. */
export const keyOf = (id: number, isExtended: boolean): number => (isExtended ? (id | 0x8000_0000) >>> 0 : id);
