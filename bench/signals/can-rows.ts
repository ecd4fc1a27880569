import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { performance } from "node:perf_hooks";
import { gunzipSync } from "node:zlib";
import { Sources, Supervisor } from "@caravan/drivers";
import {
  candumpFrames,
  CandumpReader,
  compileMapping,
  createCanDriver,
  Decoder,
  Frames,
  parseDbc,
  readMapping,
} from "@caravan/drivers/can";
import type { Dbc } from "@caravan/drivers/can";
import { Store, Vehicle, catalogue } from "@caravan/signals";
import type { BenchOptions, Row } from "../main.ts";

const runs = 5;
const wheels = [
  Vehicle.Chassis.Axle.Row1.Wheel.Left.Speed,
  Vehicle.Chassis.Axle.Row1.Wheel.Right.Speed,
  Vehicle.Chassis.Axle.Row2.Wheel.Left.Speed,
  Vehicle.Chassis.Axle.Row2.Wheel.Right.Speed,
];

/** DBC decoding and the way from a recording to the Store, on a real minute of CAN; nothing where the data is not there. */
export async function canRows({ quick, data }: BenchOptions): Promise<readonly Row[]> {
  const folder = join(data ?? process.env["CARAVAN_TESTDATA"] ?? "", "can");
  const recording = join(folder, "rav4-2017-seg40.candump.log.gz");
  if (!existsSync(recording)) {
    console.log("  (no CAN rows: CARAVAN_TESTDATA names no folder with can/rav4-2017-seg40.candump.log.gz)");
    return [];
  }
  const dbc = parseDbc(readFileSync(join(folder, "toyota_new_mc_pt.merged.dbc"), "utf8"));
  const bytes = gunzipSync(readFileSync(recording));
  return [...decodingRows(dbc, bytes, quick), ...(await replayRows(dbc, bytes, folder))];
}

/** Frames that a DBC knows, as they come from a bus: keys, and data one after the other. */
function knownFrames(dbc: Dbc, bytes: Uint8Array): Frames {
  const all = new Frames(200_000);
  new CandumpReader({ now: () => 0 }).read(bytes, 0, all, true);
  const decoder = new Decoder(dbc);
  const known = new Frames(all.count);
  for (let i = 0; i < all.count; i++) {
    const number = decoder.messageNumber(all.keys[i] ?? 0);
    if (number < 0 || !decoder.isWhole(number, all.lengths[i] ?? 0)) continue;
    const from = all.offsets[i] ?? 0;
    const length = all.lengths[i] ?? 0;
    known.data.set(all.data.subarray(from, from + length), known.end());
    known.push(all.keys[i] ?? 0, all.at[i] ?? 0, length, 0, 0);
  }
  return known;
}

function decodingRows(dbc: Dbc, bytes: Uint8Array, quick: boolean): readonly Row[] {
  const frames = knownFrames(dbc, bytes);
  const decoder = new Decoder(dbc);
  const rounds = quick ? 20 : 100;
  const { keys, data, offsets, lengths, count } = frames;
  let signals = 0;
  for (let i = 0; i < count; i++) {
    signals += dbc.messages[decoder.messageNumber(keys[i] ?? 0)]?.signals.length ?? 0;
  }
  const decoded = medianRate(count * rounds, () => {
    for (let round = 0; round < rounds; round++) {
      for (let i = 0; i < count; i++) decoder.decode(keys[i], data, offsets[i], lengths[i]);
    }
  });
  if (decoder.slots.some((value, slot) => Number.isNaN(value) && isSeen(dbc, keys, count, slot)))
    throw new Error("a signal of a frame was not stored");
  const copy = new Uint8Array(data.length);
  const passed = medianRate(count * rounds, () => {
    for (let round = 0; round < rounds; round++) {
      for (let i = 0; i < count; i++) {
        const from = offsets[i];
        const to = from + lengths[i];
        for (let k = from; k < to; k++) copy[k] = data[k];
      }
    }
  });
  if (copy.every((byte) => byte === 0)) throw new Error("nothing was passed through");
  return [
    {
      name: "DBC decoding, frames of one core, all signals scaled and stored",
      value: decoded,
      unit: "M/s",
      bar: 10,
      better: "more",
    },
    { name: "signals of such a frame, on average", value: signals / count, unit: "signals", better: "more" },
    { name: "the same bytes passed through, frame by frame", value: passed, unit: "M/s", better: "more" },
    {
      name: "decoding against 85,000 frames/s of a good npm parser",
      value: (decoded * 1e6) / 85_000,
      unit: "x",
      better: "more",
    },
  ];
}

/** Whether any frame belongs to the message of this slot. */
function isSeen(dbc: Dbc, keys: Uint32Array, count: number, slot: number): boolean {
  let first = 0;
  for (const { id, signals } of dbc.messages) {
    if (slot < first + signals.length) return keys.subarray(0, count).includes(id);
    first += signals.length;
  }
  return false;
}

