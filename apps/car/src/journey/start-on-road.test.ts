import { expect, test } from "vitest";

import { startOnRoad } from "./start-on-road.ts";

const pose = { lat: 57.7, lon: 12.0001, heading: 3, speed: 20 };

test("a way begins in the middle of the road the car is on, though another lies nearer to its lane", () => {
  const road = { edge: 7, along: 40, lat: 57.7, lon: 12, heading: 0 };
  expect(startOnRoad({ pose, road })).toEqual({ lat: 57.7, lon: 12, heading: 0, speed: 20 });
});

test("a car beside the roads starts where it is", () => {
  expect(startOnRoad({ pose, road: undefined })).toEqual(pose);
  expect(startOnRoad({ pose, road: { edge: 7, along: 40, lat: 57.701, lon: 12, heading: 0 } })).toEqual(pose);
});
