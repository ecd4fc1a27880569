import { expect, test } from "vitest";
import { framesOf, longestTask, percentile, type TraceEvent } from "./trace.ts";

const task = (ts: number, ms: number, tid = 1): TraceEvent => ({
  name: "ThreadControllerImpl::RunTask",
  ph: "X",
  pid: 1,
  tid,
  ts: ts * 1_000,
  dur: ms * 1_000,
  tdur: ms * 1_000,
});
const frame = (ts: number): TraceEvent => ({ name: "FireAnimationFrame", ph: "X", pid: 1, tid: 1, ts: ts * 1_000 });

test("a frame costs its own task and what came since the frame before", () => {
  const events = [task(0, 4), frame(1), task(6, 2), task(16, 5), frame(17), task(32, 3), frame(33)];
  expect(framesOf(events).frames.map(({ ms }) => ms)).toEqual([7, 3]);
});

test("work of several poses between two slow frames is not counted as one frame", () => {
  const events = [task(0, 4), frame(1), task(100, 2), task(400, 2), task(450, 5), frame(451)];
  expect(framesOf(events).frames.map(({ ms }) => ms)).toEqual([7]);
});

test("a task inside another is not counted twice, and other threads not at all", () => {
  const events = [task(0, 1), frame(0.5), task(10, 6), task(11, 2), frame(12), task(10, 90, 2)];
  expect(framesOf(events).frames.map(({ ms }) => ms)).toEqual([6]);
  expect(longestTask(events)).toBe(6);
});

test("a percentile is one of the values", () => {
  expect(percentile([1, 2, 3, 4], 0.5)).toBe(3);
  expect(percentile([5], 0.95)).toBe(5);
});
