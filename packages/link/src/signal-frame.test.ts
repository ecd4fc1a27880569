import fc from "fast-check";
import { expect, test } from "vitest";

import { FrameWriter, frameSamples, readFrame, readTaken, writeTaken } from "./signal-frame.ts";

const head = { subscription: 7, sequence: 41, passedOver: 3, isSnapshot: false };
const reading = fc.record({
  slot: fc.nat(65_535),
  value: fc.double(),
  at: fc.double({ min: 1.6e12, max: 2e12, noNaN: true }),
  quality: fc.nat(5),
});

test("what is written is read, to the bit, wherever the bytes begin", () => {
  fc.assert(
    fc.property(fc.array(reading, { maxLength: 50 }), fc.nat(9), fc.boolean(), (readings, shift, isSnapshot) => {
      const writer = new FrameWriter();
      for (const { slot, value, at, quality } of readings) writer.add(slot, value, at, quality);
      const bytes = writer.take({ ...head, isSnapshot });
      expect(writer.count).toBe(0);
      const shifted = Buffer.alloc(bytes.length + shift);
      shifted.set(bytes, shift);
      const frame = readFrame(shifted.subarray(shift));
      expect(frame).toMatchObject({ ...head, isSnapshot });
      expect(
        Array.from(frame?.slots ?? [], (slot, i) => ({
          slot,
          value: frame?.values[i],
          at: (frame?.base ?? 0) + (frame?.offsets[i] ?? 0),
          quality: frame?.qualities[i],
        })),
      ).toEqual(readings.map((one) => ({ ...one, at: base(readings) + (one.at - base(readings)) })));
    }),
  );
});

const base = (readings: readonly { at: number }[]): number => readings[0]?.at ?? 0;

test("times of one moment are written short, times far apart in full", () => {
  const near = new FrameWriter();
  const far = new FrameWriter();
  for (let i = 0; i < 100; i++) {
    near.add(i, i, 1_760_000_000_000 + i, 1);
    far.add(i, i, 1_760_000_000_000 + i * 86_400_000.25, 1);
  }
  expect(near.take(head).length).toBe(24 + 100 * 15);
  const bytes = far.take(head);
  expect(bytes.length).toBe(24 + 100 * 19);
  expect(readFrame(bytes)?.offsets[99]).toBe(99 * 86_400_000.25);
});

test("a frame takes no more readings than its bound", () => {
  const writer = new FrameWriter();
  for (let i = 0; i < frameSamples; i++) writer.add(i, i, 1, 1);
  expect(writer.isFull).toBe(true);
  expect(readFrame(writer.take(head))?.slots.length).toBe(frameSamples);
});

test("bytes that are no frame are none, and none of them throws", () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), fc.boolean(), (bytes, isLabelled) => {
      if (isLabelled && bytes.length > 0) bytes[0] = 1;
      const frame = readFrame(bytes);
      if (frame !== undefined) expect(frame.values.length).toBe(frame.slots.length);
      readTaken(bytes);
    }),
  );
  const writer = new FrameWriter();
  writer.add(1, 2, 3, 1);
  const bytes = writer.take(head);
  for (let cut = 0; cut < bytes.length; cut++) expect(readFrame(bytes.subarray(0, cut))).toBeUndefined();
});

test("what a provider hears is read back", () => {
  expect(readTaken(writeTaken({ sequence: 4_000_000_000, refused: 12 }))).toEqual({
    sequence: 4_000_000_000,
    refused: 12,
  });
});
