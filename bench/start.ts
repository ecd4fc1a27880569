import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { Type } from "typebox";
import { Value } from "typebox/value";
import { startCaravan } from "../e2e/caravan.ts";
import type { Caravan } from "../e2e/caravan.ts";
import type { BenchOptions, Row } from "./main.ts";

const port = 18_580;
const Speed = Type.Object({ data: Type.Object({ dp: Type.Object({ value: Type.String() }) }) });
const Process = Type.Object({ pid: Type.Integer() });
const Lock = Type.Object({ holder: Process, children: Type.Array(Process) });
const movesWithinMs = 120_000;

/** From nothing to a car that moves, from a stopped Caravan, and after kill -9 of each part that may be killed. */
export async function run({ quick }: BenchOptions): Promise<readonly Row[]> {
  const data = await mkdtemp(join(tmpdir(), "caravan-bench-start-"));
  const rows: Row[] = [];
  try {
    const first = await startCaravan({ port, data });
    rows.push({ name: "first start, addresses printed", value: first.readyAfterMs / 1_000, unit: "s", better: "less" });
    const moves = first.readyAfterMs + (await untilMoving(first));
    rows.push({ name: "first start, car moves", value: moves / 1_000, unit: "s", bar: 60, better: "less" });
    rows.push(...phases(first));
    rows.push({ name: "stop", value: await stopped(first), unit: "s", bar: 5, better: "less" });

    const later: number[] = [];
    for (let turn = quick ? 1 : 3; turn > 0; turn -= 1) {
      const caravan = await startCaravan({ port, data });
      later.push(caravan.readyAfterMs / 1_000);
      await stopped(caravan);
    }
    rows.push({ name: "later start (slowest)", value: Math.max(...later), unit: "s", bar: 5, better: "less" });

    for (const part of ["start process", "cloud and start process", "database and start process"] as const) {
      const caravan = await startCaravan({ port, data });
      const victims = await processes(data);
      if (part === "cloud and start process") kill(victims.children);
      if (part === "database and start process") kill([victims.database]);
      kill([victims.holder]);
      const next = await startCaravan({ port, data });
      rows.push({
        name: `start after kill -9 of ${part}`,
        value: next.readyAfterMs / 1_000,
        unit: "s",
        bar: 10,
        better: "less",
      });
      await stopped(next);
      await caravan.stop();
    }
  } finally {
    await rm(data, { recursive: true, force: true });
  }
  return rows;
}

/** Milliseconds until the car's own signal says that it moves. */
async function untilMoving({ cockpit }: Caravan): Promise<number> {
  const began = performance.now();
  while (performance.now() - began < movesWithinMs) {
    const answer = await fetch(`${cockpit}/viss/Vehicle/Speed`);
    const said: unknown = await answer.json();
    if (Value.Check(Speed, said) && Math.abs(Number(said.data.dp.value)) > 1) return performance.now() - began;
    await sleep(100);
  }
  throw new Error("the car does not move");
}

/** What the progress lines say of each step. */
function phases(caravan: Caravan): readonly Row[] {
  return [...caravan.output().matchAll(/^(map|cloud|car|screens): .*\((\d+\.\d) s\)$/gmu)].map(([, step, seconds]) => ({
    name: `first start, ${step}`,
    value: Number(seconds),
    unit: "s",
    better: "less" as const,
  }));
}

async function stopped(caravan: Caravan): Promise<number> {
  const began = performance.now();
  await caravan.stop();
  return (performance.now() - began) / 1_000;
}

async function processes(data: string): Promise<{ holder: number; children: readonly number[]; database: number }> {
  const lock = Value.Parse(Lock, JSON.parse(await readFile(join(data, "lock"), "utf8")));
  const postmaster = await readFile(join(data, "database", "cluster", "postmaster.pid"), "utf8");
  return {
    holder: lock.holder.pid,
    children: lock.children.map(({ pid }) => pid),
    database: Number(postmaster.split("\n")[0]),
  };
}

function kill(pids: readonly number[]): void {
  for (const pid of pids) process.kill(pid, "SIGKILL");
}
