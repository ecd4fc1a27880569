// Hot: `take` runs for every frame of every bus (about 5,000/s, a million in a fast replay).
import type { SignalValue } from "@caravan/signals";
import { Decoder } from "../dbc/decoder.ts";
import type { Dbc } from "../dbc/dbc.ts";
import type { Claim, Outlet } from "../driver.ts";
import type { CompiledMapping, Rule } from "../mapping/compile-mapping.ts";
import { frameFlags } from "./frames.ts";
import type { Frames } from "./frames.ts";

/** A rule at work: where its value stands and what it told last. */
interface Working {
  readonly rule: Rule;
  readonly claim: Claim;
  /** In the decoder. */
  readonly slots: readonly number[];
  readonly read: ((name: string) => number) | undefined;
  readonly form: "boolean" | "whole" | "number" | "table";
  toldAt: number;
  told: SignalValue | undefined;
}

/** What a message means: its rules, and whether some of its signals may be missing from a frame. */
interface Meaning {
  readonly working: readonly Working[];
  readonly isMultiplexed: boolean;
}

export interface TranslatorCounts {
  readonly frames: number;
  /** Of messages that the DBC does not describe. */
  readonly unknown: number;
  /** Remote and error frames, which carry no data. */
  readonly withoutData: number;
  /** Values that the mapping has no word for, or calls invalid. */
  readonly unmapped: number;
}

const nothing: Meaning = { working: [], isMultiplexed: false };

/** Frames in, readings out: decodes each frame and gives what the mapping makes of it to the outlet. */
export class Translator {
  readonly #decoder: Decoder;
  readonly #meanings: readonly Meaning[];
  readonly #outlet: Outlet;
  #frames = 0;
  #unknown = 0;
  #withoutData = 0;
  #unmapped = 0;

  constructor(parts: { readonly dbc: Dbc; readonly mapping: CompiledMapping; readonly outlet: Outlet }) {
    const { dbc, mapping, outlet } = parts;
    const decoder = new Decoder(dbc);
    this.#decoder = decoder;
    this.#outlet = outlet;
    const working = mapping.rules.map((rule) => workingOf(rule, decoder, outlet));
    this.#meanings = dbc.messages.map(({ signals }, message) => ({
      working: working.filter(({ rule }) => rule.message === message),
      isMultiplexed: signals.some(({ presentIf }) => presentIf !== undefined),
    }));
  }

  /** Takes in frame `i`; `at` is when it was on the bus, UTC ms. */
  take(frames: Frames, i: number, at: number): void {
    this.#frames++;
    if ((frames.flags[i] & (frameFlags.remote | frameFlags.error)) !== 0) {
      this.#withoutData++;
      return;
    }
    const decoder = this.#decoder;
    const key = frames.keys[i];
    const length = frames.lengths[i];
    const number = decoder.messageNumber(key);
    if (number < 0) {
      this.#unknown++;
      return;
    }
    const { working, isMultiplexed } = this.#meanings[number] ?? nothing;
    // What is not in this frame must not be told again as if it were.
    if (isMultiplexed || !decoder.isWhole(number, length)) this.#forget(working);
    decoder.decode(key, frames.data, frames.offsets[i], length);
    for (let k = 0; k < working.length; k++) {
      const each = working[k];
      if (each === undefined) continue;
      const { bus } = each.rule;
      if (bus !== undefined && frames.busNames[frames.buses[i]] !== bus) continue;
      this.#tell(each, at);
    }
  }

  counts(): TranslatorCounts {
    return {
      frames: this.#frames,
      unknown: this.#unknown,
      withoutData: this.#withoutData,
      unmapped: this.#unmapped,
    };
  }

  #forget(working: readonly Working[]): void {
    const { slots } = this.#decoder;
    for (const each of working) for (const slot of each.slots) slots[slot] = NaN;
  }

  #tell(each: Working, at: number): void {
    const { rule } = each;
    const value =
      each.read === undefined || rule.expression === undefined
        ? this.#decoder.slots[each.slots[0] ?? 0]
        : rule.expression.value(each.read);
    // Not in this frame, or nothing that can be worked out: no reading, and not zero.
    if (!Number.isFinite(value)) return;
    if (rule.invalid.length > 0 && rule.invalid.includes(value)) {
      this.#unmapped++;
      return;
    }
    const { factor, offset } = rule.conversion;
    const scaled = value * factor + offset;
    switch (each.form) {
      case "number":
        this.#put(each, scaled, at);
        return;
      case "whole":
        this.#put(each, Math.round(scaled), at);
        return;
      case "boolean":
        if (scaled === 0 || scaled === 1) this.#put(each, scaled === 1, at);
        else this.#unmapped++;
        return;
      case "table": {
        const meant = rule.table?.get(scaled);
        if (meant === undefined) this.#unmapped++;
        else this.#put(each, meant, at);
      }
    }
  }

  #put(each: Working, value: SignalValue, at: number): void {
    const { rule } = each;
    if (rule.everyMs > 0 || rule.onChange) {
      const since = at - each.toldAt;
      // A clock that was set back must not silence a signal.
      if (since >= 0 && since < rule.everyMs) return;
      if (rule.onChange && value === each.told && since >= 0 && since < rule.timeoutMs / 2) return;
      each.toldAt = at;
      each.told = value;
    }
    this.#outlet.put(each.claim, value, at);
  }
}

function workingOf(rule: Rule, decoder: Decoder, outlet: Outlet): Working {
  const first = decoder.firstSlot(rule.message);
  const { slots } = decoder;
  const { expression, signal } = rule;
  return {
    rule,
    claim: outlet.claim(signal, {
      ...(rule.part !== undefined && { part: rule.part }),
      priority: rule.priority,
      timeoutMs: rule.timeoutMs,
    }),
    slots: rule.slots.map((slot) => first + slot),
    read: expression && ((name) => slots[first + (expression.slotOf.get(name) ?? 0)]),
    form: formOf(rule),
    toldAt: -Infinity,
    told: undefined,
  };
}

function formOf({ table, signal }: Rule): Working["form"] {
  if (table !== undefined) return "table";
  if (signal.datatype === "boolean") return "boolean";
  return signal.datatype === "float" || signal.datatype === "double" ? "number" : "whole";
}
