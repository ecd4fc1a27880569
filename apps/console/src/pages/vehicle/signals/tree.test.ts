import { catalogue } from "@caravan/signals";
import { expect, test } from "vitest";
import { rowsOf, treeOf, type TreeView } from "./tree.ts";

const nodes = treeOf([
  { path: "Vehicle.Speed", unit: "km/h", description: "How fast it goes." },
  { path: "Vehicle.Cabin.Door.Left.IsOpen", description: "Is the door open." },
  { path: "Vehicle.Cabin.Door.Right.IsOpen", description: "Is the door open." },
  { path: "Vehicle.Cabin.Light", unit: "percent", description: "Brightness inside." },
]);
const plain: TreeView = { filter: "", turned: new Set(), known: new Set(), onlyKnown: false };
const shown = (view: Partial<TreeView>) =>
  rowsOf(nodes, { ...plain, ...view }).map(({ node }) => nodes[node]?.path.replace("Vehicle.", ""));

test("branches come folded, with the number of signals below them and of those the car has", () => {
  const known = new Set(["Vehicle.Cabin.Door.Left.IsOpen"]);
  expect(rowsOf(nodes, { ...plain, known })).toMatchObject([
    { all: 1, known: 0, isOpen: false },
    { all: 3, known: 1, isOpen: false },
  ]);
});

test("an opened branch shows what is directly below it", () => {
  expect(shown({ turned: new Set(["Vehicle.Cabin"]) })).toEqual(["Speed", "Cabin", "Cabin.Door", "Cabin.Light"]);
});

test("a filter finds words of path, description and unit in any order and case, and opens the way to them", () => {
  expect(shown({ filter: "open LEFT" })).toEqual(["Cabin", "Cabin.Door", "Cabin.Door.Left", "Cabin.Door.Left.IsOpen"]);
  expect(shown({ filter: "percent" })).toEqual(["Cabin", "Cabin.Light"]);
  expect(shown({ filter: "no such thing" })).toEqual([]);
});

test("a branch folded by hand stays folded under a filter", () => {
  expect(shown({ filter: "open", turned: new Set(["Vehicle.Cabin.Door"]) })).toEqual(["Cabin", "Cabin.Door"]);
});

test("what this car does not have can be left out", () => {
  const known = new Set(["Vehicle.Cabin.Light"]);
  expect(shown({ onlyKnown: true, known, turned: new Set(["Vehicle.Cabin"]) })).toEqual(["Cabin", "Cabin.Light"]);
});

test("every signal of the catalogue is in the tree, once", () => {
  const whole = treeOf(catalogue.signals);
  const leaves = whole.filter(({ signal }) => signal !== undefined).map(({ path }) => path);
  expect(leaves.toSorted()).toEqual(catalogue.signals.map(({ path }) => path).toSorted());
});
