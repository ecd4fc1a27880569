import { setTimeout as sleep } from "node:timers/promises";
import { done, wrong } from "../outcome.ts";
import type { StepOutcome } from "../outcome.ts";
import { isMessage } from "./client.ts";
import type { Message } from "./client.ts";
import { expectMessage, that } from "./expect.ts";
import { pointsOf } from "./scene.ts";
import type { Scene } from "./scene.ts";
import type { TakeStep } from "./steps.ts";

/** Errors as the two standards spell them (Transport, "Status Codes"); `*` where a server may choose its words. */
const readOnly = {
  VISSv2: {
    number: 401,
    reason: "read_only",
    message: "The desired signal cannot be set since it is a read only signal.",
  },
  VISSv3: { number: 400, reason: "invalid_data", description: "*" },
} as const;
const unknownPath = {
  VISSv2: { number: 404, reason: "invalid_path", message: "The specified data path does not exist." },
  VISSv3: { number: 404, reason: "unavailable_data", description: "*" },
} as const;
const badDuration = {
  VISSv2: { number: 400, reason: "invalid_duration" },
  VISSv3: { number: 400, reason: "bad_request" },
} as const;

const instant = "/^\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}(\\.\\d+)?Z$/";

/** What HTTP does not carry is not asked of it. */
const echo = (scene: Scene, action: string): Message =>
  scene.transport === "HTTP" ? {} : { action, requestId: "*", ts: instant };

async function judge(scene: Scene, look: (answer: Message) => StepOutcome): Promise<StepOutcome> {
  const answer = await scene.answer();
  return answer === undefined ? wrong("no answer came") : look(answer);
}

const expectAnswer = async (scene: Scene, pattern: Message): Promise<StepOutcome> =>
  expectMessage(await scene.answer(), pattern);

/** Nodes that metadata tells of. */
function nodesOf(metadata: unknown): number {
  if (!isMessage(metadata)) return 0;
  return Object.values(metadata).reduce<number>((sum, node) => {
    const children = isMessage(node) ? node["children"] : undefined;
    return sum + 1 + nodesOf(children);
  }, 0);
}

function past(answer: Message): StepOutcome {
  const points = pointsOf(answer["data"]);
  return that(points.length > 1, "there are not several past data points", answer);
}

