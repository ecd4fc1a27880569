import { expect, test } from "vitest";

import { viaOf } from "./via.ts";

function way(...streets: readonly (readonly [name: string, metres: number, ref?: string])[]) {
  let from = 0;
  const driven = streets.map(([name, metres, ref = ""]) => {
    from += metres;
    return { name, ref, from: from - metres, to: from };
  });
  return { streets: driven, distance: from };
}

test("ways are called by the streets in which they differ, in the order they are driven", () => {
  const ways = [
    way(["Quay", 300], ["South Road", 900], ["", 1_500, "E 6"], ["Hill Street", 400]),
    way(["Quay", 300], ["North Road", 1_200], ["Market", 1_100], ["Hill Street", 400]),
  ];
  expect(viaOf(ways)).toEqual(["South Road, E 6", "North Road, Market"]);
});

test("a way with nobody to differ from is called by its longest streets", () => {
  expect(viaOf([way(["Quay", 300], ["South Road", 900], ["Lane", 20], ["Hill Street", 400])])).toEqual([
    "South Road, Hill Street",
  ]);
});

test("a way that uses the same streets as another is called by them all the same, and nameless roads by nothing", () => {
  const same = way(["Quay", 300], ["South Road", 900]);
  expect(viaOf([same, same])).toEqual(["Quay, South Road", "Quay, South Road"]);
  expect(viaOf([way(["", 800])])).toEqual([""]);
});

test("a road with two numbers is the same road as with one of them", () => {
  const ways = [
    way(["Quay", 300], ["", 900, "E 6"], ["", 1_500, "E 20; E 6"]),
    way(["Quay", 300], ["", 1_200, "E 45"], ["", 1_100, "E 6; E 20"]),
  ];
  expect(viaOf(ways)).toEqual(["E 6", "E 45"]);
});
