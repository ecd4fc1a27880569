import { setImmediate as nextTurn } from "node:timers/promises";
import fc from "fast-check";
import { expect, test } from "vitest";
import { createFrameGate } from "../gate.ts";
import type { ListedFrame } from "../gate.ts";
import { quiet, stepIsoTp, usualIsoTp } from "../isotp/isotp.ts";
import type { IsoTp } from "../isotp/isotp.ts";
import { beginAsking, stepAsking } from "./asking.ts";
import { ControlUnit } from "./control-unit.ts";
import { dataIdentifiers, faultsIn, negativeName, textIn } from "./services.ts";

const bytesOf = (hex: string): number[] => [...Buffer.from(hex.replaceAll(" ", ""), "hex")];
const listed: ListedFrame = { bus: "can0", id: 0x7e0, isExtended: false, data: "diagnostics", mostPerSecond: 1_000 };

/** A control unit on a bus in memory, which answers requests (in hex) by a table; "": it keeps silent. */
function unitWith(answers: Readonly<Record<string, readonly string[]>>, rules: readonly ListedFrame[] = [listed]) {
  const clock = {
    at: 0,
    now: () => clock.at,
    sleep: async (ms: number, signal: AbortSignal) => {
      await nextTurn();
      if (!signal.aborted) clock.at += ms;
    },
  };
  let transport: IsoTp = quiet;
  const written: string[] = [];
  const say = (event: Parameters<typeof stepIsoTp>[1]): void => {
    const [after, effects] = stepIsoTp(transport, event, clock.at, usualIsoTp);
    transport = after;
    for (const effect of effects) {
      if (effect.kind === "write") unit.hear(Uint8Array.from(effect.data));
      if (effect.kind !== "message") continue;
      for (const answer of answers[Buffer.from(effect.message).toString("hex")] ?? [])
        say({ kind: "send", message: bytesOf(answer) });
    }
  };
  const gate = createFrameGate({
    listed: rules,
    clock,
    writerOf: () => async (passed) => {
      const { data } = passed.frame();
      written.push(Buffer.from(data).toString("hex"));
      say({ kind: "frame", data: [...data] });
      await Promise.resolve();
    },
  });
  const unit = new ControlUnit({
    clock,
    send: (data) => gate.send("can0", { id: 0x7e0, isExtended: false, data }),
  });
  return { unit, clock, written };
}

const never = new AbortController().signal;
const vin = "WCARAVAN0SIM00001";
const vinHex = Buffer.from(vin).toString("hex");

test("a car tells its VIN, in as many frames as it takes", async () => {
  const { unit, written } = unitWith({ "22f190": [`62f190${vinHex}`] });
  const outcome = await unit.ask({ kind: "read data", identifier: dataIdentifiers.vin }, never);
  expect(outcome.kind === "answer" ? textIn(outcome.answer) : outcome).toBe(vin);
  expect(written).toEqual(["0322f190cccccccc", "300000cccccccccc"]);
});

test("trouble codes come with their letters, kinds and states", async () => {
  const { unit } = unitWith({ "1902ff": ["5902ff 030100 2f c1000a08 9234ff 00"] });
  const outcome = await unit.ask({ kind: "read faults", statusMask: 0xff }, never);
  expect(outcome.kind === "answer" ? faultsIn(outcome.answer) : outcome).toEqual([
    { code: "P0301", failureType: 0x00, status: 0x2f },
    { code: "U0100", failureType: 0x0a, status: 0x08 },
    { code: "B1234", failureType: 0xff, status: 0x00 },
  ]);
  expect(faultsIn([0xff])).toEqual([]);
  expect(faultsIn([0xff, 1, 2])).toBeUndefined();
});

test("presence and the default session are answered", async () => {
  const { unit } = unitWith({ "3e00": ["7e00"], "1001": ["5001003201f4"] });
  expect(await unit.ask({ kind: "tester present" }, never)).toEqual({ kind: "answer", answer: [] });
  expect(await unit.ask({ kind: "default session" }, never)).toMatchObject({ kind: "answer" });
});

test("a unit that needs more time gets it, and its no is a no", async () => {
  const { unit } = unitWith({ "22f190": ["7f2278"], "22f195": ["7f2231"] });
  expect(await unit.ask({ kind: "read data", identifier: 0xf195 }, never)).toEqual({ kind: "negative", code: 0x31 });
  expect(negativeName(0x31)).toBe("request out of range");
  expect(negativeName(0x99)).toBe("0x99");
  expect(await unit.ask({ kind: "read data", identifier: 0xf190 }, never)).toEqual({
    kind: "failed",
    why: "no answer",
  });
  const asking = beginAsking({ kind: "read data", identifier: 0xf190 }, 0);
  expect(stepAsking(asking, { kind: "message", message: [0x7f, 0x22, 0x78] }, 1_000)).toMatchObject({
    deadline: 6_500,
    pending: 1,
  });
  expect(stepAsking({ ...asking, pending: 20 }, { kind: "message", message: [0x7f, 0x22, 0x78] }, 0)).toEqual({
    kind: "failed",
    why: "the answer was put off for too long",
  });
});

test("answers to other questions are passed over", async () => {
  const { unit } = unitWith({ "22f190": ["7e00", "7f1911", "62f19541", `62f190${vinHex}`] });
  const outcome = await unit.ask({ kind: "read data", identifier: 0xf190 }, never);
  expect(outcome.kind === "answer" ? textIn(outcome.answer) : outcome).toBe(vin);
});

test("without the owner's leave nothing is asked", async () => {
  const { unit, written } = unitWith({}, []);
  expect(await unit.ask({ kind: "read data", identifier: 0xf190 }, never)).toEqual({
    kind: "failed",
    why: "the gate says not-listed",
  });
  expect(written).toEqual([]);
});

test("one question is open at a time, and it ends when it is told to", async () => {
  const { unit } = unitWith({});
  const ending = new AbortController();
  const first = unit.ask({ kind: "tester present" }, ending.signal);
  expect(await unit.ask({ kind: "tester present" }, never)).toEqual({
    kind: "failed",
    why: "another question is open",
  });
  ending.abort();
  expect(await first).toEqual({ kind: "failed", why: "told to stop" });
});

test("whatever a unit sends, a question has an end", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.uint8Array({ maxLength: 8 }), { maxLength: 20 }), async (frames) => {
      const { unit } = unitWith({});
      const asked = unit.ask({ kind: "read faults", statusMask: 0xff }, never);
      for (const frame of frames) unit.hear(frame);
      expect(["answer", "negative", "failed"]).toContain((await asked).kind);
    }),
    { numRuns: 40 },
  );
});

test("text is text or nothing", () => {
  expect(textIn([0x41, 0x42, 0, 0])).toBe("AB");
  expect(textIn([0, 0])).toBeUndefined();
  expect(textIn([0x41, 7])).toBeUndefined();
  expect(textIn([])).toBeUndefined();
});
