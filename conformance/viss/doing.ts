import { setTimeout as sleep } from "node:timers/promises";
import { done, unsupported, wrong } from "../outcome.ts";
import type { StepOutcome } from "../outcome.ts";
import { isMessage } from "./client.ts";
import type { Scene } from "./scene.ts";
import type { TakeStep } from "./steps.ts";

const ask = async (scene: Scene, message: Parameters<Scene["ask"]>[0]): Promise<StepOutcome> => {
  await scene.ask(message);
  return done;
};

/** Version 3 calls the kind of a filter otherwise. */
const filter = (scene: Scene, kind: string, parameter: unknown) =>
  scene.version === "VISSv3"
    ? { variant: kind === "static-metadata" ? "metadata" : kind, parameter }
    : { type: kind, parameter };

async function subscribe(scene: Scene, path: string, asked: object | undefined): Promise<StepOutcome> {
  await scene.ask({ action: "subscribe", path, ...(asked && { filter: asked }) });
  scene.subscribed((await scene.answer())?.["subscriptionId"]);
  return done;
}

/** A subscription that says nothing of when: version 3 wants it said. */
const plainly = (scene: Scene): object | undefined =>
  scene.version === "VISSv3" ? filter(scene, "timebased", { period: "50" }) : undefined;

async function authorize(scene: Scene, scope: string, expiresInSeconds?: number): Promise<StepOutcome> {
  if (scene.car.token === undefined) return unsupported("tokens of a car that runs elsewhere");
  scene.token = scene.car.token(scope, expiresInSeconds);
  return done;
}

async function updates(scene: Scene, path: string, minutes: number): Promise<StepOutcome> {
  const { report } = scene.car;
  if (report === undefined) return unsupported("sensors of a car that runs elsewhere");
  const now = Date.now();
  const values = [50, 60, 70];
  for (const [i, value] of values.entries()) report(path, value, now - minutes * 60_000 * (0.8 - i * 0.2));
  report(path, 75, now);
  scene.reported.push(...values.map(String));
  return done;
}

