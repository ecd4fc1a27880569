import fc from "fast-check";
import { expect, test } from "vitest";
import { placeAt, smallCity } from "../../test/small-map.ts";
import type { SmallMap } from "../../test/small-map.ts";
import { distanceInDegrees } from "../geometry.ts";
import { nearestEdge } from "./nearest-edge.ts";
import { roadsNear } from "./roads-near.ts";

const nodes: SmallMap["nodes"] = { w: [-200, 0], m: [0, 0], e: [200, 0], s: [0, -200], n: [0, 200] };
const city = smallCity({
  nodes,
  ways: [
    { nodes: "w m e", tags: { name: "Along", maxspeed: "40" } },
    { nodes: "s m n", tags: { name: "Across", oneway: "yes", bridge: "yes", lanes: "2" } },
  ],
});

test("a point beside a street gives the street, the place on it and the posted limit", () => {
  const snap = nearestEdge(city, placeAt(-100, -5));
  expect(snap).toMatchObject({
    street: "Along",
    class: "residential",
    distance: expect.closeTo(5, 1),
    along: expect.closeTo(100, 1),
  });
  expect(snap?.limit).toBeCloseTo(40 / 3.6, 4);
  expect(snap?.lat).toBeCloseTo(placeAt(-100, 0).lat, 6);
  expect(nearestEdge(city, placeAt(3, 100))?.limit).toBeUndefined();
});

test("right-hand traffic drives on the right: the side one stands on tells the direction", () => {
  expect(nearestEdge(city, placeAt(-100, -3))?.heading).toBeCloseTo(90, 1);
  expect(nearestEdge(city, placeAt(-100, 3))?.heading).toBeCloseTo(270, 1);
  expect(nearestEdge({ ...city, drivingSide: "left" }, placeAt(-100, 3))?.heading).toBeCloseTo(90, 1);
});

test("at a crossing the heading tells which street one is on", () => {
  expect(nearestEdge(city, placeAt(1, 2), { heading: 5 })?.street).toBe("Across");
  expect(nearestEdge(city, placeAt(1, 2), { heading: 92 })?.street).toBe("Along");
  expect(nearestEdge(city, placeAt(-100, 1), { heading: 80 })?.heading).toBeCloseTo(90, 1);
  expect(nearestEdge(city, placeAt(-100, 1), { heading: 260 })?.heading).toBeCloseTo(270, 1);
});

test("a heading against the only street does not hide it", () => {
  expect(nearestEdge(city, placeAt(0, 150), { heading: 180 })).toMatchObject({
    street: "Across",
    heading: expect.closeTo(0, 1),
  });
});

test("far from every street there is none", () => {
  expect(nearestEdge(city, placeAt(150, 150))).toBeUndefined();
  expect(nearestEdge(city, placeAt(150, 151), { radius: 200 })?.street).toBe("Across");
});

test("no road is nearer than the one found, wherever one asks", () => {
  fc.assert(
    fc.property(fc.integer({ min: -300, max: 300 }), fc.integer({ min: -300, max: 300 }), (x, y) => {
      const clamp = (value: number) => Math.max(-200, Math.min(200, value));
      const wanted = Math.min(Math.hypot(x - clamp(x), y), Math.hypot(x, y - clamp(y)));
      const at = placeAt(x, y);
      const snap = nearestEdge(city, at, { radius: 500 });
      expect(snap?.distance).toBeCloseTo(wanted, 0);
      expect(distanceInDegrees(at.lon, at.lat, snap?.lon ?? 0, snap?.lat ?? 0)).toBeCloseTo(snap?.distance ?? 0, 0);
    }),
  );
});

test("roads nearby come with what is needed to draw them", () => {
  const near = roadsNear(city, placeAt(0, 190), 30);
  expect(near).toHaveLength(1);
  expect(near[0]).toMatchObject({ oneWay: true, lanes: 2, layer: 1, tunnel: false, class: "residential" });
  expect(near[0].points).toHaveLength(4);
  expect(roadsNear(city, placeAt(0, 0), 30)).toHaveLength(4);
  expect(roadsNear(city, placeAt(300, 300), 30)).toHaveLength(0);
});
