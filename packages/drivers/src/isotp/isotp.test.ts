import fc from "fast-check";
import { expect, test } from "vitest";
import { isoTpDue, quiet, stepIsoTp, usualIsoTp } from "./isotp.ts";
import type { IsoTp, IsoTpEffect, IsoTpEvent, IsoTpSettings } from "./isotp.ts";

const hexOf = (data: readonly number[]): string => Buffer.from(data).toString("hex");
const bytesOf = (hex: string): number[] => [...Buffer.from(hex, "hex")];

/** One side, moved step by step; what it does is written down. */
function side(settings: IsoTpSettings = usualIsoTp) {
  let state: IsoTp = quiet;
  const step = (event: IsoTpEvent, now = 0): string[] => {
    const [after, effects] = stepIsoTp(state, event, now, settings);
    state = after;
    return effects.map(shown);
  };
  return {
    step,
    frame: (hex: string, now = 0) => step({ kind: "frame", data: bytesOf(hex) }, now),
    send: (hex: string, now = 0) => step({ kind: "send", message: bytesOf(hex) }, now),
    tick: (now: number) => step({ kind: "tick" }, now),
    due: () => isoTpDue(state),
  };
}

function shown(effect: IsoTpEffect): string {
  switch (effect.kind) {
    case "write":
      return `> ${hexOf(effect.data)}`;
    case "message":
      return `message ${hexOf(effect.message)}`;
    case "sent":
      return "sent";
    case "failed":
      return `${effect.direction} failed: ${effect.why}`;
  }
}

test("a short message is one frame, filled up", () => {
  const { send, due } = side();
  expect(send("22f190")).toEqual(["> 0322f190cccccccc", "sent"]);
  expect(due()).toBe(Infinity);
});

test("a short frame arrives, with or without what fills it up", () => {
  const { frame } = side();
  expect(frame("0462f1904100aa55")).toEqual(["message 62f19041"]);
  expect(frame("017e")).toEqual(["message 7e"]);
});

test("a long message arrives piece by piece, after a flow control of ours", () => {
  const { frame } = side();
  expect(frame("1014 62f190 574241".replaceAll(" ", ""))).toEqual(["> 300000cccccccccc"]);
  expect(frame("2131323334353637")).toEqual([]);
  expect(frame("2238393041424344")).toEqual(["message 62f1905742413132333435363738393041424344"]);
});

test("with a block size each block is asked for", () => {
  const { frame } = side({ ...usualIsoTp, blockSize: 2, separation: 5 });
  expect(frame("1020000102030405")).toEqual(["> 300205cccccccccc"]);
  expect(frame("2100000000000000")).toEqual([]);
  expect(frame("2200000000000000")).toEqual(["> 300205cccccccccc"]);
  expect(frame("2300000000000000")).toEqual([]);
  expect(frame("2400000000000000")).toEqual([`message 0001020304050000${"00".repeat(24)}`]);
});

test("a long message leaves piece by piece, as fast and as many at a time as the other side allows", () => {
  const { send, frame, tick, due } = side();
  const message = Array.from({ length: 30 }, (_, i) => i);
  expect(send(hexOf(message))).toEqual(["> 101e000102030405"]);
  expect(due()).toBe(1_000);
  expect(frame("30020a", 10)).toEqual(["> 2106070809 0a0b0c".replace(" 0a", "0a")]);
  expect(due()).toBe(20);
  expect(tick(19)).toEqual([]);
  expect(tick(20)).toEqual(["> 220d0e0f10111213"]);
  expect(due()).toBe(1_020);
  expect(frame("300000", 30)).toEqual(["> 231415161718191a", "> 241b1c1dcccccccc", "sent"]);
});

test("with extended addressing the first byte is the address, and strangers are not heard", () => {
  const settings = { ...usualIsoTp, addresses: { to: 0x12, from: 0xf1 } };
  const { send, frame } = side(settings);
  expect(send("22f190")).toEqual(["> 120322f190cccccc", "sent"]);
  expect(frame("130462f19041")).toEqual([]);
  expect(frame("f10462f19041")).toEqual(["message 62f19041"]);
  expect(frame("f110086200010203")).toEqual(["> 12300000cccccccc"]);
  expect(frame("f121040506")).toEqual(["message 6200010203040506"]);
});

test.each([
  ["a frame out of order", ["1014000000000000", "2200000000000000"], "receiving failed: sequence"],
  ["a frame that is shorter than it must be", ["1014000000000000", "2100"], "receiving failed: next frame missing"],
  ["another message before the end", ["1014000000000000", "0141"], "receiving failed: next frame missing"],
])("%s ends the message", (_, frames, failure) => {
  const { frame } = side();
  const said = frames.flatMap((hex) => frame(hex));
  expect(said).toContain(failure);
  expect(frame("2100000000000000")).toEqual([]);
});

