import { expect, test } from "vitest";

import { placeAt, smallCity } from "../../test/small-map.ts";
import { createRouter } from "../route/router.ts";
import type { Route } from "../route/route.ts";
import { bannersOf } from "./banners.ts";
import { spokenDistance } from "./spoken-distance.ts";
import { ssmlOf } from "./ssml.ts";
import { voicesOf } from "./voices.ts";

function routeOver(map: Parameters<typeof smallCity>[0], from: [number, number], to: [number, number]): Route {
  const outcome = createRouter(smallCity(map)).route(placeAt(...from), placeAt(...to));
  if (outcome.kind !== "route") throw new Error(outcome.kind);
  return outcome;
}
const town = { highway: "secondary", maxspeed: "50" };
const said = (route: Route, language: "en" | "zh-CN" = "en", options = {}) =>
  voicesOf(route, language, options).map((step) => step.map(({ announcement }) => announcement));

const corner = routeOver(
  {
    nodes: { a: [0, 0], b: [800, 0], c: [800, 40], d: [1600, 40], e: [1600, 0], f: [800, 400] },
    ways: [
      { nodes: "a b e", tags: { ...town, name: "Main Street" } },
      { nodes: "b c f", tags: { ...town, name: "Cross Street" } },
      { nodes: "c d", tags: { ...town, name: "End Street" } },
    ],
  },
  [5, 0],
  [1400, 40],
);

test("a turn in town is told at 300 m with its street and just before it without, and with what follows at once", () => {
  const [start, cross, end] = said(corner);
  expect(start).toEqual([
    "Head east on Main Street",
    "In 300 metres, turn left onto Cross Street, then immediately turn right",
    "Turn left, then immediately turn right",
  ]);
  expect(cross).toEqual(["Turn right onto End Street"]);
  expect(end[0]).toBe("In 300 metres, you will arrive at your destination");
});

test("the same drive is told in Chinese", () => {
  const [start, , end] = said(corner, "zh-CN");
  expect(start.slice(1)).toEqual(["300米后左转，驶入Cross Street，随后立即右转", "左转，随后立即右转"]);
  expect(end).toEqual(["300米后到达目的地", "您已到达目的地"]);
});

test("a driver who counts in miles hears feet and quarters of miles", () => {
  expect(said(corner, "en", { units: "imperial" })[0][1]).toMatch(/^In 1000 feet, turn left/);
});

test("words come farthest first, within the step, and never before the ones before them are over", () => {
  for (const language of ["en", "zh-CN"] as const) {
    for (const [step, voices] of voicesOf(corner, language).entries()) {
      const length = (corner.manoeuvres[step + 1]?.along ?? 0) - corner.manoeuvres[step].along;
      const distances = voices.map(({ distanceAlongGeometry }) => distanceAlongGeometry);
      expect(distances).toEqual(distances.toSorted((a, b) => b - a));
      for (const distance of distances) expect(distance).toBeLessThanOrEqual(length + 0.05);
    }
  }
});

const exit = routeOver(
  {
    nodes: { a: [0, 0], b: [6000, 0], c: [9000, 0], d: [6200, -30], e: [7500, -400] },
    ways: [
      { nodes: "a b c", tags: { highway: "motorway", oneway: "yes", maxspeed: "120", ref: "E 6", name: "Long Way" } },
      {
        nodes: "b d e",
        tags: { highway: "motorway_link", oneway: "yes", maxspeed: "80", destination: "Harbour", "junction:ref": "71" },
      },
    ],
  },
  [10, 0],
  [7400, -370],
);

test("an exit of a motorway is told 2 km, 1 km and 400 m before it and once more with its sign", () => {
  const [start] = voicesOf(exit, "en");
  expect(start.slice(2).map(({ announcement }) => announcement)).toEqual([
    "In 2 kilometres, take exit 71 towards Harbour",
    "In 1 kilometre, take exit 71 towards Harbour",
    "In 400 metres, take exit 71 towards Harbour",
    "Take exit 71 towards Harbour",
  ]);
  expect(start[1].announcement).toBe("Continue on E 6 for 6 kilometres");
  expect(said(exit, "zh-CN")[0][2]).toBe("两公里后从71出口驶出，前往Harbour");
});

