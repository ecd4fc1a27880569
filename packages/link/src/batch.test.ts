import { deflateRawSync, inflateRawSync } from "node:zlib";
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { decodeAck, decodeBatch, encodeAck, encodeBatch, linkLimits, packSamples, topics } from "../index.ts";
import type { Packing, Samples } from "../index.ts";

const packing: Packing = {
  deflate: (bytes, dictionary) => deflateRawSync(bytes, { dictionary }),
  inflate(bytes, limit, dictionary) {
    try {
      return inflateRawSync(bytes, { maxOutputLength: limit, ...(dictionary && { dictionary }) });
    } catch {
      return undefined;
    }
  },
};

const one = (value: Samples["value"][number]) => () =>
  packSamples({ paths: ["a"], path: [0], at: [0], value: [value] }, packing);

const text = fc.string({ unit: "grapheme", maxLength: 40 }).filter((value) => !value.includes("\0"));
const number = fc.oneof(
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc.float({ noNaN: true, noDefaultInfinity: true }),
  fc.maxSafeInteger(),
  fc.constantFrom(0, -0, 2 ** 52, -(2 ** 52), 2 ** 60),
  fc
    .tuple(fc.integer({ min: -(2 ** 36), max: 2 ** 36 }), fc.constantFrom(10, 100, 1_000))
    .map(([count, scale]) => count / scale),
);
const plain = fc.oneof(number, fc.boolean(), text);
const value = fc.oneof(plain, fc.constant(undefined), fc.array(plain, { maxLength: 8 }));
const samples: fc.Arbitrary<Samples> = fc
  .uniqueArray(
    text.filter((path) => path !== ""),
    { minLength: 1, maxLength: 12 },
  )
  .chain((paths) =>
    fc
      .array(fc.tuple(fc.nat(paths.length - 1), fc.integer({ min: -(2 ** 50), max: 2 ** 50 }), value), {
        maxLength: 60,
      })
      .map((rows) => ({
        paths,
        path: rows.map((row) => row[0]),
        at: rows.map((row) => row[1]),
        value: rows.map((row) => row[2]),
      })),
  );

test("what a car packs is what the cloud reads, to the last bit", () => {
  fc.assert(
    fc.property(samples, fc.maxSafeInteger(), fc.nat(), fc.nat(), (columns, boot, floor, above) => {
      const place = { boot: Math.abs(boot), seq: floor + above + 1, floor: floor + 1 };
      const body = packSamples(columns, packing);
      const first = { v: 1, ...place, class: "trip", campaign: undefined, samples: columns };
      expect(decodeBatch(encodeBatch(place, body), packing)).toEqual(first);
      const head = { ...place, class: "alarm", campaign: "fast1" } as const;
      expect(decodeBatch(encodeBatch(head, body), packing)).toEqual({ v: 2, ...head, samples: columns });
    }),
  );
});

test("what a wrong clock has stamped is put right, what another clock has stamped stays", () => {
  const hour = 3_600_000;
  const columns = { paths: ["a"], path: [0, 0, 0], at: [-600_000, 5, 40 * hour], value: [1, 2, 3] };
  const head = { class: "trip", campaign: "x", boot: 1, seq: 1, floor: 1 } as const;
  const message = encodeBatch({ ...head, correction: { packedAt: 0, byMs: 50 * hour } }, packSamples(columns, packing));
  expect(decodeBatch(message, packing)).toMatchObject({
    samples: { at: [50 * hour - 600_000, 50 * hour + 5, 40 * hour] },
  });
});

test("a class that nobody knows is no batch", () => {
  const head = { class: "bulk", campaign: "x", boot: 1, seq: 1, floor: 1 } as const;
  const bytes = encodeBatch(head, one(1)());
  expect(decodeBatch(bytes, packing)).toMatchObject({ class: "bulk" });
  expect(decodeBatch(bytes.with(4, 4), packing)).toMatchObject({ v: undefined, kind: "malformed" });
});

test("a small change of the bytes gives a batch or a fault, never an exception", () => {
  fc.assert(
    fc.property(
      samples,
      fc.array(fc.tuple(fc.nat(400), fc.nat(255)), { minLength: 1, maxLength: 6 }),
      (columns, edits) => {
        const bytes = encodeBatch({ boot: 3, seq: 2, floor: 1 }, packSamples(columns, packing));
        for (const [at, byte] of edits) bytes[at % bytes.length] = byte;
        const batch = decodeBatch(bytes, packing);
        if (batch.v === undefined) expect(["too-large", "unknown-version", "malformed"]).toContain(batch.kind);
      },
    ),
  );
});

