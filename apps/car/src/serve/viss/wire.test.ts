import { catalogue } from "@caravan/signals";
import type { Signal, SignalValue } from "@caravan/signals";
import fc from "fast-check";
import { expect, test } from "vitest";
import { fromWire, timestamp, toWire } from "./wire.ts";

/** Any value that a signal of the catalogue may have. */
function valuesOf(signal: Signal): fc.Arbitrary<SignalValue> {
  const isArray = signal.datatype.endsWith("[]");
  const one = scalarsOf(signal, isArray ? signal.datatype.slice(0, -2) : signal.datatype);
  return isArray ? fc.array(one, { maxLength: 5 }) : one;
}

function scalarsOf(
  { allowed, min = -100, max = 100 }: Signal,
  datatype: string,
): fc.Arbitrary<number | boolean | string> {
  if (allowed) return fc.constantFrom(...allowed);
  if (datatype === "boolean") return fc.boolean();
  if (datatype === "string") return fc.string({ maxLength: 50 });
  const lowest = datatype.startsWith("u") ? Math.max(0, min) : min;
  if (datatype === "float" || datatype === "double")
    return fc.double({ noNaN: true, min: lowest, max }).map((value) => value + 0);
  return fc.integer({ min: lowest, max });
}

test("what a client reads it may send back, and it means the same", () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...catalogue.signals).chain((signal) => fc.tuple(fc.constant(signal), valuesOf(signal))),
      ([signal, value]) => {
        expect(fromWire(signal, toWire(value))).toEqual({ value });
      },
    ),
    { numRuns: 1_000 },
  );
});

test.each([
  ["Vehicle.Speed", "0x10", "wrong-type"],
  ["Vehicle.Speed", "1.", "wrong-type"],
  ["Vehicle.Speed", " 1", "wrong-type"],
  ["Vehicle.Speed", "Infinity", "wrong-type"],
  ["Vehicle.Speed", "1e999", "wrong-type"],
  ["Vehicle.Speed", "", "wrong-type"],
  ["Vehicle.Speed", 1, "wrong-type"],
  ["Vehicle.IsMoving", "TRUE", "wrong-type"],
  ["Vehicle.IsMoving", true, "wrong-type"],
  ["Vehicle.TraveledDistance", "1.5", "wrong-type"],
  ["Vehicle.TraveledDistance", "-1", "outside-limit"],
  ["Vehicle.Cabin.SeatPosCount", "2", "wrong-type"],
  ["Vehicle.Cabin.SeatPosCount", ["2", 3], "wrong-type"],
  ["Vehicle.Cabin.SeatPosCount", ["2", "300"], "outside-limit"],
  ["Vehicle.Cabin.Infotainment.HMI.DayNightMode", "DUSK", "outside-limit"],
])("%s does not take %j", (path, wire: unknown, problem) => {
  const signal = catalogue.find(path);
  expect(signal && fromWire(signal, wire)).toEqual({ problem });
});

test("instants are UTC with milliseconds", () => {
  expect(timestamp(Date.UTC(2026, 0, 2, 3, 4, 5, 6))).toBe("2026-01-02T03:04:05.006Z");
});
