import { spawn } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { createInterface } from "node:readline";

const root = resolve(import.meta.dirname, "..");

/** A whole Caravan of our own: real processes, a fresh data folder, ports of its own. */
export interface Caravan {
  readonly data: string;
  readonly cockpit: string;
  readonly cloud: string;
  /** The one-time link of the first start. */
  readonly signIn: string | undefined;
  /** Everything it printed so far. */
  output(): string;
  readonly process: ChildProcess;
  /** Milliseconds from the start of the process to the printed addresses. */
  readonly readyAfterMs: number;
  stop(): Promise<void>;
}

export interface CaravanOptions {
  /** The cloud's port; the car's is 10 above, the broker's 803 above. */
  readonly port: number;
  /** Kept if given, else made anew and removed at the end. */
  readonly data?: string;
  readonly flags?: readonly string[];
}

const readyWithinMs = 180_000;

/** Starts Caravan as `npm start` does and waits until it has printed its addresses; rejects with its own words if it stops before. */
export async function startCaravan(options: CaravanOptions): Promise<Caravan> {
  const data = options.data ?? (await mkdtemp(join(tmpdir(), "caravan-story-")));
  const began = performance.now();
  const child = spawn(
    process.execPath,
    ["start.ts", "--data", data, "--port", String(options.port), ...(options.flags ?? [])],
    { cwd: root, stdio: ["ignore", "pipe", "pipe"], env: { ...process.env, NO_COLOR: "1" } },
  );
  const lines: string[] = [];
  const stop = async () => {
    if (child.exitCode === null && child.signalCode === null) {
      child.kill("SIGTERM");
      await once(child, "exit");
    }
    if (options.data === undefined) await rm(data, { recursive: true, force: true });
  };
  const cloud = `http://localhost:${options.port}`;
  const cockpit = `http://localhost:${options.port + 10}`;
  let expectsCockpit = true;
  let expectsCloud = true;
  if (options.flags?.includes("--cloud-only")) expectsCockpit = false;
  if (options.flags?.includes("--car-only")) expectsCloud = false;
  await new Promise<void>((ready, fail) => {
    const timer = setTimeout(() => fail(new Error(`not ready in time:\n${lines.join("\n")}`)), readyWithinMs);
    const read = (line: string) => {
      lines.push(line);
      const said = lines.join("\n");
      if ((!expectsCockpit || said.includes(cockpit)) && (!expectsCloud || said.includes(`${cloud}/console/`))) {
        clearTimeout(timer);
        // The link follows in the same breath.
        setTimeout(ready, 200);
      }
    };
    createInterface({ input: child.stdout }).on("line", read);
    createInterface({ input: child.stderr }).on("line", (line) => lines.push(line));
    child.once("exit", (code) => {
      clearTimeout(timer);
      fail(new Error(`stopped with ${code}:\n${lines.join("\n")}`));
    });
  });
  return {
    data,
    cloud,
    cockpit,
    signIn: /https?:\/\/\S+\/sign-in\?token=\S+/.exec(lines.join("\n"))?.[0],
    output: () => lines.join("\n"),
    process: child,
    readyAfterMs: performance.now() - began,
    stop,
  };
}
