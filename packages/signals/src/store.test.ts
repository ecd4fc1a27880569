import fc from "fast-check";
import { expect, test } from "vitest";
import { SignalError, Store, Vehicle, catalogue, fromSi, loadCatalogue, si, siUnit, toSi } from "../index.ts";
import type { Reading, Signal } from "../index.ts";

const from = { source: "test" };

function freshStore(now = 1_000) {
  const clock = { time: now, now: () => clock.time };
  return { clock, store: new Store({ catalogue, clock }) };
}

test("a signal without a reading is absent, not zero", () => {
  const { store } = freshStore();
  expect(store.value(Vehicle.Speed)).toBeUndefined();
  expect(store.get(Vehicle.IsMoving)).toBeUndefined();
  store.set(Vehicle.Speed, 0, from);
  store.set(Vehicle.IsMoving, false, from);
  expect(store.value(Vehicle.Speed)).toBe(0);
  expect(store.value(Vehicle.IsMoving)).toBe(false);
  store.remove(Vehicle.Speed);
  expect(store.get(Vehicle.Speed)).toBeUndefined();
});

test("a reading keeps its value, its source, its quality and the source's own time", () => {
  const { store } = freshStore(5_000);
  store.set(Vehicle.Speed, 50.5, { source: "can", at: 4_990, quality: "simulated" });
  store.set(Vehicle.Diagnostics.DTCList, ["P0A80"], from);
  store.set(Vehicle.Cabin.Infotainment.HMI.DayNightMode, "NIGHT", from);
  expect(store.get(Vehicle.Speed)).toEqual<Reading<number>>({
    value: 50.5,
    at: 4_990,
    source: "can",
    quality: "simulated",
  });
  expect(store.get(Vehicle.Diagnostics.DTCList)).toEqual({
    value: ["P0A80"],
    at: 5_000,
    source: "test",
    quality: "good",
  });
  expect(store.value(Vehicle.Cabin.Infotainment.HMI.DayNightMode)).toBe("NIGHT");
});

test.each([
  ["Vehicle.Speed", "50", "type"],
  ["Vehicle.Speed", Number.NaN, "finite"],
  ["Vehicle.Speed", Number.POSITIVE_INFINITY, "finite"],
  ["Vehicle.Speed", 1e300, "range"],
  ["Vehicle.Speed", null, "type"],
  ["Vehicle.Speed", {}, "type"],
  ["Vehicle.IsMoving", 1, "type"],
  ["Vehicle.TraveledDistance", 1.5, "integer"],
  ["Vehicle.TraveledDistance", -1, "range"],
  ["Vehicle.CurrentLocation.Latitude", 90.001, "range"],
  ["Vehicle.Cabin.Seat.Row1.DriverSide.HeatingCooling", -101, "range"],
  ["Vehicle.Cabin.Infotainment.HMI.DayNightMode", "day", "allowed"],
  ["Vehicle.Diagnostics.DTCList", "P0A80", "type"],
  ["Vehicle.Diagnostics.DTCList", [1], "type"],
  ["Vehicle.Diagnostics.DTCList", Array.from({ length: 1_025 }, () => ""), "length"],
  ["Vehicle.VehicleIdentification.Brand", "x".repeat(4_097), "length"],
  ["Vehicle.Nothing", 1, "unknown path"],
  ["__proto__", 1, "unknown path"],
])("%s refuses %j by its rule and keeps what it had", (path, value: unknown, rule) => {
  const { store } = freshStore();
  let error: unknown;
  try {
    store.setByPath(path, value, from);
  } catch (thrown) {
    error = thrown;
  }
  expect(error).toBeInstanceOf(SignalError);
  expect(error).toMatchObject({ path, rule, value: Array.isArray(value) ? expect.anything() : value });
  expect(String(error)).toContain(path);
  expect(catalogue.signals.every((signal) => store.get(signal) === undefined)).toBe(true);
});

