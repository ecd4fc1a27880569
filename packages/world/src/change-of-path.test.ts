import { createRouter } from "@caravan/roads/routing";
import type { LatLon } from "@caravan/roads";
import { Vehicle } from "@caravan/signals";
import { expect, test } from "vitest";
import { frameAt, toX, toY } from "./frame.ts";
import { planPath } from "./plan-path.ts";
import { at, carAt, routeBetween, testTown } from "./test-town.ts";
import { wrongTurn } from "./wrong-turn.ts";

const city = await testTown();
const router = createRouter(city);
const route = routeBetween(city, at(20, 0), at(3_400, 0));

/** A car on the main road, and what its passengers feel. */
function drive() {
  const clock = { at: 0, now: () => clock.at };
  const own = carAt(city, route, clock);
  own.car.drive(own.path);
  const felt = { lateral: 0, braking: 0, jerk: 0, crossTrack: 0 };
  let before = 0;
  const run = (seconds: number): void => {
    for (let t = 0; t < seconds; t += 0.05) {
      clock.at += 50;
      own.car.step(0.05);
      const lateral = own.store.value(Vehicle.Acceleration.Lateral) ?? 0;
      felt.lateral = Math.max(felt.lateral, Math.abs(lateral));
      felt.jerk = Math.max(felt.jerk, Math.abs(lateral - before) / 0.1);
      felt.braking = Math.max(felt.braking, -(own.store.value(Vehicle.Acceleration.Longitudinal) ?? 0));
      before = lateral;
      const activity = own.car.activity();
      if (activity.kind === "driving") felt.crossTrack = Math.max(felt.crossTrack, Math.abs(activity.crossTrackError));
    }
  };
  /** Forgets what was felt until now, such as pulling out. */
  const forget = (): void => {
    Object.assign(felt, { lateral: 0, braking: 0, jerk: 0, crossTrack: 0 });
  };
  const x = (): number => toX(frameAt(at(0, 0)), own.car.pose().lon);
  const y = (): number => toY(frameAt(at(0, 0)), own.car.pose().lat);
  /** A path to a place from where the car is now, as the car computer plans it. */
  const pathTo = (to: LatLon) => {
    const found = router.route(own.car.pose(), to);
    if (found.kind !== "route") throw new Error(found.kind);
    const path = planPath(found, { from: own.car.pose(), keeps: city.drivingSide });
    if (path === undefined) throw new Error("no path");
    return path;
  };
  return { ...own, run, felt, forget, x, y, pathTo };
}

test.each([0, 0.3, 1.5])("a new path at 50 km/h, planned %d s ago, is not felt", (delay) => {
  const { car, run, felt, forget, x, y, pathTo } = drive();
  run(25);
  forget();
  expect(car.pose().speed).toBeGreaterThan(13);
  for (let change = 0; change < 4; change++) {
    const path = pathTo(at(3_400 - 50 * change, 0));
    run(delay);
    expect(car.drive(path)).toEqual({ kind: "driving" });
    run(3);
  }
  expect(felt.lateral).toBeLessThan(0.5);
  expect(felt.jerk).toBeLessThan(2);
  expect(felt.crossTrack).toBeLessThan(0.1);
  // Behind a crossing, so that the next one is far enough to turn there.
  while (x() % 250 < 20 || x() % 250 > 120) run(0.1);
  expect(car.drive(pathTo(at(3_400, 300)))).toEqual({ kind: "driving" });
  run(330);
  expect(car.activity()).toEqual({ kind: "arrived" });
  expect(Math.abs(y() - 300)).toBeLessThan(4);
  expect(Math.abs(x() - 3_400)).toBeLessThan(5);
  expect(felt.lateral).toBeLessThan(2.6);
  expect(felt.braking).toBeLessThan(2.6);
});

test("a deliberate wrong turn is driven like any other, and so is the way back", () => {
  const { car, run, felt, x, y, pathTo } = drive();
  run(10);
  const activity = car.activity();
  const wrong = wrongTurn(city, route, activity.kind === "driving" ? activity.routeAlong : NaN);
  if (wrong === undefined) throw new Error("no wrong turn");
  expect(wrong.along).toBeGreaterThan(activity.kind === "driving" ? activity.routeAlong + 60 : Infinity);
  expect(car.drive(pathTo(wrong))).toEqual({ kind: "driving" });
  while (Math.abs(y()) < 60) run(0.1);
  expect(car.pose().speed).toBeGreaterThan(4);
  // Off the route by 60 m: the new way is found from here.
  const path = pathTo(at(3_400, 0));
  run(0.2);
  expect(car.drive(path)).toEqual({ kind: "driving" });
  run(400);
  expect(car.activity()).toEqual({ kind: "arrived" });
  expect(Math.abs(x() - 3_400)).toBeLessThan(5);
  expect(Math.abs(y())).toBeLessThan(4);
  expect(felt.lateral).toBeLessThan(2.8);
  expect(felt.braking).toBeLessThan(3);
});

test("a path that could only be joined with a swerve is refused, and the car goes on as before", () => {
  const { car, run, felt, forget } = drive();
  run(25);
  forget();
  const { heading } = car.pose();
  const across = planPath(routeBetween(city, at(500, -150), at(500, 250)), {
    from: { ...car.pose(), heading: heading - 90 },
    keeps: city.drivingSide,
  });
  if (across === undefined) throw new Error("no path");
  expect(car.drive(across)).toEqual({ kind: "refused", why: "swerve" });
  run(10);
  expect(car.activity().kind).toBe("driving");
  expect(felt.lateral).toBeLessThan(0.5);
  expect(felt.crossTrack).toBeLessThan(0.1);
});

test("a turn that has come too near is not taken any more", () => {
  const { car, run, felt, forget, x, pathTo } = drive();
  while (x() < 482) run(0.05);
  forget();
  expect(car.drive(pathTo(at(500, 250)))).toEqual({ kind: "refused", why: "swerve" });
  run(5);
  expect(car.activity().kind).toBe("driving");
  expect(felt.lateral).toBeLessThan(0.5);
});

test("at the end of a route there is no wrong turn left", () => {
  expect(wrongTurn(city, route, route.distance - 50)).toBeUndefined();
});
