import { expect, test } from "vitest";
import { lanesOf, widthOf } from "./lanes.ts";

const tagsOf = (tags: Record<string, string>) => new Map(Object.entries(tags));
const both = { forward: true, backward: true };
const ahead = { forward: true, backward: false };

test.each<[Record<string, string>, typeof both, number, number]>([
  [{}, both, 1, 1],
  [{ lanes: "4" }, both, 2, 2],
  [{ lanes: "3" }, both, 2, 1],
  [{ lanes: "3", "lanes:forward": "1" }, both, 1, 2],
  [{ lanes: "3", "lanes:backward": "2" }, both, 1, 2],
  [{ lanes: "3" }, ahead, 3, 0],
  [{}, ahead, 1, 0],
  [{ lanes: "many" }, both, 1, 1],
  [{ lanes: "99" }, both, 1, 1],
])("%o with directions %o has %i and %i lanes", (tags, open, forward, backward) => {
  expect(lanesOf(tagsOf(tags), "secondary", open)).toMatchObject({ forward, backward });
});

test("a tagged width counts, an absurd one does not, and more lanes are wider", () => {
  const two = lanesOf(tagsOf({}), "secondary", both);
  const four = lanesOf(tagsOf({ lanes: "4" }), "secondary", both);
  expect(widthOf(tagsOf({ width: "5,3" }), "secondary", two)).toBe(5.3);
  expect(widthOf(tagsOf({ width: "0" }), "secondary", two)).toBe(6.5);
  expect(widthOf(tagsOf({ width: "900" }), "secondary", two)).toBe(6.5);
  expect(widthOf(tagsOf({ lanes: "4" }), "secondary", four)).toBe(13);
});
