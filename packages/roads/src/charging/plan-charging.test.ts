import { expect, test } from "vitest";
import type { ChargingPlan } from "./charging-plan.ts";
import { planCharging } from "./plan-charging.ts";
import { chargerAt, perKwh, straightLegs, task, testCar } from "./test-charging.ts";

function stopsOf(plan: ChargingPlan) {
  if (plan.kind !== "stops") throw new Error(`no stops but ${JSON.stringify(plan)}`);
  return plan;
}

test("with enough in the battery nobody stops", () => {
  const plan = planCharging(task({ destination: { lat: 0, lon: 80 } }));
  expect(plan).toEqual({ kind: "not-needed", arrivalCharge: expect.closeTo(50 - 28.8, 6), seconds: 3_200 });
});

test("a long way gets the stops it needs, never below the reserve, and arrives with what was wished for", () => {
  const plan = stopsOf(planCharging(task()));
  expect(plan.stops.length).toBeGreaterThanOrEqual(2);
  let charge = 50;
  let at = 0;
  for (const stop of plan.stops) {
    charge -= ((stop.charger.lon - at) * 180) / 500;
    expect(stop.arriveCharge).toBeCloseTo(charge, 6);
    expect(charge).toBeGreaterThanOrEqual(10);
    expect(Number.isInteger(stop.leaveCharge)).toBe(true);
    // 5 % taper last: nobody charges to the brim where the next charger is near.
    expect(stop.leaveCharge).toBeLessThan(90);
    charge = stop.leaveCharge;
    at = stop.charger.lon;
  }
  expect(plan.arrivalCharge).toBeCloseTo(charge - ((400 - at) * 180) / 500, 6);
  expect(plan.arrivalCharge).toBeGreaterThanOrEqual(20);
  expect(plan.arrivalCharge).toBeLessThan(21);
  expect(plan.seconds).toBeCloseTo(plan.why.driving + plan.why.charging + plan.why.stopping, 6);
  expect(plan.why.driving).toBe(16_000);
  expect(plan.why.withoutCharging).toBeCloseTo(50 - 144, 6);
  const bought = plan.stops.reduce((sum, stop) => sum + stop.wattHours, 0);
  expect(plan.price).toEqual({
    minor: plan.stops.reduce((sum, { price }) => sum + (price?.minor ?? NaN), 0),
    currency: "EUR",
  });
  expect(Math.abs((plan.price?.minor ?? NaN) - bought * 0.05)).toBeLessThan(2);
});

test("a fast charger off the road wins where the time it saves is more than the detour, and loses where it is not", () => {
  const slow = chargerAt(100, 22_000);
  const near = { ...chargerAt(100, 150_000), lat: 2, id: "near" };
  const far = { ...chargerAt(100, 150_000), lat: 90, id: "far" };
  const way = { destination: { lat: 0, lon: 180 }, arrival: 0.1, charge: 0.6 };
  expect(stopsOf(planCharging(task({ ...way, chargers: [slow, near] }))).stops[0]?.charger.id).toBe("near");
  const short = { destination: { lat: 0, lon: 145 }, arrival: 0.1, charge: 0.6 };
  expect(stopsOf(planCharging(task({ ...short, chargers: [slow, far] }))).stops[0]?.charger.id).toBe(slow.id);
});

test("the price as aim takes the cheap charger, time the quick one", () => {
  const quick = chargerAt(100, 150_000, { price: perKwh(79) });
  const cheap = chargerAt(110, 50_000, { price: perKwh(29) });
  const way = { destination: { lat: 0, lon: 200 }, charge: 0.6, chargers: [quick, cheap] };
  const fast = stopsOf(planCharging(task({ ...way, aim: "time" })));
  const thrifty = stopsOf(planCharging(task({ ...way, aim: "price" })));
  expect(fast.stops.map(({ charger }) => charger.id)).toEqual([quick.id]);
  expect(thrifty.stops.map(({ charger }) => charger.id)).toEqual([cheap.id]);
  expect(thrifty.price?.minor).toBeLessThan(fast.price?.minor ?? NaN);
  expect(fast.seconds).toBeLessThan(thrifty.seconds);
  expect(fast.why.nextBest).toEqual({
    charger: cheap,
    seconds: expect.closeTo(thrifty.seconds - fast.seconds, 0),
    minor: expect.any(Number),
  });
});

