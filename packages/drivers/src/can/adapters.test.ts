import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, expect, test } from "vitest";
import type { ByteLink } from "../byte-link/byte-link.ts";
import { createFrameGate } from "../gate.ts";
import type { Bus } from "./bus.ts";
import { Frames } from "./frames.ts";
import type { CanFrame } from "./frames.ts";
import { slcan } from "./slcan.ts";
import { SlcanReader, slcanText } from "./slcan-text.ts";
import { socketCan } from "./socketcan.ts";

const folder = mkdtempSync(join(tmpdir(), "caravan-can-"));
afterAll(() => rmSync(folder, { recursive: true }));

/** A program that does as told in place of one of can-utils. */
function program(name: string, script: string): string {
  const file = join(folder, name);
  writeFileSync(file, `#!/bin/sh\n${script}\n`);
  chmodSync(file, 0o700);
  return file;
}

async function heard(bus: Bus, most: number): Promise<string[]> {
  const frames: string[] = [];
  const ending = new AbortController();
  for await (const window of bus.source.frames(ending.signal)) {
    for (let i = window.from; i < window.to; i++) frames.push(shown(window.frames, i));
    if (frames.length >= most) ending.abort();
  }
  return frames;
}

function shown(frames: Frames, i: number): string {
  const from = frames.offsets[i] ?? 0;
  const data = Buffer.from(frames.data.subarray(from, from + (frames.lengths[i] ?? 0))).toString("hex");
  return `${frames.busNames[frames.buses[i] ?? 0]} ${(frames.keys[i] ?? 0).toString(16)}#${data}`;
}

const wide = { bus: "can0", id: 0x123, isExtended: false, data: "any", mostPerSecond: 10 } as const;
const gateTo = (bus: Bus) => createFrameGate({ listed: [wide], clock: { now: () => 0 }, writerOf: () => bus.write });
const frame: CanFrame = { id: 0x123, isExtended: false, data: Uint8Array.of(0xab, 1) };

test("a SocketCAN bus is heard through candump, which is told to end when nobody listens any more", async () => {
  const said = join(folder, "arguments");
  const candump = program(
    "candump",
    `echo "$@" > ${said}; echo '(1.000001) can0 123#AABB'; echo '(1.000002) can0 456#01'; exec sleep 60`,
  );
  const bus = socketCan({ name: "can0", now: () => 0, candump });
  expect(await heard(bus, 2)).toEqual(["can0 123#aabb", "can0 456#01"]);
  expect(readFileSync(said, "utf8").trim()).toBe("-L can0,0:0,#FFFFFFFF");
});

test.each([
  [
    "a bus that goes away",
    program("fails", "echo 'read: Network is down' >&2; exit 1"),
    /the bus can0 was lost: read: Network is down/,
  ],
  ["can-utils that are not there", join(folder, "none"), /none is not installed; it comes with can-utils/],
])("%s is told in one sentence", async (_, candump, sentence) => {
  await expect(heard(socketCan({ name: "can0", now: () => 0, candump }), 1)).rejects.toThrow(sentence);
});

test("a name that could be read as an option or another program is no interface", () => {
  for (const name of ["-h", "can0;ls", "", "a".repeat(16)])
    expect(() => socketCan({ name, now: () => 0 })).toThrow(TypeError);
});

test("what the gate let through is written by cansend", async () => {
  const said = join(folder, "sent");
  const bus = socketCan({ name: "can0", now: () => 0, cansend: program("cansend", `echo "$@" > ${said}`) });
  expect(await gateTo(bus).send("can0", frame)).toEqual({ kind: "sent" });
  expect(readFileSync(said, "utf8").trim()).toBe("can0 123#AB01");
  const broken = socketCan({ name: "can0", now: () => 0, cansend: program("cannot", "exit 1") });
  await expect(gateTo(broken).send("can0", frame)).rejects.toThrow("A frame could not be written to can0.");
});

/** An adapter in memory: it answers commands as `answer` says, and tells frames once its channel is open. */
function adapter(answer: (command: string) => string, frames: string) {
  const commands: string[] = [];
  const queue: Uint8Array[] = [];
  let wake = (): void => undefined;
  const state = { isClosed: false };
  const tell = (text: string): void => {
    queue.push(Buffer.from(text));
    wake();
  };
  const link: ByteLink = {
    received: (async function* () {
      while (!state.isClosed) {
        const next = queue.shift();
        if (next !== undefined) yield next;
        else await new Promise<void>((resolve) => (wake = resolve));
      }
    })(),
    write: async (bytes) => {
      const command = Buffer.from(bytes).toString().replaceAll("\r", "");
      commands.push(command);
      tell(answer(command));
      if ((command === "L" || command === "O") && answer(command) === "\r") tell(frames);
      await Promise.resolve();
    },
    close: () => {
      state.isClosed = true;
      wake();
    },
  };
  return { link, commands };
}