/** Steps that do something. */
export const doing: readonly (readonly [RegExp, TakeStep])[] = [
  [/^the (?:secured )?(?:VISS|VISSv[23]) server is (?:running|reachable)$/i, () => done],
  [
    /^(?:the |an? )?(?:VISS ?(?:v?[23])? )?client (?:is |has )?connect(?:ed|s) (?:via|over|using|by) (?:a )?(WebSockets?|WSS?|HTTPS?|MQTT)(?: (?:with|using) (?:the )?sub-?protocol "(VISSv[23])")?$/i,
    async (scene, [transport = "", protocol = ""]) => {
      if (protocol === "VISSv2" || protocol === "VISSv3") scene.version = protocol;
      await scene.connect(/^http/i.test(transport) ? "HTTP" : /^mqtt$/i.test(transport) ? "MQTT" : "WebSocket");
      return done;
    },
  ],
  [
    /^(?:the |a )?client (?:is )?connect(?:ed|s) (?:with the sub-protocol "(.*)"|without a sub-protocol)$/,
    async (scene, [protocol = ""]) => {
      if (protocol === "VISSv3" || protocol === "VISSv2") scene.version = protocol;
      await scene.connect("WebSocket", protocol === "" ? "none" : protocol);
      return done;
    },
  ],
  [
    /^I open a WebSocket connection$/,
    async (scene) => {
      await scene.connect("WebSocket");
      return done;
    },
  ],
  [/^I am authorized$/, (scene) => authorize(scene, "read:Vehicle.Speed")],
  [
    /^I am authorized to (read|actuate|provide) "(.*)"$/,
    (scene, [right, path]) => authorize(scene, `${right}:${path}`),
  ],
  [/^I have a token for "(.*)"$/, (scene, [scope = ""]) => authorize(scene, scope)],
  [/^I have a token for "(.*)" that has expired$/, (scene, [scope = ""]) => authorize(scene, scope, -3_600)],
  [
    /^I have a token that says nothing$/,
    (scene) => {
      scene.token = "nothing";
      return done;
    },
  ],
  [/^I have no token$/, () => done],
  [
    /^I have a subscription to "(.*)"$|^I send a (?:subscription|subscribe) request (?:for|with path) "(.*)"$/,
    (scene, [had = "", sent = ""]) => subscribe(scene, had || sent, plainly(scene)),
  ],
  [
    /^I subscribe to "(.*)" using a curvelog filter with maxerr (\S+) and bufsize (\S+)$/,
    (scene, [path = "", maxerr = "", bufsize = ""]) =>
      subscribe(scene, path, filter(scene, "curvelog", { maxerr, bufsize })),
  ],
  [
    /^I subscribe to "(.*)" using a range filter$/,
    (scene, [path = ""]) => {
      const [below, above] = [{ boundary: "50", "combination-op": "OR" }, { boundary: "55" }];
      const name = scene.version === "VISSv3" ? "logic-op" : "boundary-op";
      return subscribe(
        scene,
        path,
        filter(scene, "range", [
          { [name]: "lt", ...below },
          { [name]: "gt", ...above },
        ]),
      );
    },
  ],
  [
    /^I subscribe to "(.*)" using a change filter$/,
    (scene, [path = ""]) => subscribe(scene, path, filter(scene, "change", { "logic-op": "gt", diff: "10" })),
  ],
  [
    /^I subscribe to "(.*)" using a timebased filter with (?:a )?period (?:of )?(\d+)(?: ms)?$/,
    (scene, [path = "", period = ""]) => subscribe(scene, path, filter(scene, "timebased", { period })),
  ],
  [
    /^I subscribe to "(.*)" with the filter$/,
    (scene, [path = ""], step) => {
      const asked: unknown = JSON.parse(step.document ?? "");
      return typeof asked === "object" && asked !== null ? subscribe(scene, path, asked) : wrong("this is no filter");
    },
  ],
  [
    /^I send an? unsubscribe request$/,
    (scene) => ask(scene, { action: "unsubscribe", subscriptionId: scene.subscriptionId }),
  ],
  [/^I send a (?:read|get) request (?:with|for) path "(.*)"$/, (scene, [path]) => ask(scene, { action: "get", path })],
  [
    /^I search "(.*)" using a path filter "(.*)"$/,
    (scene, [path, pattern]) => ask(scene, { action: "get", path, filter: filter(scene, "paths", [pattern]) }),
  ],
  [
    /^I search "(.*)" using a history filter "(.*)"$|^I request historical data for "(.*)" with a timeframe of "(.*)"$/,
    (scene, [path = "", period = "", otherPath = "", otherPeriod = ""]) =>
      ask(scene, {
        action: "get",
        path: path || otherPath,
        filter: filter(scene, "history", period || otherPeriod),
      }),
  ],
  [
    /^I search "(.*)" using a (dynamic|static) metadata filter "(.*)"$/,
    (scene, [path, kind = "", name]) =>
      ask(scene, { action: "get", path, filter: filter(scene, `${kind}-metadata`, [name]) }),
  ],
  [
    /^I send a set request for path "(.*)" with the value (?:"(.*)"|(\S+))$/,
    (scene, [path, quoted = "", plain = ""]) => ask(scene, { action: "set", path, value: quoted || plain }),
  ],
  [
    /^I send the (?:message|request)$/,
    async (scene, _, step) => {
      const message: unknown = JSON.parse(step.document ?? "");
      if (!isMessage(message)) return wrong("this is no message");
      await scene.ask(message);
      if (message["action"] === "subscribe") scene.subscribed((await scene.answer())?.["subscriptionId"]);
      return done;
    },
  ],
  [
    /^the car reports "(.*)" as (.*)$/,
    (scene, [path = "", value = ""]) => {
      if (scene.car.report === undefined) return unsupported("sensors of a car that runs elsewhere");
      scene.car.report(path, JSON.parse(value));
      return done;
    },
  ],
  [
    /^"(.*)" has been updated multiple times over the past (\d+) minutes$/,
    (scene, [path = "", minutes = ""]) => updates(scene, path, Number(minutes)),
  ],
  [
    /^(\d+) ms pass$/,
    async (_, [ms]) => {
      await sleep(Number(ms));
      return done;
    },
  ],
];
