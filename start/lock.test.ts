import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { runningCloud, takeLock } from "./lock.ts";
import { isRunning, markOf } from "./processes.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "caravan-lock-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

async function taken() {
  const outcome = await takeLock(folder);
  if (outcome.kind === "held") throw new Error(`held by ${outcome.pid}`);
  return outcome.lock;
}

test("a second start on the same folder is told who has it", async () => {
  const lock = await taken();
  expect(await takeLock(folder)).toEqual({ kind: "held", pid: process.pid });
  lock.release();
  (await taken()).release();
});

test("of several starts at the same moment one gets the folder", async () => {
  const outcomes = await Promise.all(Array.from({ length: 6 }, () => takeLock(folder)));
  expect(outcomes.filter(({ kind }) => kind === "taken")).toHaveLength(1);
});

test("the lock of a killed run is recognised, and what it left running is ended", async () => {
  const left = spawn(process.execPath, ["-e", "setInterval(() => {}, 1000); console.log('up')"], {
    stdio: ["ignore", "pipe", "ignore"],
  });
  await once(left.stdout, "data");
  const child = markOf(left.pid ?? 0);
  writeFileSync(join(folder, "lock"), JSON.stringify({ holder: { pid: 4_190_000, born: "1" }, children: [child] }));
  const ended = once(left, "exit");
  (await taken()).release();
  await ended;
  expect(isRunning(child)).toBe(false);
});

test("a process that only has the number of a killed one is left alone", async () => {
  const stranger = { pid: process.pid, born: "1" };
  writeFileSync(join(folder, "lock"), JSON.stringify({ holder: stranger, children: [stranger] }));
  (await taken()).release();
  expect(isRunning(markOf(process.pid))).toBe(true);
});

test("a lock file that cannot be read counts as left behind", async () => {
  writeFileSync(join(folder, "lock"), "{");
  (await taken()).release();
});

test("a disk without room does not stop who notes what runs", async () => {
  const lock = await taken();
  symlinkSync("/dev/full", join(folder, "lock.new"));
  expect(() => lock.note({ children: [], cloud: "http://localhost:8080" })).not.toThrow();
  expect(runningCloud(folder)).toEqual({ running: true });
  lock.release();
});

test("others learn where the cloud of the running Caravan is", async () => {
  expect(runningCloud(folder)).toEqual({ running: false });
  const lock = await taken();
  expect(runningCloud(folder)).toEqual({ running: true });
  lock.note({ children: [], cloud: "http://localhost:8080" });
  expect(runningCloud(folder)).toEqual({ running: true, cloud: "http://localhost:8080" });
  lock.release();
  expect(runningCloud(folder)).toEqual({ running: false });
});