const clock = {
  now: () => 0,
  sleep: (_: number, signal: AbortSignal) =>
    new Promise<void>((resolve) => signal.addEventListener("abort", () => resolve(), { once: true })),
};
const busOver = (link: ByteLink, mayWrite = false): Bus =>
  slcan({ name: "can0", open: () => Promise.resolve(link), bitrate: 500_000, mayWrite, clock });

test("an slcan adapter is set to its speed and only listens", async () => {
  const { link, commands } = adapter(() => "\r", "t1232AABB\rT18FEF1001");
  const bus = busOver(link);
  const hearing = heard(bus, 1);
  expect(await hearing).toEqual(["can0 123#aabb"]);
  expect(commands).toEqual(["C", "S6", "L", "C"]);
});

test("an adapter that cannot listen only is opened silently, or not at all", async () => {
  const silent = adapter((command) => (command === "L" ? "\u0007" : "\r"), "t1231FF\r");
  expect(await heard(busOver(silent.link), 1)).toEqual(["can0 123#ff"]);
  expect(silent.commands).toEqual(["C", "S6", "L", "M1", "O", "C"]);
  const loud = adapter((command) => (/[LM]/.test(command) ? "\u0007" : "\r"), "");
  await expect(heard(busOver(loud.link), 1)).rejects.toThrow("cannot listen without taking part");
});

test("an adapter writes only what its owner lists", async () => {
  const { link, commands } = adapter(() => "\r", "t1231FF\r");
  const bus = busOver(link, true);
  const gate = gateTo(bus);
  await expect(gate.send("can0", frame)).rejects.toThrow("not open for writing");
  const ending = new AbortController();
  for await (const window of bus.source.frames(ending.signal)) {
    expect(window.to).toBe(1);
    expect(await gate.send("can0", frame)).toEqual({ kind: "sent" });
    ending.abort();
  }
  expect(commands).toEqual(["C", "S6", "O", "t1232AB01", "C"]);
});

test("frames of every kind survive the way to an adapter and back", () => {
  const anyFrame = fc
    .record({
      isExtended: fc.boolean(),
      isFd: fc.boolean(),
      id: fc.nat(0x1fff_ffff),
      data: fc.uint8Array({ maxLength: 64 }),
    })
    .map(({ id, data, isFd, ...rest }) => ({
      ...rest,
      isFd,
      id: rest.isExtended ? id : id % 0x800,
      data: data.slice(0, isFd ? 64 : 8),
    }));
  fc.assert(
    fc.property(anyFrame, (sent) => {
      const text = slcanText(sent);
      if (text === undefined) return;
      const frames = new Frames(4);
      const reader = new SlcanReader();
      reader.read(Buffer.from(text), 0, 5, frames, () => undefined);
      expect(reader.broken).toBe(0);
      expect(frames.count).toBe(1);
      expect(frames.keys[0]).toBe(sent.isExtended ? (sent.id | 0x8000_0000) >>> 0 : sent.id);
      expect([...frames.data.subarray(0, frames.lengths[0])]).toEqual([...sent.data]);
    }),
  );
});

test.each([
  ["t1232AABB1234\r", "undefined 123#aabb"],
  ["r1238\r", "undefined 123#"],
  ["d12390102030405060708090a0b0c\r", "undefined 123#0102030405060708090a0b0c"],
])("%j is a frame", (text, expected) => {
  const frames = new Frames(4);
  new SlcanReader().read(Buffer.from(text), 0, 0, frames, () => undefined);
  expect(shown(frames, 0)).toBe(expected);
});

test("no bytes from an adapter can stop the reader", () => {
  fc.assert(
    fc.property(
      fc.array(fc.oneof(fc.constantFrom("t", "1232AABB", "\r", "\u0007", "z", "T0"), fc.string())),
      (pieces) => {
        const frames = new Frames(1_000);
        const reader = new SlcanReader();
        const bytes = Buffer.from(pieces.join(""));
        expect(reader.read(bytes, 0, 0, frames, () => undefined)).toBe(bytes.length);
      },
    ),
  );
});