/** Millions a second, the median of five after one to warm up. */
function medianRate(steps: number, work: () => void): number {
  work();
  const rates = Array.from({ length: runs }, () => {
    const start = performance.now();
    work();
    return steps / (performance.now() - start) / 1_000;
  });
  return median(rates);
}

const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? NaN;

async function replayRows(dbc: Dbc, bytes: Uint8Array, folder: string): Promise<readonly Row[]> {
  const read: unknown = JSON.parse(readFileSync(join(import.meta.dirname, "rav4.mapping.json"), "utf8"));
  const mapping = compileMapping(readMapping(read), dbc, catalogue);
  const lines = bytes.reduce((count, byte) => count + Number(byte === 10), 0);
  const times: number[] = [];
  const passing: number[] = [];
  let lost = 0;
  let error = NaN;
  for (let run = -1; run < runs; run++) {
    const clock = { now: () => Date.now(), sleep: async () => Promise.resolve() };
    const store = new Store({ catalogue, clock });
    const sources = new Sources({ store, clock });
    const reader = new CandumpReader({ now: clock.now });
    let frames = 0;
    const driver = createCanDriver({
      name: "can0",
      dbc,
      mapping,
      quality: "replayed",
      endIs: "over",
      mostReadingsPerSecond: Infinity,
      source: {
        async *frames(signal) {
          for await (const window of candumpFrames(once(bytes), reader, signal)) {
            frames += window.to - window.from;
            yield window;
          }
        },
        figures: () => [],
      },
    });
    const means = run === 0 ? meansOf(store) : undefined;
    const supervisor = new Supervisor({ sources, clock: { ...clock, sleep: sleepForever } });
    const start = performance.now();
    supervisor.start(driver);
    await supervisor.over("can0");
    const ms = performance.now() - start;
    const { refused, dropped } = supervisor.health()[0] ?? { refused: NaN, dropped: NaN };
    await supervisor.stop();
    lost = Math.max(lost, lines - frames, reader.broken, refused, dropped);
    if (means !== undefined) error = meanError(means, folder);
    if (run >= 0) {
      times.push(ms);
      passing.push(timeOfPassing(bytes));
    }
  }
  const seconds = 59.992696;
  return [
    {
      name: "a real minute of CAN to the Store, times real time",
      value: (seconds * 1_000) / median(times),
      unit: "x",
      bar: 1_000,
      better: "more",
    },
    { name: "frames lost of that minute", value: lost, unit: "frames", bar: 0, better: "less" },
    {
      name: "mean error of wheel speed against the published one",
      value: error,
      unit: "m/s",
      bar: 0.02,
      better: "less",
    },
    {
      name: "the same bytes passed through, line by line",
      value: (seconds * 1_000) / median(passing),
      unit: "x",
      better: "more",
    },
  ];
}

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield await Promise.resolve(bytes);
}

const sleepForever = (_ms: number, signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener("abort", () => resolve(), { once: true });
  });

/** UTC ms and mean of the four wheels in m/s, each time the last of them was told. */
function meansOf(store: Store): { readonly at: number; readonly speed: number }[] {
  const means: { at: number; speed: number }[] = [];
  const last = wheels.at(-1);
  if (last === undefined) return means;
  store.subscribe([last], () => {
    const values = wheels.map((wheel) => store.value(wheel) ?? NaN);
    const at = store.get(last)?.at ?? NaN;
    means.push({ at, speed: values.reduce((sum, value) => sum + value, 0) / values.length / 3.6 });
  });
  return means;
}

/** Against the published speeds, which have the times of the frames; every one of them must have been told. */
function meanError(means: readonly { readonly at: number; readonly speed: number }[], folder: string): number {
  const rows = readFileSync(join(folder, "speed_mps.csv"), "utf8").trim().split("\n").slice(1);
  const told = new Map(means.map(({ at, speed }) => [Math.round(at * 1_000), speed]));
  const errors = rows.map((row) => {
    const [second = "", speed = ""] = row.split(",");
    return Math.abs((told.get(Math.round(Number(second) * 1e6)) ?? NaN) - Number(speed));
  });
  return errors.reduce((sum, each) => sum + each, 0) / errors.length;
}

function timeOfPassing(bytes: Uint8Array): number {
  const copy = new Uint8Array(bytes.length);
  const start = performance.now();
  let from = 0;
  while (from < bytes.length) {
    const end = bytes.indexOf(10, from);
    const to = end < 0 ? bytes.length : end + 1;
    for (let k = from; k < to; k++) copy[k] = bytes[k];
    from = to;
  }
  const ms = performance.now() - start;
  if (copy.at(-2) !== bytes.at(-2)) throw new Error("not everything was passed through");
  return ms;
}
