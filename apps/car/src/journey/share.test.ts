import { expect, test } from "vitest";

import { shareText } from "./share.ts";

const to = { lat: 57.7, lon: 11.97, name: "Harbour" };

test("a shared journey says where it goes and when it is there, in the person's language", () => {
  const arrival = { hours: 9, minutes: 5 };
  expect(shareText("en", to, arrival)).toBe(
    "On my way to Harbour, arriving at about 09:05. https://www.openstreetmap.org/?mlat=57.70000&mlon=11.97000",
  );
  expect(shareText("zh-CN", to, arrival)).toContain("前往Harbour，预计 09:05 到达");
});
