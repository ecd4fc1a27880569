import { spawn } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import { join } from "node:path";
import { createInterface } from "node:readline";
import type { Readable } from "node:stream";
import { markOf } from "./processes.ts";
import type { ProcessMark } from "./processes.ts";
import { Problem } from "./problem.ts";

/** One process to keep running. */
export interface ChildPlan {
  readonly name: string;
  /** A script to run under this Node, with its arguments. */
  readonly script: string;
  readonly args?: readonly string[];
  /** For Node itself. */
  readonly flags?: readonly string[];
  readonly environment: Readonly<Record<string, string>>;
}

export interface SupervisorParts {
  /** Working folder of the children. */
  readonly root: string;
  /** Something a person should know: a child ended and is started again, or said something on stderr. */
  readonly tell: (line: string) => void;
  /** The set of running children has changed. */
  readonly changed: (children: readonly ProcessMark[]) => void;
  /** The first wait before a restart; it doubles up to half a minute. */
  readonly firstWaitMs?: number;
  readonly readyWithinMs?: number;
}

interface Running {
  readonly plan: ChildPlan;
  process: ChildProcess | undefined;
  timer: NodeJS.Timeout | undefined;
  failures: number;
}

const longestWaitMs = 30_000;
/** A child that has run this long starts over with the shortest wait. */
const healthyAfterMs = 60_000;
const stopWithinMs = 4_500;

/**
 * Runs the parts of Caravan as processes. A child says `{"ready":true,...}` or `{"failed":"sentence"}` on its output; one
 * that ends without being asked to is started again. All of them stop when this process does, however it ends.
 */
export class Supervisor {
  readonly #parts: SupervisorParts;
  readonly #children: Running[] = [];
  #stopping = false;

  constructor(parts: SupervisorParts) {
    this.#parts = parts;
  }

  /** Starts a child and gives what it said when it was ready. Throws Problem with the child's own sentence when it fails. */
  async start(plan: ChildPlan): Promise<unknown> {
    const running: Running = { plan, process: undefined, timer: undefined, failures: 0 };
    this.#children.push(running);
    try {
      const said = await this.#launch(running);
      this.#keep(running);
      return said;
    } catch (error) {
      this.#children.splice(this.#children.indexOf(running), 1);
      throw error;
    }
  }

  /** Runs a child that does one thing and ends; it is not started again. */
  async once(plan: ChildPlan): Promise<unknown> {
    const running: Running = { plan, process: undefined, timer: undefined, failures: 0 };
    const said = await this.#launch(running);
    const { process: child } = running;
    if (child !== undefined && runs(child)) await new Promise((resolve) => child.once("exit", resolve));
    return said;
  }

  /** Asks every child to stop, waits, and ends what has not stopped in time. */
  async stop(): Promise<void> {
    this.#stopping = true;
    await Promise.all(
      this.#children.map(async ({ timer, process: child }) => {
        clearTimeout(timer);
        if (child === undefined || !runs(child)) return;
        const ended = new Promise<void>((resolve) => child.once("exit", () => resolve()));
        child.kill("SIGTERM");
        const impatience = setTimeout(() => child.kill("SIGKILL"), stopWithinMs);
        await ended;
        clearTimeout(impatience);
      }),
    );
  }

  #launch(running: Running): Promise<unknown> {
    if (this.#stopping) return Promise.reject(new Problem("Stopped."));
    const { name, script, args = [], flags = [], environment } = running.plan;
    const child = spawn(
      process.execPath,
      [
        "--disable-warning=ExperimentalWarning",
        ...flags,
        "--import",
        join(import.meta.dirname, "stripped-code.mjs"),
        "--import",
        join(import.meta.dirname, "tether.ts"),
        script,
        ...args,
      ],
      {
        cwd: this.#parts.root,
        // A group of its own, so that Ctrl-C reaches only the supervisor, which then stops them in order.
        detached: true,
        stdio: ["ignore", "pipe", "pipe", "ipc"],
        env: { ...process.env, ...environment },
      },
    );
    running.process = child;
    this.#changed();
    child.once("exit", () => this.#changed());
    return new Promise((resolve, reject) => {
      let failed: string | undefined;
      const timer = setTimeout(() => {
        failed = `The ${name} is not ready in time; the log in the data folder may say why.`;
        child.kill("SIGKILL");
      }, this.#parts.readyWithinMs ?? 120_000);
      readLines(child.stdout, (line) => {
        const said = parse(line);
        if (said === undefined) return this.#parts.tell(`${name}: ${line}`);
        if ("failed" in said) failed = String(said["failed"]);
        if (said["ready"] === true) {
          clearTimeout(timer);
          resolve(said);
        }
        return undefined;
      });
      readLines(child.stderr, (line) => this.#parts.tell(`${name}: ${line}`));
      child.once("error", (error) => reject(new Problem(`The ${name} cannot be run: ${error.message}.`, error)));
      child.once("close", (code, by) => {
        clearTimeout(timer);
        reject(new Problem(failed ?? `The ${name} ended before it was ready (${by ?? `code ${code}`}).`));
      });
    });
  }

  #keep(running: Running): void {
    const child = running.process;
    if (child === undefined) return;
    const since = performance.now();
    const again = (how: string) => {
      if (this.#stopping) return;
      if (performance.now() - since > healthyAfterMs) running.failures = 0;
      const waitMs = Math.min(longestWaitMs, (this.#parts.firstWaitMs ?? 500) * 2 ** running.failures);
      running.failures += 1;
      this.#parts.tell(`The ${running.plan.name} ended (${how}); starting it again.`);
      running.timer = setTimeout(() => void this.#relaunch(running), waitMs);
    };
    if (runs(child)) child.once("exit", (code, by) => again(by ?? `code ${code}`));
    else again(child.signalCode ?? `code ${child.exitCode}`);
  }

  async #relaunch(running: Running): Promise<void> {
    try {
      await this.#launch(running);
      this.#parts.tell(`The ${running.plan.name} runs again.`);
    } catch (error) {
      if (!this.#stopping && error instanceof Problem) this.#parts.tell(error.message);
    }
    this.#keep(running);
  }

  #changed(): void {
    const living = this.#children.flatMap(({ process: child }) =>
      child?.pid !== undefined && runs(child) ? [markOf(child.pid)] : [],
    );
    this.#parts.changed(living);
  }
}

function runs(child: ChildProcess): boolean {
  return child.pid !== undefined && child.exitCode === null && child.signalCode === null;
}

function readLines(stream: Readable | null, each: (line: string) => void): void {
  if (stream !== null) createInterface({ input: stream }).on("line", each);
}

function parse(line: string): Record<string, unknown> | undefined {
  if (!line.startsWith("{")) return undefined;
  try {
    const value: unknown = JSON.parse(line);
    return typeof value === "object" && value !== null ? { ...value } : undefined;
  } catch {
    return undefined;
  }
}
