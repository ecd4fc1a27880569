import fc from "fast-check";
import { expect, test } from "vitest";
import { cellsOf, readFeature } from "./gherkin.ts";

const text = `
@cars
Feature: Streets
  Words about it.

  Background:
    Given a grid size of 10 meters

  # a remark
  @todo @slow
  Scenario: A street
    Given the node map
      """
      a b
        c
      """
    And the ways
      | nodes | turn:lanes    |
      | ab    | left\\|through |
    When I drive

  Scenario Outline: At <speed>
    Given the ways
      | maxspeed |
      | <speed>  |

    Examples:
      | speed |
      | 30    |
      | 50    |
`;

test("scenarios come with their tags, the steps of the background, tables and drawings", () => {
  const { name, scenarios } = readFeature(text);
  expect(name).toBe("Streets");
  expect(scenarios.map((scenario) => scenario.name)).toEqual(["A street", "At 30", "At 50"]);
  const [street] = scenarios;
  expect(street?.tags).toEqual(["@cars", "@todo", "@slow"]);
  expect(street?.steps.map((step) => step.text)).toEqual([
    "a grid size of 10 meters",
    "the node map",
    "the ways",
    "I drive",
  ]);
  expect(street?.steps[1]?.document).toBe("a b\n  c");
  expect(street?.steps[2]?.table).toEqual([
    ["nodes", "turn:lanes"],
    ["ab", "left|through"],
  ]);
});

test("an outline gives a scenario for each example, with its values filled in", () => {
  const [, thirty] = readFeature(text).scenarios;
  expect(thirty?.steps[1]?.table).toEqual([["maxspeed"], ["30"]]);
});

test("cells come back as they were written, whatever stands in them", () => {
  const cell = fc.string().map((value) => value.replace(/[\r\n]/g, "").trim());
  fc.assert(
    fc.property(fc.array(cell, { minLength: 1 }), (cells) => {
      const row = cells.map((value) => ` ${value.replaceAll("\\", "\\\\").replaceAll("|", "\\|")} |`).join("");
      expect(cellsOf(`|${row}`)).toEqual(cells);
    }),
  );
});

test.each([
  ["a text without an end", 'Feature: F\nScenario: S\n  Given the node map\n    """\n    a b\n', 4],
  ["a row without a step", "Feature: F\nScenario: S\n  | a |\n", 3],
  ["a row without its last bar", "Feature: F\nScenario: S\n  Given the ways\n    | nodes\n", 4],
  ["words between steps", "Feature: F\nScenario: S\n  Given it rains\n  and it pours\n", 4],
  ["no Gherkin at all", "\u0000\u0001 lorem\n", 1],
])("%s is told with its line, and the rest is read on", (_, broken, line) => {
  const { mistakes, scenarios } = readFeature(`${broken}\nScenario: The next\n  Given it shines\n`);
  expect(mistakes.map((mistake) => mistake.line)).toEqual([line]);
  const isSwallowed = broken.includes('"""');
  expect(scenarios.at(-1)?.name).toBe(isSwallowed ? "S" : "The next");
});

test("a file without mistakes has none to tell", () => {
  expect(readFeature(text).mistakes).toEqual([]);
});