test("64-bit integers are kept exactly or refused", () => {
  const counter = { type: "sensor", datatype: "int64", description: "" };
  const big = loadCatalogue({ "Vehicle.Counter": counter });
  const store = new Store({ catalogue: big, clock: { now: () => 0 } });
  store.setByPath("Vehicle.Counter", Number.MAX_SAFE_INTEGER, from);
  expect(() => store.setByPath("Vehicle.Counter", 2 ** 53, from)).toThrow(SignalError);
  expect(store.at(big.find("Vehicle.Counter")?.slot ?? -1).reading?.value).toBe(Number.MAX_SAFE_INTEGER);
});

test("a reading whose time is no time is refused", () => {
  const { store } = freshStore();
  expect(() => store.set(Vehicle.Speed, 1, { source: "test", at: Number.NaN })).toThrow("time");
  expect(() => store.set(Vehicle.Speed, 1, { source: "test", at: 9e15 })).toThrow("time");
  expect(store.value(Vehicle.Speed)).toBeUndefined();
});

test("a listener hears its own signals, whether they changed, and when they go away", () => {
  const { store } = freshStore();
  const heard: [string, unknown, boolean][] = [];
  const stop = store.subscribe([Vehicle.Speed, Vehicle.IsMoving, Vehicle.Speed], (slot, changed) => {
    const { signal, reading } = store.at(slot);
    heard.push([signal.path, reading?.value, changed]);
  });
  store.set(Vehicle.Speed, 1, from);
  store.set(Vehicle.Speed, 1, from);
  store.set(Vehicle.Exterior.AirTemperature, 20, from);
  store.set(Vehicle.IsMoving, true, from);
  store.remove(Vehicle.Speed);
  store.remove(Vehicle.Speed);
  stop();
  stop();
  store.set(Vehicle.Speed, 2, from);
  expect(heard).toEqual([
    ["Vehicle.Speed", 1, true],
    ["Vehicle.Speed", 1, false],
    ["Vehicle.IsMoving", true, true],
    ["Vehicle.Speed", undefined, true],
  ]);
});

test("listeners may come and go while others are being told", () => {
  const { store } = freshStore();
  const heard: string[] = [];
  const stopFirst = store.subscribe([Vehicle.Speed], () => {
    heard.push("first");
    stopSecond();
    stopFirst();
    store.subscribe("all", () => heard.push("late"));
  });
  const stopSecond = store.subscribe([Vehicle.Speed], () => heard.push("second"));
  store.subscribe("all", () => heard.push("all"));
  store.set(Vehicle.Speed, 1, from);
  expect(heard.slice(0, 1)).toEqual(["first"]);
  expect(heard).not.toContain("second");
  expect(heard).toContain("all");
  heard.length = 0;
  store.set(Vehicle.Speed, 2, from);
  expect(heard).toEqual(["all", "late"]);
});

test("readings grow stale by the clock, by their mark, or by never having come", () => {
  const { store, clock } = freshStore(0);
  expect(store.isStale(Vehicle.Speed, 1_000)).toBe(true);
  store.set(Vehicle.Speed, 1, from);
  expect(store.isStale(Vehicle.Speed, 1_000)).toBe(false);
  clock.time = 1_001;
  expect(store.isStale(Vehicle.Speed, 1_000)).toBe(true);
  store.set(Vehicle.Speed, 1, { source: "test", quality: "stale" });
  expect(store.isStale(Vehicle.Speed, 1_000)).toBe(true);
});

test("history keeps the newest samples, up to its bound, in order", () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 2, max: 9 }),
      fc.array(fc.integer({ min: -100, max: 100 }), { maxLength: 30 }),
      (samples, values) => {
        const { store } = freshStore();
        store.keep(Vehicle.Speed, { samples });
        for (const [at, value] of values.entries()) store.set(Vehicle.Speed, value, { source: "test", at });
        const expected = [...values.entries()].slice(-samples);
        expect(store.history(Vehicle.Speed)).toEqual({
          at: expected.map(([at]) => at),
          values: expected.map(([, value]) => value),
        });
        expect(store.history(Vehicle.Speed, 10)?.at.every((at) => at >= 10)).toBe(true);
      },
    ),
  );
});