test("random bytes are refused", () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
      const batch = decodeBatch(bytes, packing);
      expect(batch.v === 1 ? batch.samples.path.length : 0).toBeLessThanOrEqual(bytes.length * 1_000);
    }),
  );
});

test("a truncated batch is refused but still says where it stood", () => {
  const body = packSamples({ paths: ["Vehicle.Speed"], path: [0], at: [1_000], value: [12.5] }, packing);
  const bytes = encodeBatch({ boot: 7, seq: 5, floor: 2 }, body);
  expect(decodeBatch(bytes.subarray(0, bytes.length - 1), packing)).toEqual({
    v: undefined,
    kind: "malformed",
    place: { class: "trip", boot: 7, seq: 5, floor: 2 },
  });
});

test("a small message that unpacks to a huge one is refused", () => {
  const bomb = deflateRawSync(new Uint8Array(linkLimits.bodyBytes * 4));
  const message = encodeBatch({ boot: 1, seq: 1, floor: 1 }, Uint8Array.from([1, ...bomb]));
  expect(message.length).toBeLessThan(linkLimits.messageBytes);
  expect(decodeBatch(message, packing)).toMatchObject({ kind: "malformed" });
});

test("a message over the limit is refused before it is read", () => {
  expect(decodeBatch(new Uint8Array(linkLimits.messageBytes + 1), packing)).toMatchObject({ kind: "too-large" });
});

test("a later version is told apart from rubbish", () => {
  const bytes = encodeBatch(
    { boot: 1, seq: 1, floor: 1 },
    packSamples({ paths: [], path: [], at: [], value: [] }, packing),
  );
  bytes[0] = 3;
  expect(decodeBatch(bytes, packing)).toMatchObject({ kind: "unknown-version" });
});

test("a car cannot pack what the cloud would refuse", () => {
  expect(one(Number.NaN)).toThrow(RangeError);
  expect(one("x".repeat(linkLimits.textBytes + 1))).toThrow(RangeError);
  expect(one("a\0b")).toThrow(RangeError);
  expect(one(Array.from({ length: linkLimits.listItems + 1 }, () => 1))).toThrow(RangeError);
  const many = Array.from({ length: linkLimits.samples + 1 }, () => 0);
  expect(() => packSamples({ paths: ["a"], path: many, at: many, value: many }, packing)).toThrow(RangeError);
});

test("one second of a moving car takes less than 400 bytes on the wire", () => {
  const paths = [
    "Vehicle.Speed",
    "Vehicle.CurrentLocation.Latitude",
    "Vehicle.CurrentLocation.Longitude",
    "Vehicle.CurrentLocation.Heading",
  ];
  const body = packSamples(
    { paths, path: [0, 1, 2, 3], at: [1e12, 1e12, 1e12, 1e12], value: [48.2, 57.7071, 11.9668, 214.4] },
    packing,
  );
  expect(encodeBatch({ boot: 12, seq: 40_000, floor: 39_990 }, body).length).toBeLessThan(400);
});

test("an ack survives the way and a strange one is nothing", () => {
  fc.assert(
    fc.property(fc.nat(), fc.nat(), (boot, seq) => {
      expect(decodeAck(encodeAck({ v: 1, boot, seq }))).toEqual({ v: 1, boot, seq });
    }),
  );
  const encoder = new TextEncoder();
  for (const strange of [
    "",
    "{}",
    "null",
    '{"v":2,"boot":1,"seq":1}',
    '{"v":1,"boot":-1,"seq":1}',
    '{"v":1,"boot":1,"seq":1.5}',
    "[1]",
    "x".repeat(500),
  ]) {
    expect(decodeAck(encoder.encode(strange))).toBeUndefined();
  }
});

test("only a vehicle id makes topics", () => {
  expect(topics("abcdefgh01").batch).toBe("caravan/v1/abcdefgh01/up/batch");
  for (const strange of ["", "+", "#", "a/b", "../..", "ABCDEFGHIJ", "short", "x".repeat(41)])
    expect(() => topics(strange)).toThrow(RangeError);
});
