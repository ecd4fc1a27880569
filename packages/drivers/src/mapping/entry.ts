import type { SignalValue } from "@caravan/signals";

/** How one VSS signal comes out of one message. Of several entries for one signal each is a source of its own. */
export interface MappingEntry {
  readonly path: string;
  /** Where in the file it stands, for error sentences. */
  readonly place: string;
  /** Name of the message; absent where the field's name alone must do. */
  readonly message?: string;
  /** Names of fields in the message that the value is made of. */
  readonly fields: readonly string[];
  /** An expression over the fields; the value of the only field without. */
  readonly expression?: string;
  /** Applied to the value in this order, before the unit: value * scale + offset. */
  readonly scale: number;
  readonly offset: number;
  /** Unit of the value; "as DBC": the one the DBC names; "as VSS": taken as it is. */
  readonly unit: { readonly kind: "named"; readonly unit: string } | { readonly kind: "as DBC" | "as VSS" };
  /** Values by the DBC's word or number; what is not listed is no reading. */
  readonly map?: readonly { readonly from: string | number; readonly to: SignalValue }[];
  /** Values that mean "not available". */
  readonly invalid: readonly number[];
  /** Only frames of this bus count. */
  readonly bus?: string;
  /** Not more often than this. */
  readonly everyMs: number;
  /** Only when it changes, and now and then to show that it lives. */
  readonly onChange: boolean;
  readonly timeoutMs?: number;
  readonly priority: number;
}

/** A mapping file, read; `isStrict`: every entry must fit, where otherwise those that do not are left out. */
export interface Mapping {
  readonly entries: readonly MappingEntry[];
  readonly isStrict: boolean;
}

/** What is wrong with a mapping file, and where in it. */
export class MappingError extends Error {
  constructor(place: string, problem: string) {
    super(place === "" ? problem : `${place}: ${problem}`);
    this.name = "MappingError";
  }
}
