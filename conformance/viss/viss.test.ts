import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { ownFeatures, runFeatures } from "./run.ts";

test("every one of our own scenarios passes", { timeout: 60_000 }, async () => {
  const results = await runFeatures(ownFeatures);
  expect(results.length).toBeGreaterThanOrEqual(80);
  const others = results.filter(({ verdict }) => verdict.kind !== "passed");
  expect(others.map(({ file, scenario, verdict }) => ({ file, scenario, verdict }))).toEqual([]);
});

test("suites in other words than ours run too", async () => {
  const folder = mkdtempSync(join(tmpdir(), "caravan-"));
  const feature = `Feature: signals
  Scenario Outline: read <path>
    Given a client connected via WebSocket using sub-protocol "<protocol>"
    When I send a get request with
      | path | <path> |
    Then the response should contain "data.dp.ts"
    And the response should not contain "error"
    And the value of "<path>" should be "<value>"
    Examples:
      | protocol | path                 | value |
      | VISSv2   | Vehicle.AverageSpeed | 50    |
      | VISSv3   | Vehicle.IsMoving     | true  |
  Scenario: not there
    Given a VISS v2 client connected over HTTP
    When I send a read request with path "Vehicle.Nothing"
    Then the response status code should be 404
    And the error reason should be "invalid_path"
    And the error number should be 404
  Scenario: wrong
    Given a VISS client connected using WebSocket
    When I send a get request with
      """
      { "path": "Vehicle.AverageSpeed" }
      """
    Then the field "data.dp.value" should be "51"
`;
  try {
    writeFileSync(join(folder, "other.feature"), feature);
    const results = await runFeatures(folder);
    expect(results.map(({ verdict }) => verdict.kind)).toEqual(["passed", "passed", "passed", "failed"]);
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test("a scenario that asks for something else than the car does fails, and one in other words is named", async () => {
  const folder = mkdtempSync(join(tmpdir(), "caravan-"));
  const feature = `Feature: VISS v2
  Background:
    Given the VISS server is running
    Given the VISS client is connected via WebSocket
  Scenario: wrong number
    When I send a read request with path "Vehicle.Nothing"
    Then I should receive an error response with number 500 and reason "invalid_path"
  Scenario: an error where there is none
    When I send a read request with path "Vehicle.Speed"
    Then I should receive an error response
  Scenario: success where there is none
    When I send a set request for path "Vehicle.Speed" with the value 1
    Then I should receive a valid set response
  Scenario: other words
    When I look at it
  @ignore
  Scenario: not to be run
    When I look at it
`;
  try {
    writeFileSync(join(folder, "other.feature"), feature);
    const results = await runFeatures(folder);
    expect(results.map(({ verdict }) => verdict)).toMatchObject([
      { kind: "failed", line: 7 },
      { kind: "failed", line: 10 },
      { kind: "failed", line: 13 },
      { kind: "unsupported", line: 15, what: 'the step "I look at it"' },
      { kind: "skipped" },
    ]);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
