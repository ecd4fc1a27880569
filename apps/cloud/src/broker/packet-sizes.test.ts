import * as fc from "fast-check";
import { expect, test } from "vitest";
import { PacketSizes } from "./packet-sizes.ts";

function packet(size: number): Uint8Array {
  const length: number[] = [];
  let left = size;
  do {
    length.push((left % 128) + (left >= 128 ? 128 : 0));
    left = Math.floor(left / 128);
  } while (left > 0);
  return Uint8Array.from([0x30, ...length, ...new Uint8Array(size).fill(0xff)]);
}

test("packets within the limit pass, in whatever pieces they come", () => {
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: 0, max: 20_000 }), { maxLength: 4 }),
      fc.integer({ min: 50, max: 5_000 }),
      (sizes, step) => {
        const bytes = Buffer.concat(sizes.map(packet));
        const follow = new PacketSizes(20_000);
        for (let at = 0; at < bytes.length; at += step) {
          if (!follow.follow(bytes.subarray(at, at + step))) expect.fail("refused");
        }
      },
    ),
  );
});

test("a packet over the limit is seen before its body", () => {
  fc.assert(
    fc.property(fc.integer({ min: 20_001, max: 268_435_455 }), (size) => {
      const head = packet(0).slice(0, 1);
      const length: number[] = [];
      for (let left = size; left > 0; left = Math.floor(left / 128))
        length.push((left % 128) + (left >= 128 ? 128 : 0));
      expect(new PacketSizes(20_000).follow(Uint8Array.from([...head, ...length]))).toBe(false);
    }),
  );
});

test("a length of more than four bytes is none", () => {
  expect(new PacketSizes(2 ** 31).follow(Uint8Array.from([0x30, 0x80, 0x80, 0x80, 0x80, 0x01]))).toBe(false);
});
