import { expect, test } from "vitest";
import { smallCity } from "../../test/small-map.ts";
import type { SmallMap } from "../../test/small-map.ts";
import { pointFlag } from "../city.ts";

const street = { a: [0, 0], b: [100, 0], c: [200, 0], d: [300, 0] } as const;

/** East of the first node in metres, of every point that a camera watches. */
function watched(nodes: SmallMap["nodes"], relations: SmallMap["relations"] = []): readonly number[] {
  const ways = [{ nodes: "a b c d" }];
  const { graph } = smallCity({ nodes: { ...street, ...nodes }, ways, relations });
  return [...graph.pointFlags].flatMap((flags, point) => ((flags & pointFlag.camera) === 0 ? [] : [point * 100]));
}

test("a camera beside the road is told at the nearest point of it, one farther off is not", () => {
  expect(watched({ k: [110, 12, { highway: "speed_camera" }] })).toEqual([100]);
  expect(watched({ k: [190, -12, { highway: "speed_camera" }] })).toEqual([200]);
  expect(watched({ k: [110, 60, { highway: "speed_camera" }] })).toEqual([]);
});

test("a camera is told where an enforcement relation says that it measures", () => {
  const members = ["to c"];
  expect(watched({}, [{ tags: { type: "enforcement", enforcement: "maxspeed" }, members }])).toEqual([200]);
  expect(watched({}, [{ tags: { type: "enforcement", enforcement: "maxheight" }, members }])).toEqual([]);
});

test("a map without cameras tells of none", () => {
  expect(watched({})).toEqual([]);
});