test("a plug that does not fit is no charger", () => {
  const chargers = [chargerAt(100, 150_000, { plug: "chademo" }), chargerAt(120, 50_000)];
  const plan = stopsOf(planCharging(task({ destination: { lat: 0, lon: 200 }, charge: 0.6, chargers })));
  expect(plan.stops.map(({ charger }) => charger.lon)).toEqual([120]);
  expect([plan.why.fitting, plan.why.known]).toEqual([1, 2]);
});

test("alternating current charges at what the car's own charger takes", () => {
  const chargers = [chargerAt(100, 22_000)];
  const plan = stopsOf(planCharging(task({ destination: { lat: 0, lon: 150 }, arrival: 0.1, charge: 0.5, chargers })));
  const [stop] = plan.stops;
  expect(stop?.power).toBeCloseTo(11_000 * 0.93, 6);
  const wattHours = (((stop?.leaveCharge ?? 0) - (stop?.arriveCharge ?? 0)) * testCar.capacity) / 100;
  expect(stop?.seconds).toBeCloseTo((wattHours * 3_600) / (11_000 * 0.93), 3);
});

test("a cold battery charges longer, and the plan says why", () => {
  const warm = stopsOf(planCharging(task()));
  const cold = stopsOf(planCharging(task({ temperature: -5 })));
  expect(cold.why.charging).toBeGreaterThan(warm.why.charging * 1.5);
  expect(cold.why.caveats).toContain("cold-battery");
  expect(warm.why.caveats).not.toContain("cold-battery");
});

test("nobody charges beyond the car's own limit", () => {
  const way = { destination: { lat: 0, lon: 300 }, charge: 0.4, chargers: [chargerAt(50, 50_000)] };
  expect(stopsOf(planCharging(task({ ...way, arrival: 0.1 }))).stops[0].leaveCharge).toBe(100);
  expect(planCharging(task({ ...way, arrival: 0.1, limit: 0.9 }))).toMatchObject({
    kind: "impossible",
    why: { kind: "gap" },
  });
});

test("a car that comes with just its limit still gets on", () => {
  const chargers = [chargerAt(0, 50_000), chargerAt(100, 50_000)];
  const plan = stopsOf(planCharging(task({ destination: { lat: 0, lon: 250 }, charge: 0.9, limit: 0.9, chargers })));
  expect(plan.stops.map(({ charger }) => charger.lon)).toEqual([100]);
});

test("the plan tells what it does not know", () => {
  const { free: _, ...unknown } = chargerAt(100, 50_000).connectors[0];
  const chargers = [{ ...chargerAt(100, 50_000), connectors: [{ ...unknown, powerIsAssumed: true }] }];
  const plan = stopsOf(planCharging(task({ destination: { lat: 0, lon: 200 }, charge: 0.6, chargers })));
  expect(plan.why.caveats.toSorted()).toEqual(["power-assumed", "price-unknown", "waiting-unknown"]);
  expect(plan.price).toBeUndefined();
});

test("where all plugs are taken ten minutes of waiting are counted", () => {
  const way = { destination: { lat: 0, lon: 200 }, charge: 0.6 };
  const busy = stopsOf(planCharging(task({ ...way, chargers: [chargerAt(100, 50_000, { free: 0 })] })));
  const free = stopsOf(planCharging(task({ ...way, chargers: [chargerAt(100, 50_000)] })));
  expect(busy.seconds - free.seconds).toBeCloseTo(600, 6);
  expect(busy.why.caveats).toContain("occupied-now");
});

