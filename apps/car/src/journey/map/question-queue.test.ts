import { expect, test } from "vitest";

import { QuestionQueue } from "./question-queue.ts";
import type { Urgency } from "./question-queue.ts";

function someQueue() {
  const queue = new QuestionQueue<string>();
  let id = 0;
  const add = (question: string, urgency: Urgency, key?: string) =>
    queue.add({ id: (id += 1), question, urgency, key });
  const drain = () => Array.from({ length: queue.length }, () => queue.next()?.question);
  return { queue, add, drain };
}

test("a driver off the route is answered before a person, a person before another program, and each in turn", () => {
  const { add, drain } = someQueue();
  add("table", "others");
  add("search", "person");
  add("plan", "person");
  add("way back", "guidance");
  expect(drain()).toEqual(["way back", "search", "plan", "table"]);
});

test("a plan that somebody has changed their mind about is not worked out", () => {
  const { add, drain } = someQueue();
  add("plan to the quay", "person", "plan of car 1");
  add("plan of another car", "person", "plan of car 2");
  const admission = add("plan to the hill", "person", "plan of car 1");
  expect(admission).toMatchObject({ kind: "queued", replaced: { question: "plan to the quay" } });
  expect(drain()).toEqual(["plan of another car", "plan to the hill"]);
});

test("a program that asks without end is refused while a person is still served", () => {
  const { add } = someQueue();
  const outcomes = Array.from({ length: 100 }, (_, i) => add(`table ${i}`, "others").kind);
  expect(outcomes.filter((kind) => kind === "queued")).toHaveLength(64);
  expect(outcomes.at(-1)).toBe("full");
  expect(add("plan", "person").kind).toBe("queued");
});
