import { done, wrong } from "../outcome.ts";
import type { StepOutcome } from "../outcome.ts";
import { isMessage } from "./client.ts";
import type { Message } from "./client.ts";
import { that } from "./expect.ts";
import { pointsOf } from "./scene.ts";
import type { Scene } from "./scene.ts";
import type { TakeStep } from "./steps.ts";

async function judge(scene: Scene, look: (answer: Message) => StepOutcome): Promise<StepOutcome> {
  const answer = await scene.answer();
  return answer === undefined ? wrong("no answer came") : look(answer);
}

/** What stands at `data.dp.value`, `error.number` and the like. */
function fieldOf(message: unknown, path: string): unknown {
  return path.split(".").reduce<unknown>((from, name) => {
    if (Array.isArray(from)) return from[Number(name)];
    return isMessage(from) ? from[name] : undefined;
  }, message);
}

const errorOf = (answer: Message): Message => (isMessage(answer["error"]) ? answer["error"] : {});

/** Fields of a message as a table of two columns, or as JSON. */
function fieldsOf(step: Parameters<TakeStep>[2]): Message {
  const parsed: unknown = step.document === undefined ? undefined : JSON.parse(step.document);
  if (isMessage(parsed)) return parsed;
  return Object.fromEntries((step.table ?? []).map(([name = "", value = ""]) => [name, parsedIfJson(value)]));
}

function parsedIfJson(text: string): unknown {
  return /^[[{]/.test(text) ? JSON.parse(text) : text;
}

/** Steps in the words that anybody might choose. */
export const plainWords: readonly (readonly [RegExp, TakeStep])[] = [
  [
    /^I send an? (get|read|set|update|subscribe|unsubscribe) request with$/,
    async (scene, [verb = ""], step) => {
      const action = verb === "read" ? "get" : verb === "update" ? "set" : verb;
      const own = action === "unsubscribe" ? { subscriptionId: scene.subscriptionId } : {};
      await scene.ask({ action, ...own, ...fieldsOf(step) });
      if (action === "subscribe") scene.subscribed((await scene.answer())?.["subscriptionId"]);
      return done;
    },
  ],
  [
    /^I should receive an error (?:response )?with number (\d+)$|^the error number (?:is|should be) (\d+)$/,
    (scene, [number = "", other = ""]) =>
      judge(scene, (answer) =>
        that(errorOf(answer)["number"] === Number(number || other), `the error is not ${number || other}`, answer),
      ),
  ],
  [
    /^I should receive an error (?:response )?with reason "(.*)"$|^the error reason (?:is|should be) "(.*)"$/,
    (scene, [reason = "", other = ""]) =>
      judge(scene, (answer) =>
        that(errorOf(answer)["reason"] === (reason || other), `the reason is not ${reason || other}`, answer),
      ),
  ],
  [
    /^the (?:HTTP |response )?status(?: code)? (?:is|should be) (\d+)$/,
    (scene, [status]) =>
      judge(scene, (answer) => that(answer["status"] === Number(status), `the status is not ${status}`, answer)),
  ],
  [
    /^the (?:response|answer|message) (?:has|should have|contains|should contain) (?:a |an |the )?(?:field |property )?"(.*)"$/,
    (scene, [path = ""]) =>
      judge(scene, (answer) => that(fieldOf(answer, path) !== undefined, `there is no ${path}`, answer)),
  ],
  [
    /^the (?:response|answer|message) (?:has no|should not have|should not contain) (?:a |an |the )?(?:field |property )?"(.*)"$/,
    (scene, [path = ""]) =>
      judge(scene, (answer) => that(fieldOf(answer, path) === undefined, `there is a ${path}`, answer)),
  ],
  [
    /^the (?:field|property) "(.*)" (?:is|should be) "(.*)"$/,
    (scene, [path = "", value]) =>
      judge(scene, (answer) => that(String(fieldOf(answer, path)) === value, `${path} is not ${value}`, answer)),
  ],
  [
    /^the value (?:of "(.*)" )?(?:is|should be) "(.*)"$/,
    (scene, [path = "", value]) =>
      judge(scene, (answer) => {
        const point = pointsOf(answer["data"]).find((one) => path === "" || one.path === path);
        return that(point !== undefined && String(point.value) === value, `the value is not ${value}`, answer);
      }),
  ],
];
