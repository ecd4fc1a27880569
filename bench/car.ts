import { spawn } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";

import type { BenchOptions, Row } from "./main.ts";

/** Clock ticks of Linux' process accounting. */
const ticksPerSecond = 100;
const root = join(import.meta.dirname, "..");
/** Cloud; the cars follow at 10 above. */
const port = 28_400;

/** What one car costs, and twenty with the cloud, as processes: share of one core and resident memory, while all of them drive. */
export async function run({ quick }: BenchOptions): Promise<readonly Row[]> {
  const data = mkdtempSync(join(tmpdir(), "caravan-bench-"));
  try {
    const seconds = quick ? 10 : 60;
    const one = await measure(data, ["--car-only"], seconds);
    const car = one.parts.get("car");
    if (car === undefined) throw new Error("no car computer was found among the processes");
    const twenty = await measure(data, ["--cars", "20"], seconds);
    return [
      { name: "one car, share of a core", value: car.share * 100, unit: "%", bar: 25, better: "less" },
      { name: "one car, resident memory", value: car.megabytes, unit: "MB", bar: 200, better: "less" },
      {
        name: "twenty cars and the cloud, share of a core",
        value: twenty.total.share * 100,
        unit: "%",
        bar: 100,
        better: "less",
      },
      { name: "twenty cars and the cloud, resident memory", value: twenty.total.megabytes, unit: "MB", better: "less" },
      { name: "start of twenty cars and the cloud", value: twenty.startSeconds, unit: "s", better: "less" },
    ];
  } finally {
    rmSync(data, { recursive: true, force: true });
  }
}

interface Cost {
  readonly share: number;
  readonly megabytes: number;
}

interface Measured {
  readonly parts: ReadonlyMap<string, Cost>;
  readonly total: Cost;
  readonly startSeconds: number;
}

/** Starts Caravan, lets it settle, and watches its processes for some seconds. */
async function measure(data: string, args: readonly string[], seconds: number): Promise<Measured> {
  const begun = performance.now();
  const child = spawn(process.execPath, [join(root, "start.ts"), ...args, "--data", data, "--port", String(port)], {
    cwd: root,
    stdio: ["ignore", "pipe", "inherit"],
  });
  try {
    await runs(child);
    const startSeconds = (performance.now() - begun) / 1_000;
    // Until every car is on the road, and the code that drives it is compiled.
    await wait(15_000);
    const before = processes(child.pid ?? 0);
    await wait(seconds * 1_000);
    const after = processes(child.pid ?? 0);
    const parts = new Map<string, Cost>();
    let ticks = 0;
    let megabytes = 0;
    for (const [pid, now] of after) {
      const spent = now.ticks - (before.get(pid)?.ticks ?? 0);
      ticks += spent;
      megabytes += now.megabytes;
      parts.set(now.part, { share: spent / ticksPerSecond / seconds, megabytes: now.megabytes });
    }
    return { parts, total: { share: ticks / ticksPerSecond / seconds, megabytes }, startSeconds };
  } finally {
    if (child.exitCode === null) {
      const gone = new Promise((resolve) => child.once("exit", resolve));
      child.kill("SIGTERM");
      await gone;
    }
  }
}

function runs(child: ChildProcess): Promise<void> {
  return new Promise((resolve, reject) => {
    let said = "";
    child.stdout?.on("data", (chunk: Buffer) => {
      said += chunk.toString();
      if (said.includes("Caravan runs")) resolve();
    });
    child.once("close", () => reject(new Error(`Caravan did not start: ${said}`)));
  });
}

interface ProcessNow {
  readonly part: string;
  readonly ticks: number;
  readonly megabytes: number;
}

/** A process and all below it, by Linux' /proc. */
function processes(top: number): ReadonlyMap<number, ProcessNow> {
  const children = new Map<number, number[]>();
  const all = new Map<number, ProcessNow>();
  for (const name of readdirSync("/proc")) {
    const pid = Number(name);
    if (!Number.isInteger(pid)) continue;
    try {
      const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
      // The name stands in parentheses and may hold blanks; state, parent and times follow it.
      const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
      const parent = Number(fields[1]);
      children.set(parent, [...(children.get(parent) ?? []), pid]);
      const resident = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1] ?? "0";
      const command = readFileSync(`/proc/${pid}/cmdline`, "utf8");
      all.set(pid, {
        part: /apps\/(\w+)\/main\.ts/.exec(command)?.[1] ?? `${pid}`,
        ticks: Number(fields[11]) + Number(fields[12]),
        megabytes: (Number(resident) * 1_024) / 1e6,
      });
    } catch {
      // It ended while we looked.
    }
  }
  const found = new Map<number, ProcessNow>();
  const collect = (pid: number): void => {
    const now = all.get(pid);
    if (now !== undefined) found.set(pid, now);
    for (const child of children.get(pid) ?? []) collect(child);
  };
  collect(top);
  return found;
}
