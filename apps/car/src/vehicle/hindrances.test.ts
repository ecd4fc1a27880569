import { mkdtemp, readdir, rm, utimes, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { afterEach, expect, test } from "vitest";

import { Hindrances } from "./hindrances.ts";

const silent = { error: () => undefined, warn: () => undefined, info: () => undefined, debug: () => undefined };
const folders: string[] = [];
afterEach(async () => {
  for (const folder of folders.splice(0)) await rm(folder, { recursive: true });
});

async function somewhere() {
  const folder = await mkdtemp(join(tmpdir(), "hindrances-"));
  folders.push(folder);
  const time = { now: 1_000 };
  const file = join(folder, "cars", "hindrances.json");
  const process = () => new Hindrances({ file, clock: { now: () => time.now }, log: silent });
  return { folder, file, time, process };
}

const jam = (id: string, until: number) => ({ id, kind: "jam" as const, lat: 57.7, lon: 11.97, from: 0, until });

test("what one process adds, another one sees at its next look", async () => {
  const { folder, process } = await somewhere();
  const [one, other] = [process(), process()];
  expect(await other.look()).toBe(false);
  await one.add(jam("a", 2_000));
  expect(await other.look()).toBe(true);
  expect(other.list()).toEqual([jam("a", 2_000)]);
  expect(await other.look()).toBe(false);
  expect(await readdir(join(folder, "cars"))).toEqual(["hindrances.json"]);
});

test("what is over goes when something is added, and no more than fifty are kept", async () => {
  const { process, time } = await somewhere();
  const one = process();
  await one.add(jam("old", 2_000));
  time.now = 3_000;
  for (let i = 0; i < 55; i++) await one.add(jam(`${i}`, 9_000));
  await one.look();
  expect(one.list()).toHaveLength(50);
  expect(one.list().at(-1)?.id).toBe("54");
});

test("a file that is none holds nobody up", async () => {
  const { file, process } = await somewhere();
  const one = process();
  await one.add(jam("a", 9_000));
  await one.look();
  await writeFile(file, "{ no");
  await utimes(file, 5, 5);
  expect(await one.look()).toBe(true);
  expect(one.list()).toEqual([]);
});
