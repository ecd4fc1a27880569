import type { Route, RouteEvent, RoutePiece } from "@caravan/roads/routing";
import { assert, integer, property } from "fast-check";
import { expect, test } from "vitest";
import { frameAt, headingDegrees, headingRadians, toLat, toLon, toX, toY } from "./frame.ts";
import { planPath } from "./plan-path.ts";

const origin = { lat: 57.7, lon: 11.97 };
const frame = frameAt(origin);

function straight(
  piece: Partial<RoutePiece> = {},
  events: readonly RouteEvent[] = [],
): Pick<Route, "geometry" | "speeds" | "pieces" | "events"> {
  const corners = [0, 0, 200, 0, 400, 0].map((v, i) => (i % 2 === 0 ? toLon(frame, v) : toLat(frame, v)));
  const usual: RoutePiece = {
    edge: 0,
    first: 0,
    last: 2,
    from: 0,
    to: 400,
    limit: 13.9,
    speed: 13.9,
    class: "residential",
    lanes: 1,
    width: 7,
    oneWay: false,
    roundabout: false,
    bridge: false,
    tunnel: false,
    toll: false,
    motorway: false,
    ferry: false,
    unpaved: false,
    restricted: false,
    seconds: 60,
    freeSeconds: 60,
    turnSeconds: 0,
    weightSeconds: 60,
    turnWeight: 0,
    street: "",
    ref: "",
  };
  return {
    geometry: Float64Array.from(corners),
    speeds: Float32Array.from([13.9, 8.3]),
    pieces: [{ ...usual, ...piece }],
    events,
  };
}

test.each([
  ["the middle of the right half of a two-way street", {}, undefined, -1.75],
  ["the left half where one keeps left", {}, "left" as const, 1.75],
  ["the middle of a narrow one-way street", { oneWay: true, width: 4 }, undefined, 0],
  ["the right one of two lanes of a one-way street", { oneWay: true, lanes: 2, width: 7 }, undefined, -1.75],
  ["the outer of two lanes of a wide road", { lanes: 2, width: 14 }, undefined, -5.25],
])("the car drives on %s", (_, piece, keeps, y) => {
  const path = planPath(straight(piece), keeps === undefined ? {} : { keeps });
  expect(path?.y[100]).toBeCloseTo(y, 1);
});

test("posted limits, crossings and stops of the route come along", () => {
  const path = planPath(
    straight({}, [
      { kind: "crossing", along: 100, angle: 0 },
      { kind: "stop", along: 300, angle: 0 },
      { kind: "turn", along: 50, angle: 1 },
    ]),
  );
  expect(path?.limit[50]).toBeCloseTo(13.9, 5);
  expect(path?.limit[100]).toBeCloseTo(8.3, 5);
  expect(path?.limit[250]).toBeCloseTo(8.3, 5);
  expect(path?.stops).toHaveLength(1);
  expect(path?.stops[0]?.s).toBeCloseTo(300, -0.5);
  expect(path?.grade).toBeUndefined();
});

test("the path ends where the route does and its samples know how far along the route they are", () => {
  const path = planPath(straight());
  expect(path?.along[path.along.length - 1]).toBeCloseTo(400, 0);
  expect(path?.along[200]).toBeCloseTo(200, 0);
});

test("a route of a metre has no path", () => {
  const { geometry, ...rest } = straight();
  expect(
    planPath({
      ...rest,
      geometry: geometry.map((v, i) => (geometry[i % 2] ?? 0) + (v - (geometry[i % 2] ?? 0)) / 1_000),
    }),
  ).toBeUndefined();
});

test("going into the local frame and back moves nothing", () => {
  assert(
    property(integer({ min: -80_000, max: 80_000 }), integer({ min: -20_000, max: 20_000 }), (a, b) => {
      const there = frameAt({ lat: a / 1_000, lon: 10 });
      const lat = a / 1_000 + b / 1e6;
      const lon = 10 + b / 1e6;
      expect(toLat(there, toY(there, lat))).toBeCloseTo(lat, 9);
      expect(toLon(there, toX(there, lon))).toBeCloseTo(lon, 9);
      const heading = ((b % 360) + 360) % 360;
      expect(headingDegrees(headingRadians(heading))).toBeCloseTo(heading, 6);
    }),
  );
});

test("a hundredth of a degree is as long as the ellipsoid says", () => {
  expect(toY(frameAt({ lat: 0, lon: 0 }), 1)).toBeCloseTo(110_574.3, 0);
  expect(toX(frameAt({ lat: 60, lon: 0 }), 1)).toBeCloseTo(55_800, -1);
});
