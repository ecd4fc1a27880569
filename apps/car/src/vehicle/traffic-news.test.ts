import type { HeardTraffic } from "@caravan/roads/traffic";
import { expect, test } from "vitest";

import { TrafficNews } from "./traffic-news.ts";

function someNews() {
  const heard: HeardTraffic[] = [];
  return { heard, news: new TrafficNews({ hear: (picture) => void heard.push(picture) }) };
}

const message = {
  v: 1 as const,
  at: 100_000,
  speeds: [{ from: 1, to: 2, speed: 3, age: 20, probes: 2 }],
  incidents: [{ id: "a", kind: "works" as const, lat: 57.7, lon: 11.97 }],
};
const on = { lat: 57.71, lon: 11.98, heading: 90, from: 0, until: 9_000 };

test("speeds have the time at which they were measured, whatever the age they were sent with", () => {
  const { heard, news } = someNews();
  news.fromCloud(message);
  expect(heard).toEqual([
    { speeds: [{ from: 1, to: 2, speed: 3, probes: 2, at: 80_000 }], incidents: message.incidents },
  ]);
});

test("a simulated closure is announced beside what the cloud tells, a simulated jam is not", () => {
  const { heard, news } = someNews();
  news.fromCloud(message);
  news.fromRoads([
    { id: "jam", kind: "jam", ...on },
    { id: "closed", kind: "closure", ...on },
  ]);
  expect(heard.at(-1)?.incidents).toEqual([...message.incidents, { id: "closed", kind: "closure", ...on }]);
  news.fromRoads([{ id: "closed", kind: "closure", ...on }]);
  expect(heard).toHaveLength(2);
  news.fromRoads([]);
  expect(heard.at(-1)?.incidents).toEqual(message.incidents);
});