test("the banner of an exit shows its number and where it leads", () => {
  const [[banner]] = bannersOf(exit, "en");
  expect(banner.primary).toMatchObject({ type: "off ramp", driving_side: "right", text: "exit 71 Harbour" });
  expect(banner.primary.components).toEqual([
    { type: "exit", text: "exit" },
    { type: "exit-number", text: "71" },
    { type: "text", text: "Harbour" },
  ]);
});

test("a banner shows what follows closely", () => {
  const [steps] = bannersOf(corner, "en");
  expect(steps.map(({ distanceAlongGeometry, sub }) => [Math.round(distanceAlongGeometry), sub?.text])).toEqual([
    [795, undefined],
    [400, "End Street"],
  ]);
});

const withLanes: Route = {
  ...corner,
  manoeuvres: corner.manoeuvres.map((manoeuvre, i) =>
    i === 1
      ? {
          ...manoeuvre,
          lanes: [
            { indications: ["left"], valid: true, active: "left" },
            { indications: ["left", "straight"], valid: true, active: "left" },
            { indications: ["straight"], valid: false },
          ],
        }
      : manoeuvre,
  ),
};

test("lanes are told while there is time to change them, and shown", () => {
  expect(said(withLanes)[0][1]).toMatch(/\. Use the two left lanes$/);
  expect(said(withLanes, "zh-CN")[0][1]).toMatch(/，请走左侧两条车道$/);
  expect(bannersOf(withLanes, "en")[0][1].sub?.components[1]).toEqual({
    type: "lane",
    text: "",
    directions: ["left", "straight"],
    active: true,
    active_direction: "left",
  });
});

test("a ferry is told beforehand, not at the quay alone", () => {
  const ferry: Route = {
    ...corner,
    manoeuvres: corner.manoeuvres.map((manoeuvre, i) =>
      i === 1
        ? { ...manoeuvre, kind: "notification", modifier: "straight", mode: "ferry", street: "Älvsnabben" }
        : manoeuvre,
    ),
  };
  expect(said(ferry)[0][1]).toMatch(/^In 300 metres, take the ferry Älvsnabben/);
});

test("a stop to charge is told as one, with how long and how far", () => {
  const stops = [{ kind: "charge", name: "Korsvägen", charge: { seconds: 1_080, until: 80 } }] as const;
  expect(said(corner, "en", { stops }).flat().at(-1)).toBe(
    "You have arrived at the charging station Korsvägen. Charge for 18 minutes, up to 80 percent",
  );
  expect(said(corner, "zh-CN", { stops }).flat().at(-1)).toBe("您已到达充电站Korsvägen，充电18分钟，充至百分之80");
});

test.each([
  [4, "10 metres", "10米", "50 feet"],
  [87, "90 metres", "90米", "300 feet"],
  [132, "150 metres", "150米", "400 feet"],
  [410, "400 metres", "400米", "a quarter of a mile"],
  [970, "1 kilometre", "1公里", "half a mile"],
  [1_610, "1.5 kilometres", "1.5公里", "1 mile"],
  [2_040, "2 kilometres", "两公里", "1.5 miles"],
  [12_300, "12 kilometres", "12公里", "8 miles"],
])("%d m are said as %j, %j, %j", (metres, english, chinese, miles) => {
  expect(spokenDistance("en", "metric", metres)).toBe(english);
  expect(spokenDistance("zh-CN", "metric", metres)).toBe(chinese);
  expect(spokenDistance("en", "imperial", metres)).toBe(miles);
});

test("a name from the map cannot break the speech markup", () => {
  expect(ssmlOf("en", 'A <b> & "C"\u0000')).toBe(
    '<speak version="1.1" xmlns="http://www.w3.org/2001/10/synthesis" xml:lang="en">A &lt;b&gt; &amp; &quot;C&quot;</speak>',
  );
});