test("a history with an interval spans samples times interval and always ends with the newest value", () => {
  const { store } = freshStore();
  store.keep(Vehicle.Speed, { samples: 10, everyMs: 1_000 });
  for (let at = 0; at <= 20_000; at += 100) store.set(Vehicle.Speed, at / 1_000, { source: "test", at });
  const { at = [] } = store.history(Vehicle.Speed) ?? {};
  expect(at).toHaveLength(10);
  expect(at.at(-1)).toBe(20_000);
  expect((at.at(-1) ?? 0) - (at[0] ?? 0)).toBeGreaterThanOrEqual(8_000);
});

test("histories are bounded all together, and a signal nobody keeps has none", () => {
  const { store } = freshStore();
  expect(store.history(Vehicle.Speed)).toBeUndefined();
  expect(() => store.keep(Vehicle.Speed, { samples: 1_000_001 })).toThrow(RangeError);
  store.keep(Vehicle.Speed, { samples: 600_000 });
  expect(() => store.keep(Vehicle.IsMoving, { samples: 600_000 })).toThrow(RangeError);
  store.keep(Vehicle.Speed, { samples: 10 });
  store.keep(Vehicle.IsMoving, { samples: 600_000 });
  store.set(Vehicle.IsMoving, true, { source: "test", at: 7 });
  expect(store.history(Vehicle.IsMoving)).toEqual({ at: [7], values: [1] });
});

test("every value the catalogue admits comes back as it went in", () => {
  const numeric = catalogue.signals.filter((signal): signal is Signal<number> =>
    /^(?:float|double|u?int\d+)$/.test(signal.datatype),
  );
  fc.assert(
    fc.property(fc.constantFrom(...numeric), fc.double({ noNaN: true, min: -200, max: 200 }), (signal, raw) => {
      const { store } = freshStore();
      const whole = signal.datatype.includes("int");
      const value =
        Math.min(
          Math.max(whole ? Math.round(raw) : raw, signal.min ?? (signal.datatype.startsWith("u") ? 0 : -128)),
          signal.max ?? 127,
        ) + 0;
      store.set(signal, value, from);
      expect(store.value(signal)).toBe(value);
    }),
  );
});

test("SI comes out in SI and goes back", () => {
  const { store } = freshStore();
  expect(si(store, Vehicle.Speed)).toBeUndefined();
  store.set(Vehicle.Speed, 36, from);
  store.set(Vehicle.Exterior.AirTemperature, 20, from);
  expect(si(store, Vehicle.Speed)).toBeCloseTo(10, 12);
  expect(si(store, Vehicle.Exterior.AirTemperature)).toBeCloseTo(293.15, 9);
  expect(siUnit(Vehicle.Speed)).toBe("m/s");
  expect(toSi(Vehicle.Powertrain.ElectricMotor.Speed, 60)).toBeCloseTo(2 * Math.PI, 12);
  expect(toSi(Vehicle.Powertrain.TractionBattery.StateOfCharge.CurrentEnergy, 1)).toBe(3_600_000);
  expect(toSi(Vehicle.Powertrain.FuelSystem.AverageConsumption, 100)).toBeCloseTo(1e-6, 15);
});

test("every unit of the catalogue has a conversion there and back", () => {
  const inUnits = catalogue.signals.filter(
    (signal): signal is Signal<number> => signal.unit !== undefined && signal.datatype !== "string",
  );
  expect(inUnits.length).toBeGreaterThan(100);
  fc.assert(
    fc.property(fc.constantFrom(...inUnits), fc.double({ noNaN: true, min: -1e6, max: 1e6 }), (signal, value) => {
      expect(Math.abs(fromSi(signal, toSi(signal, value)) - value)).toBeLessThanOrEqual(1e-6);
    }),
  );
});

test("a signal of another catalogue is found by its path", () => {
  const other = loadCatalogue({ "Vehicle.X": { type: "sensor", datatype: "float", description: "" } });
  const stranger = other.find("Vehicle.X");
  const { store } = freshStore();
  expect(() => store.get(stranger ?? Vehicle.Speed)).toThrow("Vehicle.X");
  const same = { ...Vehicle.Speed, slot: 0 };
  store.set(Vehicle.Speed, 3, from);
  expect(store.value(same)).toBe(3);
});