/** Steps that judge what came. */
export const judging: readonly (readonly [RegExp, TakeStep])[] = [
  [
    /^I should receive a valid (?:read|get) response$|^I should receive a single value from a single node$/,
    (scene) =>
      expectAnswer(scene, {
        ...echo(scene, "get"),
        error: null,
        data: { path: "*", dp: { value: "*", ts: instant } },
      }),
  ],
  [
    /^I should receive multiple data points$/,
    (scene) =>
      judge(scene, (answer) =>
        that(
          pointsOf(answer["data"]).length > 1 || nodesOf(answer["metadata"]) > 1,
          "there are not several data points",
          answer,
        ),
      ),
  ],
  [
    /^I should receive a single value from multiple nodes$/,
    (scene) =>
      judge(scene, (answer) => {
        const points = pointsOf(answer["data"]);
        const paths = new Set(points.map(({ path }) => path));
        return that(paths.size > 1 && paths.size === points.length, "it is not one value of several nodes", answer);
      }),
  ],
  [
    /^I should receive multiple values from a single node$/,
    (scene) =>
      judge(scene, (answer) => {
        const points = pointsOf(answer["data"]);
        return that(
          points.length > 1 && new Set(points.map(({ path }) => path)).size === 1,
          "it is not several values of one node",
          answer,
        );
      }),
  ],
  [
    /^I should receive (?:multiple values from multiple nodes|historical data for multiple nodes)$|^the response should include data from at least two different paths$/,
    (scene) =>
      judge(scene, (answer) => {
        const points = pointsOf(answer["data"]);
        const paths = new Set(points.map(({ path }) => path));
        return that(paths.size > 1 && points.length > paths.size, "it is not several values of several nodes", answer);
      }),
  ],
  [
    /^I should receive (?:exactly )?(\d+) data points$/,
    async (scene, [count = ""]) => {
      const points = await scene.points(Number(count));
      return that(points === Number(count), `there are not ${count} data points`, points);
    },
  ],
  [
    /^I should receive an error response$/,
    (scene) =>
      expectAnswer(scene, {
        ...(scene.transport === "HTTP" ? {} : { requestId: "*" }),
        ts: instant,
        data: null,
        error: { number: "*", reason: "*" },
      }),
  ],
  [
    /^I should receive an error response with number (\d+) and reason "(.*)"$/,
    (scene, [number, reason]) => expectAnswer(scene, { error: { number: Number(number), reason } }),
  ],
  [
    /^I should receive a valid subscribe response$/,
    (scene) => expectAnswer(scene, { ...echo(scene, "subscribe"), error: null, subscriptionId: "*" }),
  ],
  [
    /^I should receive a valid subscription (?:response|event)$/,
    async (scene) => {
      const event = await scene.event();
      const outcome = expectMessage(event, {
        action: "subscription",
        subscriptionId: "*",
        ts: instant,
        requestId: null,
        error: null,
      });
      if (outcome.kind !== "done") return outcome;
      return that(pointsOf(event?.["data"]).length > 0, "there is no data point", event);
    },
  ],
  [
    /^I should receive a subscribe error event$/,
    (scene) =>
      expectAnswer(scene, { ...echo(scene, "subscribe"), subscriptionId: null, error: unknownPath[scene.version] }),
  ],
  [
    /^I should receive a service unavailable subscribe error event$/,
    async (scene) =>
      expectMessage(await scene.event(), { ts: instant, error: { number: 503, reason: "service_unavailable" } }),
  ],
  [
    /^I should receive a (?:set error event|read-only error)$/,
    (scene) => expectAnswer(scene, { ...echo(scene, "set"), error: readOnly[scene.version] }),
  ],
  [
    /^I should receive a valid unsubscribe response$/,
    (scene) =>
      expectAnswer(scene, {
        ...echo(scene, "unsubscribe"),
        error: null,
        // Version 3 leaves it out (Core, "Unsubscribe").
        ...(scene.version === "VISSv2" && { subscriptionId: scene.subscriptionId }),
      }),
  ],
  [/^I should receive a valid set response$/, (scene) => expectAnswer(scene, { ...echo(scene, "set"), error: null })],
  [
    /^I should receive a valid set response for "(.*)"$/,
    (scene, [path]) => expectAnswer(scene, { ...echo(scene, "set"), path, error: null }),
  ],
  [/^I should receive a valid response$/, (scene) => expectAnswer(scene, { error: null, ts: instant })],
  [
    /^I should receive a list of server capabilities$/,
    (scene) =>
      judge(scene, (answer) => {
        const metadata = isMessage(answer["metadata"]) ? answer["metadata"] : {};
        const { filter, transport_protocol: transports } = metadata;
        const isList =
          Array.isArray(filter) &&
          ["timebased", "change"].every((name) => filter.includes(name)) &&
          Array.isArray(transports) &&
          transports.length > 0;
        return that(isList, "the filters every server has and the transports are not told", answer);
      }),
  ],
  [
    /^I should receive (?:a list of past data points within the last hour|multiple past data points from the last 24 hours)$/,
    (scene) => judge(scene, past),
  ],
  [
    /^the timestamps should be in chronological order$/,
    (scene) =>
      judge(scene, (answer) => {
        const times = pointsOf(answer["data"]).map(({ ts }) => Date.parse(String(ts)));
        return that(
          times.every((time, i) => i === 0 || time >= (times[i - 1] ?? time)),
          "the times are not in order",
          answer,
        );
      }),
  ],
  [
    /^I should receive an error response indicating an invalid timeframe format$/,
    (scene) => expectAnswer(scene, { error: badDuration[scene.version] }),
  ],
  [
    /^I should receive an empty data response$/,
    (scene) =>
      judge(scene, (answer) =>
        that(Array.isArray(answer["data"]) && answer["data"].length === 0, "there is data", answer),
      ),
  ],
  [
    /^I should receive a set of past data points matching the recorded values$|^the values should be accurate compared to previous set requests$/,
    (scene) =>
      judge(scene, (answer) => {
        const values = pointsOf(answer["data"]).map(({ value }) => String(value));
        const tail = values.slice(-scene.reported.length);
        const isSame = scene.reported.length > 0 && scene.reported.every((value, i) => tail[i] === value);
        return that(isSame, `the values are not ${scene.reported.join(", ")}`, tail);
      }),
  ],
  [
    /^the answer (?:is|holds)$/,
    async (scene, _, step) => expectMessage(await scene.anyAnswer(), JSON.parse(step.document ?? "")),
  ],
  [
    /^the next event (?:is|holds)$/,
    async (scene, _, step) => expectMessage(await scene.event(), JSON.parse(step.document ?? "")),
  ],
  [
    /^the answer has data of (\d+) (?:node|nodes)$/,
    (scene, [count]) =>
      judge(scene, (answer) => {
        const paths = new Set(pointsOf(answer["data"]).map(({ path }) => path));
        return that(paths.size === Number(count), `it does not tell of ${count} nodes`, answer);
      }),
  ],
  [
    /^no (?:other )?event comes within (\d+) ms$/,
    async (scene, [ms]) => {
      const before = scene.events().length;
      await sleep(Number(ms));
      const after = scene.events().slice(before);
      return after.length === 0 ? done : wrong(`an event came: ${JSON.stringify(after[0])}`);
    },
  ],
];