test("what was wished for at the destination gives way to getting there", () => {
  const way = { destination: { lat: 0, lon: 200 }, charge: 0.5, chargers: [chargerAt(50, 50_000)], arrival: 0.6 };
  const plan = stopsOf(planCharging(task(way)));
  expect(plan.why.caveats).toContain("arrival-below-wish");
  expect(plan.arrivalCharge).toBeGreaterThanOrEqual(10);
});

test("with places to pass on the way, charging may be before, between and after them", () => {
  const via = [
    { lat: 0, lon: 100 },
    { lat: 30, lon: 150 },
  ];
  const chargers = [chargerAt(90, 150_000), chargerAt(160, 150_000)];
  const plan = stopsOf(planCharging(task({ via, destination: { lat: 0, lon: 300 }, charge: 0.5, chargers })));
  let charge = 50;
  let at = { lat: 0, lon: 0 };
  let passed = 0;
  const drive = (to: { lat: number; lon: number }): void => {
    charge -= ((Math.abs(to.lon - at.lon) + Math.abs(to.lat - at.lat)) * 180) / 500;
    at = to;
  };
  for (const stop of plan.stops) {
    while (passed < stop.after) drive(via[passed++]);
    drive(stop.charger);
    expect(stop.arriveCharge).toBeCloseTo(charge, 6);
    expect(charge).toBeGreaterThanOrEqual(10);
    charge = stop.leaveCharge;
  }
  while (passed < via.length) drive(via[passed++]);
  drive({ lat: 0, lon: 300 });
  expect(plan.arrivalCharge).toBeCloseTo(charge, 6);
  expect(plan.why.detour).toBeGreaterThanOrEqual(0);
});

test.each([
  ["no road leads there", { legs: noWay }, { kind: "no-way" }],
  ["no charger is known", { chargers: [] }, { kind: "no-charger", known: 0 }],
  ["none fits", { chargers: [chargerAt(50, 50_000, { plug: "chademo" })] }, { kind: "no-charger", known: 1 }],
  ["the nearest is too far", { chargers: [chargerAt(150, 50_000)] }, { kind: "out-of-reach" }],
  [
    "they lie too far apart",
    { chargers: [chargerAt(100, 50_000)], destination: { lat: 0, lon: 900 } },
    { kind: "gap" },
  ],
])("impossible says why: %s", (_, change, why) => {
  expect(planCharging(task(change))).toMatchObject({ kind: "impossible", why });
});

test("impossible says what is missing and where the nearest charger is", () => {
  const chargers = [chargerAt(300, 50_000), chargerAt(150, 50_000)];
  expect(planCharging(task({ chargers }))).toMatchObject({
    missing: expect.closeTo(54 + 10 - 50, 6),
    nearest: { charger: { lon: 150 }, seconds: 6_000, arriveCharge: expect.closeTo(-4, 6) },
  });
  const gap = planCharging(task({ chargers: [chargerAt(100, 50_000)], destination: { lat: 0, lon: 400 } }));
  expect(gap).toMatchObject({ missing: expect.closeTo(108 + 10 - 100, 6) });
});

test("two hundred chargers are considered", () => {
  const chargers = Array.from({ length: 200 }, (_, i) => ({
    ...chargerAt(2 * i, [22_000, 50_000, 150_000, 300_000][i % 4], { price: perKwh(30 + (i % 7) * 8) }),
    lat: (i * 7) % 11,
    id: `${i}`,
  }));
  const plan = stopsOf(planCharging(task({ chargers, charge: 0.3 })));
  expect(plan.why.fitting).toBe(200);
  expect(plan.stops.length).toBeGreaterThan(1);
  expect(plan.arrivalCharge).toBeGreaterThanOrEqual(20);
});

function noWay(from: readonly unknown[], to: readonly unknown[]) {
  const nothing = new Float64Array(from.length * to.length).fill(NaN);
  return { seconds: nothing, wattHours: nothing };
}

test("the ways are asked for once", () => {
  let asked = 0;
  planCharging(task({ legs: (from, to) => (asked++, straightLegs(from, to)) }));
  expect(asked).toBe(1);
});
