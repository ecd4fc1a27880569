import fc from "fast-check";
import { expect, test } from "vitest";
import { durationMs, parseFilters } from "./filter.ts";

test.each([
  [{ variant: "timebased", parameter: { period: "500" } }, { operation: { kind: "timebased", periodMs: 500 } }],
  [{ type: "timebased", parameter: { period: "1" } }, { operation: { kind: "timebased", periodMs: 20 } }],
  [{ variant: "paths", parameter: "*.IsOpen" }, { paths: ["*.IsOpen"] }],
  ['{"variant":"paths","parameter":["A","B.C"]}', { paths: ["A", "B.C"] }],
  [
    { variant: "range", parameter: { "boundary-op": "gt", boundary: "5" } },
    { operation: { kind: "range", boundaries: [{ operator: "gt", boundary: 5 }], combine: "AND" } },
  ],
  [
    { variant: "range", parameter: { "logic-op": "lte", boundary: "-5.5" } },
    { operation: { kind: "range", boundaries: [{ operator: "lte", boundary: -5.5 }], combine: "AND" } },
  ],
  [
    {
      variant: "range",
      parameter: [
        { "boundary-op": "lt", boundary: "5", "combination-op": "OR" },
        { "boundary-op": "gt", boundary: "1e1" },
      ],
    },
    {
      operation: {
        kind: "range",
        boundaries: [
          { operator: "lt", boundary: 5 },
          { operator: "gt", boundary: 10 },
        ],
        combine: "OR",
      },
    },
  ],
  [
    { variant: "change", parameter: { "logic-op": "ne", diff: "0" } },
    { operation: { kind: "change", operator: "ne", diff: 0 } },
  ],
  [
    { variant: "curvelog", parameter: { maxerr: "0.5", bufsize: "100" } },
    { operation: { kind: "curvelog", maxError: 0.5, bufferSize: 100 } },
  ],
  [{ variant: "history", parameter: "PT1M" }, { operation: { kind: "history", ms: 60_000 } }],
  [
    { variant: "static-metadata", parameter: "" },
    { operation: { kind: "metadata", names: [], generations: Infinity } },
  ],
  [{ variant: "metadata", parameter: "0" }, { operation: { kind: "metadata", names: [], generations: Infinity } }],
  [{ variant: "metadata", parameter: "2" }, { operation: { kind: "metadata", names: [], generations: 2 } }],
  [{ type: "timebased", value: { period: "500" } }, { operation: { kind: "timebased", periodMs: 500 } }],
  [
    { variant: "metadata", parameter: ["type"] },
    { operation: { kind: "metadata", names: ["type"], generations: Infinity } },
  ],
  [
    [
      { variant: "paths", parameter: ["A"] },
      { variant: "timebased", parameter: { period: "100" } },
    ],
    { paths: ["A"], operation: { kind: "timebased", periodMs: 100 } },
  ],
  [undefined, {}],
])("%j is a filter", (raw: unknown, expected) => {
  expect(parseFilters(raw)).toEqual(expected);
});

const timebased = { variant: "timebased", parameter: { period: "100" } };

test.each([
  [null, "bad-filter"],
  ["{", "bad-filter"],
  [[], "bad-filter"],
  [[timebased, timebased], "bad-filter"],
  [[timebased, timebased, timebased], "bad-filter"],
  [{ variant: "timebased", parameter: { period: 100 } }, "bad-filter"],
  [{ variant: "timebased", parameter: { period: "0" } }, "bad-filter"],
  [{ variant: "timebased", parameter: { period: "-5" } }, "bad-filter"],
  [{ variant: "timebased", parameter: { period: "999999999" } }, "bad-filter"],
  [{ variant: "timebased" }, "bad-filter"],
  [{ variant: "paths", parameter: [] }, "bad-filter"],
  [{ variant: "paths", parameter: Array.from({ length: 257 }, () => "A") }, "bad-filter"],
  [{ variant: "paths", parameter: "x".repeat(401) }, "bad-filter"],
  [{ variant: "range", parameter: { "boundary-op": "above", boundary: "5" } }, "bad-filter"],
  [{ variant: "range", parameter: { "boundary-op": "gt", boundary: "0x5" } }, "bad-filter"],
  [{ variant: "range", parameter: [] }, "bad-filter"],
  [{ variant: "change", parameter: { "logic-op": "gt", diff: "NaN" } }, "bad-filter"],
  [{ variant: "curvelog", parameter: { maxerr: "-1", bufsize: "10" } }, "bad-filter"],
  [{ variant: "curvelog", parameter: { maxerr: "1", bufsize: "1" } }, "bad-filter"],
  [{ variant: "curvelog", parameter: { maxerr: "1", bufsize: "1001" } }, "bad-filter"],
  [{ variant: "history", parameter: "5 minutes" }, "bad-duration"],
  [{ variant: "toString", parameter: "" }, "bad-filter"],
])("%j is no filter", (raw: unknown, problem) => {
  expect(parseFilters(raw)).toEqual({ problem });
});

test("a duration reads as days, hours, minutes and seconds", () => {
  expect(durationMs("P2DT12H")).toBe(216_000_000);
  expect(durationMs("PT0S")).toBe(0);
  for (const text of ["", "P", "PT", "P1DT", "P999D", "P1Y", "PT1.5S", "1D", "PT5"])
    expect(durationMs(text)).toBeUndefined();
  fc.assert(
    fc.property(fc.nat(998), fc.nat(99), fc.nat(99), fc.nat(99), (days, hours, minutes, seconds) => {
      expect(durationMs(`P${days}DT${hours}H${minutes}M${seconds}S`)).toBe(
        (((days * 24 + hours) * 60 + minutes) * 60 + seconds) * 1_000,
      );
    }),
  );
});
