import { existsSync, readFileSync, readlinkSync, realpathSync, rmSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { Client } from "pg";
import { StartProblem } from "../problem.ts";

const adoptWithinMs = 6_000;

/** A PostgreSQL that serves this very folder, left alive by a run that was killed. */
export interface LeftOver {
  readonly pid: number;
  readonly port: number;
}

/**
 * Finds the server that a killed run left behind and waits until it answers. It is ours when it serves our folder and
 * knows our password. A process file whose process is gone, or is another program by now, is removed. A server of our
 * folder that does not answer is stopped, so that a fresh one can start.
 */
export async function leftOver(cluster: string, urlAt: (port: number) => string): Promise<LeftOver | undefined> {
  const file = join(cluster, "postmaster.pid");
  if (!existsSync(file)) return undefined;
  const lines = readFileSync(file, "utf8").split("\n");
  const pid = Number(lines[0]);
  const port = Number(lines[3]);
  const ours = runs(pid) ? servesFolder(pid, cluster) : false;
  if (!Number.isInteger(pid) || pid <= 1 || ours === false) {
    rmSync(file, { force: true });
    return undefined;
  }
  const until = performance.now() + adoptWithinMs;
  while (performance.now() < until && runs(pid)) {
    if (await answers(urlAt(port), cluster)) return { pid, port };
    await sleep(100);
  }
  if (ours === undefined && runs(pid)) {
    throw new StartProblem(
      "database-in-use",
      `Process ${pid} seems to be a database that uses this data folder but does not answer; stop it, then start again.`,
    );
  }
  for (const signal of ["SIGINT", "SIGQUIT"] as const) {
    if (!runs(pid)) break;
    process.kill(pid, signal);
    const stopped = performance.now() + 4_000;
    while (runs(pid) && performance.now() < stopped) await sleep(50);
  }
  return undefined;
}

/** Whether the server at the address takes our password and serves our folder. */
export async function answers(url: string, cluster: string): Promise<boolean> {
  const client = new Client({ connectionString: url, connectionTimeoutMillis: 1_000 });
  client.on("error", () => undefined);
  try {
    await client.connect();
    const { rows } = await client.query<{ folder: string }>("select current_setting('data_directory') as folder");
    const folder = rows[0]?.folder;
    return folder !== undefined && realpathSync(folder) === realpathSync(cluster);
  } catch {
    return false;
  } finally {
    await client.end().catch(() => undefined);
  }
}

/** Whether a process lives; one that has ended but was not yet collected by its parent does not. */
export function runs(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    return error instanceof Error && "code" in error && error.code === "EPERM";
  }
  return stat(pid)?.state !== "Z";
}

/**
 * Whether the process is a PostgreSQL that works in our folder (a server's working directory is its data). Process ids are
 * used again, so the number alone proves nothing. Undefined where the system does not tell.
 */
function servesFolder(pid: number, cluster: string): boolean | undefined {
  const found = stat(pid);
  if (found === undefined) return undefined;
  if (!found.command.startsWith("postgres")) return false;
  try {
    return readlinkSync(`/proc/${pid}/cwd`) === realpathSync(cluster);
  } catch {
    return undefined;
  }
}

function stat(pid: number): { command: string; state: string } | undefined {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, "utf8");
    const open = text.indexOf("(");
    const close = text.lastIndexOf(")");
    // proc(5): the state follows the name in brackets, which may itself hold brackets.
    return { command: text.slice(open + 1, close), state: text.charAt(close + 2) };
  } catch {
    return undefined;
  }
}