test("who stops in the middle is not waited for longer than a second", () => {
  const { frame, send, tick } = side();
  frame("1014000000000000", 100);
  expect(tick(1_100)).toEqual([]);
  expect(tick(1_101)).toEqual(["receiving failed: next frame missing"]);
  send("00".repeat(20), 2_000);
  expect(tick(3_001)).toEqual(["sending failed: no flow control"]);
  expect(frame("300000", 3_002)).toEqual([]);
});

test.each([
  ["32", "sending failed: overflow"],
  ["3f", "sending failed: bad flow control"],
])("flow control %s ends what is sent", (hex, failure) => {
  const { send, frame } = side();
  send("00".repeat(20));
  expect(frame(hex)).toEqual([failure]);
});

test("the other side may ask for patience ten times", () => {
  const { send, frame } = side();
  send("00".repeat(20));
  for (let i = 0; i < 10; i++) expect(frame("31", i * 900)).toEqual([]);
  expect(frame("31", 9_000)).toEqual(["sending failed: too many waits"]);
});

test("messages that are empty, too long or one too many are refused", () => {
  const { send } = side();
  expect(send("")).toEqual(["sending failed: no length"]);
  expect(send("00".repeat(4_096))).toEqual(["sending failed: too long"]);
  send("00".repeat(20));
  expect(send("00")).toEqual(["sending failed: busy"]);
  const { frame } = side({ ...usualIsoTp, mostBytes: 100 });
  expect(frame("1fff000000000000")).toEqual(["> 320000cccccccccc", "receiving failed: too long"]);
});

test("whatever is sent arrives, in every way to address, fill up and hold back", () => {
  const settings = fc.record({
    isExtended: fc.boolean(),
    isPadded: fc.boolean(),
    blockSize: fc.nat(5),
    separation: fc.constantFrom(0, 1, 20, 0xf5, 0x80),
  });
  fc.assert(
    fc.property(settings, fc.uint8Array({ minLength: 1, maxLength: 400 }), (choice, message) => {
      const { isExtended, isPadded, blockSize, separation } = choice;
      const both = { blockSize, separation, mostBytes: 4_095, ...(isPadded && { padding: 0xaa }) };
      const left: IsoTpSettings = isExtended ? { ...both, addresses: { to: 1, from: 2 } } : both;
      const right: IsoTpSettings = isExtended ? { ...both, addresses: { to: 2, from: 1 } } : both;
      let [a, b] = [quiet, quiet];
      const arrived: number[][] = [];
      let toRight: readonly IsoTpEffect[];
      let now = 0;
      [a, toRight] = stepIsoTp(a, { kind: "send", message: [...message] }, now, left);
      for (let round = 0; round < 1_000 && arrived.length === 0; round++) {
        const toLeft: IsoTpEffect[] = [];
        for (const effect of toRight) {
          if (effect.kind !== "write") continue;
          const [after, effects] = stepIsoTp(b, { kind: "frame", data: effect.data }, now, right);
          b = after;
          for (const each of effects) {
            if (each.kind === "message") arrived.push([...each.message]);
            else toLeft.push(each);
          }
        }
        now = Math.max(now, Math.min(isoTpDue(a), now + 200));
        const back: IsoTpEffect[] = [];
        for (const effect of toLeft) {
          if (effect.kind !== "write") throw new Error(shown(effect));
          const [after, effects] = stepIsoTp(a, { kind: "frame", data: effect.data }, now, left);
          a = after;
          back.push(...effects);
        }
        const [after, effects] = stepIsoTp(a, { kind: "tick" }, now, left);
        a = after;
        toRight = [...back, ...effects];
      }
      expect(arrived).toEqual([[...message]]);
    }),
    { numRuns: 100 },
  );
});

test("no frames from outside can make it write more than one frame for each, or hold more than a message", () => {
  fc.assert(
    fc.property(fc.array(fc.uint8Array({ maxLength: 8 }), { maxLength: 60 }), (frames) => {
      let state = quiet;
      for (const data of frames) {
        const [after, effects] = stepIsoTp(state, { kind: "frame", data: [...data] }, 0, usualIsoTp);
        state = after;
        expect(effects.filter(({ kind }) => kind === "write").length).toBeLessThanOrEqual(1);
        if (state.receiving.kind === "receiving")
          expect(state.receiving.message.length).toBeLessThan(state.receiving.length);
      }
    }),
  );
});
