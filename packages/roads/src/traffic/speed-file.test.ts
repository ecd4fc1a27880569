import fc from "fast-check";
import { expect, test } from "vitest";
import { readSegmentSpeeds, writeSegmentSpeeds } from "./speed-file.ts";

const kmh = (text: string) =>
  readSegmentSpeeds(text).speeds.map(({ from, to, speed }) => [from, to, Math.round(speed * 36) / 10]);

test("speeds of segments are read as OSRM reads them", () => {
  expect(kmh("1,2,36\n2,1,0\n3,4,72.5,12.3\n")).toEqual([
    [1, 2, 36],
    [2, 1, 0],
    [3, 4, 72.5],
  ]);
});

test("a file that a person or another program made is read as it was meant", () => {
  const text = "\uFEFFfrom,to,speed\r\n 1 , 2 , 30 \r\n\r\n# a comment\r\n3,4,50 # and another\r\n1,2,40,";
  expect(kmh(text)).toEqual([
    [1, 2, 40],
    [3, 4, 50],
  ]);
  expect(readSegmentSpeeds(text).problems).toEqual([]);
});

test("a line that says nothing readable is told with its number, the others count", () => {
  const { speeds, problems, problemCount } = readSegmentSpeeds(
    "1,2,30\n1,2\nx,2,30\n1,2,-5\n1,2,999\n1,2,3,x\n1,2,3,4,5\n99999999999999999,2,30\n5,6,7",
  );
  expect(speeds.map(({ from }) => from)).toEqual([1, 5]);
  expect(problems.map(({ line }) => line)).toEqual([2, 3, 4, 5, 6, 7, 8]);
  expect(problems[2].why).toContain("km/h");
  expect(problemCount).toBe(7);
});

test("a file of nothing but rubbish tells a hundred problems and counts all", () => {
  const { problems, problemCount } = readSegmentSpeeds("rubbish;\n".repeat(500));
  expect(problems).toHaveLength(100);
  expect(problemCount).toBe(499);
});

test("what is written is read again, to a tenth of a km/h, and only what is closed is 0", () => {
  const node = fc.integer({ min: 1, max: Number.MAX_SAFE_INTEGER });
  const speed = fc.integer({ min: 0, max: 4_000 }).map((tenths) => tenths / 36);
  fc.assert(
    fc.property(
      fc.uniqueArray(fc.record({ from: node, to: node, speed }), { selector: ({ from, to }) => `${from},${to}` }),
      (speeds) => {
        const read = readSegmentSpeeds(writeSegmentSpeeds(speeds)).speeds;
        expect(read.map(({ from, to }) => [from, to])).toEqual(speeds.map(({ from, to }) => [from, to]));
        for (const [i, { speed: wanted }] of speeds.entries()) expect(read[i].speed).toBeCloseTo(wanted, 6);
      },
    ),
  );
  expect(writeSegmentSpeeds([{ from: 1, to: 2, speed: 0.001 }])).toBe("1,2,0.1\n");
});

test("no text whatsoever makes the reader fail", () => {
  fc.assert(
    fc.property(fc.string(), (text) => {
      expect(readSegmentSpeeds(text).problemCount).toBeGreaterThanOrEqual(0);
    }),
  );
});
