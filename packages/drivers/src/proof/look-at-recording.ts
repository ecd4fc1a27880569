import { CandumpReader } from "../can/candump.ts";
import { Frames, frameFlags } from "../can/frames.ts";
import { Decoder } from "../dbc/decoder.ts";
import type { Dbc } from "../dbc/dbc.ts";

/** What a recording holds of one message, for whoever looks for the right field. */
export interface SeenMessage {
  readonly name: string;
  readonly frames: number;
  readonly perSecond: number;
  readonly fields: readonly SeenField[];
}

export interface SeenField {
  readonly name: string;
  readonly unit: string;
  readonly least: number;
  readonly most: number;
  /** How often the value was another than before. */
  readonly changes: number;
  readonly words: readonly string[];
}

export interface SeenRecording {
  readonly seconds: number;
  readonly frames: number;
  readonly unknown: number;
  readonly broken: number;
  readonly messages: readonly SeenMessage[];
}

/** Counts what a recording says in the words of a DBC; messages by how often they come. */
export function lookAtRecording(dbc: Dbc, recording: Uint8Array): SeenRecording {
  const decoder = new Decoder(dbc);
  const { slots } = decoder;
  const least = new Float64Array(slots.length).fill(Infinity);
  const most = new Float64Array(slots.length).fill(-Infinity);
  const before = new Float64Array(slots.length).fill(NaN);
  const changes = new Uint32Array(slots.length);
  const counts = new Uint32Array(dbc.messages.length);
  const frames = new Frames(4_096);
  const reader = new CandumpReader({ now: () => NaN });
  let [first, last, all, unknown] = [NaN, NaN, 0, 0];
  const note = (message: number): void => {
    const begin = decoder.firstSlot(message);
    const end = begin + (dbc.messages[message]?.signals.length ?? 0);
    for (let slot = begin; slot < end; slot++) {
      const value = slots[slot];
      // Multiplexed away until now.
      if (Number.isNaN(value)) continue;
      least[slot] = Math.min(least[slot], value);
      most[slot] = Math.max(most[slot], value);
      if (value !== before[slot] && !Number.isNaN(before[slot])) changes[slot]++;
      before[slot] = value;
    }
  };
  for (let at = 0; at < recording.length;) {
    frames.clear();
    at = reader.read(recording, at, frames, true);
    for (let i = 0; i < frames.count; i++) {
      all++;
      if (Number.isNaN(first)) first = frames.at[i];
      last = frames.at[i];
      if ((frames.flags[i] & (frameFlags.remote | frameFlags.error)) !== 0) continue;
      const message = decoder.decode(frames.keys[i], frames.data, frames.offsets[i], frames.lengths[i]);
      if (message < 0) unknown++;
      else {
        counts[message]++;
        note(message);
      }
    }
  }
  const seconds = all === 0 ? 0 : (last - first) / 1_000;
  const messages = dbc.messages.flatMap(({ name, signals }, number) => {
    const begin = decoder.firstSlot(number);
    const fields = signals.flatMap((signal, i) =>
      least[begin + i] === Infinity
        ? []
        : [
            {
              name: signal.name,
              unit: signal.unit,
              least: least[begin + i],
              most: most[begin + i],
              changes: changes[begin + i],
              words: [...signal.labels.values()],
            },
          ],
    );
    const seen = counts[number];
    return seen === 0 ? [] : [{ name, frames: seen, perSecond: seconds > 0 ? seen / seconds : 0, fields }];
  });
  return {
    seconds,
    frames: all,
    unknown,
    broken: reader.broken,
    messages: messages.toSorted((a, b) => b.frames - a.frames),
  };
}
