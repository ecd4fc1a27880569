import { expect, test } from "vitest";
import type { CanFrame } from "./can/frames.ts";
import { createFrameGate, passQuestion } from "./gate.ts";
import type { ListedFrame } from "./gate.ts";

const frame = (id: number, data: readonly number[], isExtended = false): CanFrame => ({
  id,
  isExtended,
  data: Uint8Array.from(data),
});

function gateWith(listed: readonly ListedFrame[]) {
  const clock = { at: 10_000, now: () => clock.at };
  const written: string[] = [];
  const gate = createFrameGate({
    listed,
    clock,
    writerOf: (bus) =>
      bus === "can9"
        ? undefined
        : async (passed) => {
            written.push(
              `${bus} ${passed.frame().id.toString(16)}#${Buffer.from(passed.frame().data).toString("hex")}`,
            );
            await Promise.resolve();
          },
  });
  return { gate, clock, written };
}

const wake: ListedFrame = { bus: "can0", id: 0x123, isExtended: false, data: "any", mostPerSecond: 2 };
const reading: ListedFrame = { bus: "can0", id: 0x7e0, isExtended: false, data: "diagnostics", mostPerSecond: 100 };

test("with nothing listed nothing is written", async () => {
  const { gate, written } = gateWith([]);
  expect(await gate.send("can0", frame(0x123, [1]))).toEqual({ kind: "refused", why: "not-listed" });
  expect(written).toEqual([]);
});

test("a listed frame is written on its bus, and no other frame with it", async () => {
  const { gate, written } = gateWith([wake]);
  expect(await gate.send("can0", frame(0x123, [1, 2]))).toEqual({ kind: "sent" });
  expect(await gate.send("can1", frame(0x123, [1]))).toEqual({ kind: "refused", why: "not-listed" });
  expect(await gate.send("can0", frame(0x124, [1]))).toEqual({ kind: "refused", why: "not-listed" });
  expect(await gate.send("can0", frame(0x123, [1], true))).toEqual({ kind: "refused", why: "not-listed" });
  expect(written).toEqual(["can0 123#0102"]);
});

test("nothing is written more often than its owner allows", async () => {
  const { gate, clock, written } = gateWith([wake]);
  await gate.send("can0", frame(0x123, [1]));
  clock.at += 600;
  await gate.send("can0", frame(0x123, [2]));
  expect(await gate.send("can0", frame(0x123, [3]))).toEqual({ kind: "refused", why: "too-often" });
  clock.at += 400;
  expect(await gate.send("can0", frame(0x123, [4]))).toEqual({ kind: "sent" });
  // A clock that is set back does not shut the door for as long as it was ahead.
  clock.at -= 5_000;
  expect(await gate.send("can0", frame(0x123, [5]))).toEqual({ kind: "sent" });
  expect(written).toHaveLength(4);
});

test("a bus that is not open is not available, and one that breaks says so", async () => {
  const { gate } = gateWith([{ ...wake, bus: "can9" }]);
  expect(await gate.send("can9", frame(0x123, [1]))).toEqual({ kind: "refused", why: "not-available" });
  const broken = createFrameGate({
    listed: [wake],
    clock: { now: () => 0 },
    writerOf: () => () => Promise.reject(new Error("unplugged")),
  });
  await expect(broken.send("can0", frame(0x123, [1]))).rejects.toThrow("unplugged");
});

test.each([
  ["a value", [0x03, 0x22, 0xf1, 0x90]],
  ["two values", [0x05, 0x22, 0xf1, 0x90, 0xf1, 0x8c, 0xcc, 0xcc]],
  ["fault codes", [0x03, 0x19, 0x02, 0xff]],
  ["a sign of presence", [0x02, 0x3e, 0x00]],
  ["a sign of presence without an answer", [0x02, 0x3e, 0x80]],
  ["the default session", [0x02, 0x10, 0x01]],
  ["flow control", [0x30, 0x00, 0x05]],
])("diagnostics may ask for %s", async (_, data) => {
  const { gate } = gateWith([reading]);
  expect(await gate.send("can0", frame(0x7e0, data))).toEqual({ kind: "sent" });
});

test.each([
  ["another session", [0x02, 0x10, 0x03]],
  ["a session with something behind it", [0x03, 0x10, 0x01, 0x00]],
  ["a reset", [0x02, 0x11, 0x01]],
  ["clearing fault codes", [0x04, 0x14, 0xff, 0xff, 0xff]],
  ["security access", [0x02, 0x27, 0x01]],
  ["writing a value", [0x04, 0x2e, 0xf1, 0x90, 0x00]],
  ["moving an actuator", [0x04, 0x2f, 0x00, 0x01, 0x03]],
  ["a routine", [0x04, 0x31, 0x01, 0x00, 0x01]],
  ["a download", [0x03, 0x34, 0x00, 0x44]],
  ["clearing by OBD", [0x01, 0x04]],
  ["half an identifier", [0x02, 0x22, 0xf1]],
  ["presence with an unknown word", [0x02, 0x3e, 0x01]],
  ["fault codes without a word", [0x01, 0x19]],
  ["a first frame of something longer", [0x10, 0x14, 0x22, 0xf1]],
  ["a next frame of something longer", [0x21, 0x00]],
  ["a length of nothing", [0x00, 0x22]],
  ["less than it says", [0x07, 0x22, 0xf1, 0x90]],
  ["nothing at all", []],
])("diagnostics may not ask for %s", async (_, data) => {
  const { gate, written } = gateWith([reading]);
  expect(await gate.send("can0", frame(0x7e0, data))).toEqual({ kind: "refused", why: "not-reading" });
  expect(written).toEqual([]);
});

test("of the services of OBD only those that read pass, and clearing passes with its own leave alone", () => {
  const services = Array.from({ length: 256 }, (_, service) => service);
  expect(services.filter((service) => typeof passQuestion([service, 0]) !== "string")).toEqual([1, 2, 3, 7, 9, 10]);
  expect(passQuestion([])).toBe("not-reading");
  expect(passQuestion([4])).toBe("not-confirmed");
  expect(passQuestion([4], { wasAskedTwice: false, stands: true })).toBe("not-confirmed");
  expect(passQuestion([4], { wasAskedTwice: true, stands: false })).toBe("not-standing");
  expect(passQuestion([4, 1], { wasAskedTwice: true, stands: true })).toBe("not-reading");
  expect(passQuestion([8], { wasAskedTwice: true, stands: true })).toBe("not-reading");
  expect(passQuestion([4], { wasAskedTwice: true, stands: true })).toMatchObject({});
  const passed = passQuestion([1, 0x0d]);
  expect(typeof passed === "string" ? passed : passed.bytes()).toEqual([1, 0x0d]);
});
