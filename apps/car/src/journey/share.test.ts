import { expect, test } from "vitest";

import { shareText } from "./share.ts";

const to = { lat: 57.7, lon: 11.97, name: "Harbour" };
const arrival = Date.UTC(2026, 10, 22, 13, 5);

test("a shared journey says where it goes and when it is there, in the person's language and the car's own time", () => {
  expect(shareText("en", to, arrival, "UTC")).toBe(
    "On my way to Harbour, arriving at about 13:05. https://www.openstreetmap.org/?mlat=57.70000&mlon=11.97000",
  );
  expect(shareText("zh-CN", to, arrival, "Asia/Shanghai")).toContain("前往Harbour，预计 21:05 到达");
});
