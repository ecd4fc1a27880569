import fc from "fast-check";
import { expect, test } from "vitest";
import { CandumpReader } from "./candump.ts";
import { candumpFrames } from "./frame-source.ts";
import { Frames, frameFlags } from "./frames.ts";

const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);

function read(text: string) {
  const frames = new Frames(64);
  const reader = new CandumpReader({ now: () => 777 });
  reader.read(bytesOf(text), 0, frames, true);
  const all = Array.from({ length: frames.count }, (_, i) => ({
    key: frames.keys[i],
    at: frames.at[i],
    bus: frames.busNames[frames.buses[i] ?? 0],
    flags: frames.flags[i],
    data: [...frames.data.subarray(frames.offsets[i], (frames.offsets[i] ?? 0) + (frames.lengths[i] ?? 0))],
  }));
  return { all, reader };
}

test.each([
  [
    "a log line",
    "(1533220487.000013) can0 2C1#0014DF14",
    { key: 0x2c1, at: 1533220487000.013, bus: "can0", flags: 0, data: [0, 0x14, 0xdf, 0x14] },
  ],
  [
    "a log line of a newer version",
    "(1533220487.000013) can0 2C1#0014 R",
    { key: 0x2c1, at: 1533220487000.013, data: [0, 0x14] },
  ],
  ["small letters and a direction", "(1.5) vcan0 7ff#aB R", { key: 0x7ff, at: 1_500, bus: "vcan0", data: [0xab] }],
  ["no data", "(1.5) can0 123#", { key: 0x123, data: [] }],
  ["29 bits", "(0.25) can1 18FEF100#01", { key: 0x98fef100, at: 250, bus: "can1", data: [1] }],
  ["CAN FD", `(1.0) can0 123##1${"AB".repeat(12)}`, { key: 0x123, flags: frameFlags.fd, data: Array(12).fill(0xab) }],
  ["a remote frame", "(1.0) can0 123#R8", { key: 0x123, flags: frameFlags.remote, data: [] }],
  [
    "an error frame",
    "(1.0) can0 20000004#0004000000000000",
    { flags: frameFlags.error, data: [0, 4, 0, 0, 0, 0, 0, 0] },
  ],
  [
    "a line of the terminal",
    "  can0  2C1   [4]  00 14 DF 14",
    { key: 0x2c1, at: 777, bus: "can0", data: [0, 0x14, 0xdf, 0x14] },
  ],
  [
    "a terminal with time",
    " (1533220487.5)  can0  18FEF100   [2]  00 14",
    { key: 0x98fef100, at: 1533220487500, data: [0, 0x14] },
  ],
  ["a terminal with letters behind", "can0 2C1 [2] 41 42   'AB'", { key: 0x2c1, data: [0x41, 0x42] }],
  ["a terminal with directions", "(1.0)  can0  RX - -  123   [2]  11 22", { key: 0x123, data: [0x11, 0x22] }],
  [
    "CAN FD on a terminal",
    "can0  123  [12]  01 02 03 04 05 06 07 08 09 0A 0B 0C",
    { key: 0x123, flags: frameFlags.fd, data: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12] },
  ],
  [
    "a remote request on a terminal",
    "can0  123   [0]  remote request",
    { key: 0x123, flags: frameFlags.remote, data: [] },
  ],
  ["an error on a terminal", "can0  20000088   [8]  00 00 80 00 00 00 00 00   ERRORFRAME", { flags: frameFlags.error }],
])("%s is read", (_, line, frame) => {
  // The second of two lines may be read by the short way, which wants room behind it.
  for (const text of [`${line}\r\n`, `${line}\n${line}\n${"\n".repeat(200)}`]) {
    const { all, reader } = read(text);
    expect(reader.broken).toBe(0);
    expect(all.length).toBeGreaterThan(0);
    for (const each of all) expect(each).toEqual(expect.objectContaining(frame));
  }
});

test.each([
  ["(1.0) can0 123"],
  ["(x) can0 123#00"],
  ["(1.00000:) can0 123#00"],
  ["(1.000000) can0 123#000"],
  ["(1.0 can0 123#00"],
  ["(1.0) can0 #00"],
  ["(1.0) can0 12G#00"],
  ["(1.0) can0 123#0"],
  ["(1.0) can0 123#0G"],
  [`(1.0) can0 123#${"00".repeat(9)}`],
  [`(1.0) can0 123##1${"00".repeat(65)}`],
  ["(1.0) can0 123##"],
  ["(1.0) can0 123456789#00"],
  ["can0 123 [8] 00 11"],
  ["can0 123 [99] 00"],
  ["hello"],
  [`(1.0) can0 123#00${" ".repeat(600)}x`],
])("a line that is no frame is counted and left out: %s", (line) => {
  for (const after of ["", "\n".repeat(200)]) {
    const { all, reader } = read(`(1.000000) can0 001#01\n${line}\n(2.0) can0 002#02\n${after}`);
    expect(all.map(({ key }) => key)).toEqual([1, 2]);
    expect(reader).toMatchObject({ broken: 1, lines: 3 + after.length });
    expect(reader.lastBroken()).toBe(2);
  }
});

test("empty lines and notes are neither frames nor broken", () => {
  const { all, reader } = read("\n# a note\n   \n(1.0) can0 001#01\n");
  expect(all).toHaveLength(1);
  expect(reader.broken).toBe(0);
});

async function* inChunks(text: string, sizes: readonly number[]): AsyncGenerator<Uint8Array> {
  const bytes = bytesOf(text);
  for (let at = 0, i = 0; at < bytes.length; i++) {
    const size = Math.max(1, sizes[i % Math.max(1, sizes.length)] ?? 1);
    yield await Promise.resolve(bytes.slice(at, at + size));
    at += size;
  }
}

async function keysOf(chunks: AsyncIterable<Uint8Array>, reader: CandumpReader): Promise<number[]> {
  const keys: number[] = [];
  for await (const { frames, from, to } of candumpFrames(chunks, reader, new AbortController().signal)) {
    for (let i = from; i < to; i++) keys.push(frames.keys[i] ?? -1);
  }
  return keys;
}

test("however a recording is cut into chunks, every frame arrives once and in order", async () => {
  const ids = Array.from({ length: 2_500 }, (_, i) => i % 0x800);
  const text = ids
    .map((id, i) => `(${i}.0) can${i % 3} ${id.toString(16).padStart(3, "0")}#${"0A".repeat(i % 9)}`)
    .join("\n");
  await fc.assert(
    fc.asyncProperty(fc.array(fc.integer({ min: 1, max: 5_000 }), { minLength: 1, maxLength: 8 }), async (sizes) => {
      expect(await keysOf(inChunks(text, [...sizes, 4_000]), new CandumpReader({ now: () => 0 }))).toEqual(ids);
    }),
    { numRuns: 20 },
  );
});

test("no bytes can stop the reader, and every line is a frame, empty or counted as broken", async () => {
  const piece = fc.oneof(
    fc.string({ maxLength: 40 }),
    fc.constantFrom("(1.0) ", "can0 ", "123", "#", "##1", "R", "00", " ", "\n", "[8]", "(", ")", "x".repeat(700)),
  );
  await fc.assert(
    fc.asyncProperty(fc.array(piece, { maxLength: 60 }), async (pieces) => {
      const reader = new CandumpReader({ now: () => 0 });
      const keys = await keysOf(inChunks(pieces.join(""), [100]), reader);
      expect(keys.length + reader.broken).toBeLessThanOrEqual(reader.lines + 60);
    }),
    { numRuns: 150 },
  );
});
