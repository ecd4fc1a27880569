import { spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import {
  chmodSync,
  existsSync,
  mkdirSync,
  openSync,
  closeSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { Client } from "pg";
import { StartProblem } from "../problem.ts";
import { findBinaries } from "./binaries.ts";
import type { Binaries } from "./binaries.ts";
import { commandAs, identities, own } from "./identity.ts";
import type { Identity } from "./identity.ts";
import { answers, leftOver, runs } from "./left-over.ts";

const logBytesKept = 2 << 20;
const startWithinMs = 60_000;
const stopWithinMs = 10_000;
const watchEveryMs = 500;

/** A running PostgreSQL of our own. */
export interface Cluster {
  readonly url: string;
  /** True when a server that an earlier, killed run had left behind was taken over. */
  readonly adopted: boolean;
  readonly stop: () => Promise<void>;
}

export interface ClusterParts {
  readonly data: string;
  /** For databases that a test run throws away: no flushing to disk. */
  readonly disposable?: boolean;
  /** Told when the server died and when it runs again. */
  readonly onChange?: (change: "lost" | "back") => void;
}

/**
 * Starts the PostgreSQL of this data folder, creating it the first time, or takes over the one that a killed run left.
 * Listens on loopback only, at a port the system picks, behind a random password that lies in the data folder. A server
 * that dies is started again at the same port until `stop`.
 */
export async function startCluster({ data, disposable = false, onChange }: ClusterParts): Promise<Cluster> {
  const folder = join(data, "database");
  const cluster = join(folder, "cluster");
  mkdirSync(folder, { recursive: true });
  const password = readPassword(folder);
  const urlAt = (port: number) => urlOf(password, port);
  const launchHere = async (port: number | undefined) => {
    const { binaries, identity } = await findIdentity({ data, folder, password, disposable });
    return launchSomewhere({ binaries, identity, cluster, disposable, log: openLog(folder) }, port);
  };

  const left = await leftOver(cluster, urlAt);
  const server = left ?? (await launchHere(undefined));
  if (left === undefined) await createDatabase(urlAt(server.port));
  const guard = guardServer(server, { folder, launchHere, onChange: onChange ?? (() => {}) });
  return {
    url: urlAt(server.port),
    adopted: left !== undefined,
    async stop() {
      const pid = await guard.end();
      await stopProcess(pid);
    },
  };
}

/** The address of the server that serves this data folder now, if one does; looks only. */
export async function findRunningServer(data: string): Promise<string | undefined> {
  const folder = join(data, "database");
  const file = join(folder, "cluster", "postmaster.pid");
  if (!existsSync(file) || !existsSync(join(folder, "password"))) return undefined;
  // Line 4 is the port, as in PostgreSQL's miscadmin.h.
  const port = Number(readFileSync(file, "utf8").split("\n")[3]);
  const url = urlOf(readPassword(folder), port);
  return (await answers(url, join(folder, "cluster"))) ? url : undefined;
}

function urlOf(password: string, port: number): string {
  return `postgres://caravan:${password}@127.0.0.1:${port}/caravan`;
}

/** As whom this folder's server runs, with its files created if there are none. */
async function findIdentity(parts: {
  readonly data: string;
  readonly folder: string;
  readonly password: string;
  readonly disposable: boolean;
}): Promise<{ binaries: Binaries; identity: Identity }> {
  const binaries = findBinaries();
  const cluster = join(parts.folder, "cluster");
  let failed: string | undefined;
  for (const identity of identities(binaries.postgres, parts.data)) {
    if (!existsSync(join(cluster, "PG_VERSION"))) {
      const outcome = await create({ ...parts, binaries, identity });
      if (outcome.kind === "failed") {
        failed ??= outcome.why;
        continue;
      }
    }
    const version = Number(readFileSync(join(cluster, "PG_VERSION"), "utf8"));
    if (version !== binaries.major) {
      throw new StartProblem(
        "other-database-version",
        `The database in the data folder is of PostgreSQL ${version}, but ${binaries.major} is installed; start the Caravan that wrote it and use --backup, then --restore here. Nothing was changed.`,
      );
    }
    own(identity, cluster);
    return { binaries, identity };
  }
  throw failed === undefined
    ? noIdentity()
    : new StartProblem("database-not-made", `The database cannot be made: ${failed}.`);
}

/** Starts at this port, or at a free one. */
async function launchSomewhere(
  parts: Omit<Launch, "port">,
  wanted: number | undefined,
): Promise<{ pid: number; port: number }> {
  for (let attempt = 1; ; attempt += 1) {
    const port = wanted ?? (await freePort());
    const pid = await launch({ ...parts, port });
    if (pid !== undefined) return { pid, port };
    // Somebody else may have taken the port, or the workers of a killed server may still be on their way out.
    if (attempt === 5) throw new StartProblem("database-start", `The database does not start: ${lastLine(parts.log)}`);
    await sleep(300 * attempt);
  }
}

/** Looks after the server; `end` stops looking and gives the process that runs then. */
function guardServer(
  server: { readonly pid: number; readonly port: number },
  parts: {
    readonly folder: string;
    readonly launchHere: (port: number) => Promise<{ readonly pid: number }>;
    readonly onChange: (change: "lost" | "back") => void;
  },
): { readonly end: () => Promise<number> } {
  const ending = new AbortController();
  const { folder, launchHere, onChange } = parts;
  const log = join(folder, "database.log");
  let { pid } = server;
  const watch = async () => {
    while (!ending.signal.aborted) {
      await sleep(watchEveryMs, undefined, { signal: ending.signal, ref: false }).catch(() => undefined);
      // The server appends, so it goes on at the new end.
      if ((statSync(log, { throwIfNoEntry: false })?.size ?? 0) > 2 * logBytesKept) truncateSync(log);
      if (ending.signal.aborted || runs(pid)) continue;
      onChange("lost");
      try {
        ({ pid } = await launchHere(server.port));
        onChange("back");
      } catch {
        // Tried again at the next look; until then every query fails and the health page says so.
      }
    }
  };
  const watching = watch();
  return {
    async end() {
      ending.abort();
      await watching;
      return pid;
    },
  };
}

function readPassword(folder: string): string {
  const file = join(folder, "password");
  if (existsSync(file)) return readFileSync(file, "utf8").trim();
  const password = randomBytes(24).toString("hex");
  const fresh = `${file}.new`;
  writeFileSync(fresh, password, { mode: 0o600 });
  renameSync(fresh, file);
  return password;
}

type CreationOutcome = { readonly kind: "made" } | { readonly kind: "failed"; readonly why: string };

interface Creation {
  readonly binaries: Binaries;
  readonly identity: Identity;
  readonly folder: string;
  readonly password: string;
  readonly disposable: boolean;
}

/** Makes the empty cluster beside its place and renames it, so that a killed first start leaves nothing half made. */
async function create({ binaries, identity, folder, password, disposable }: Creation): Promise<CreationOutcome> {
  const fresh = join(folder, "cluster.new");
  rmSync(fresh, { recursive: true, force: true });
  mkdirSync(fresh, { mode: 0o700 });
  const passwordFile = join(fresh, "..", "password.init");
  writeFileSync(passwordFile, password, { mode: 0o600 });
  own(identity, passwordFile);
  own(identity, fresh);
  // Byte order everywhere, whatever this machine's locale, so that a backup sorts the same on another one.
  const args = ["-D", fresh, "-U", "caravan", "-A", "scram-sha-256", `--pwfile=${passwordFile}`, "-E", "UTF8"];
  args.push("--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C", "--no-instructions");
  if (disposable) args.push("--no-sync");
  const { command, args: line, options } = commandAs(identity, binaries.initdb, args);
  const child = spawn(command, line, {
    ...options,
    cwd: folder,
    stdio: ["ignore", "ignore", "pipe"],
    env: { PATH: process.env["PATH"], LC_ALL: "C" },
  });
  let said = "";
  child.stderr?.setEncoding("utf8").on("data", (text: string) => (said = (said + text).slice(-mostSaid)));
  const outcome = await new Promise<CreationOutcome>((resolve) => {
    child.once("error", (error) => resolve({ kind: "failed", why: error.message }));
    child.once("close", (code) => resolve(code === 0 ? { kind: "made" } : { kind: "failed", why: reasonIn(said) }));
  });
  rmSync(passwordFile, { force: true });
  if (outcome.kind === "made") renameSync(fresh, join(folder, "cluster"));
  else rmSync(fresh, { recursive: true, force: true });
  return outcome;
}

interface Launch {
  readonly binaries: Binaries;
  readonly identity: Identity;
  readonly cluster: string;
  readonly port: number;
  readonly log: string;
  readonly disposable: boolean;
}

/** The process id once the server is ready, or undefined when it ended before. */
async function launch({ binaries, identity, cluster, port, log, disposable }: Launch): Promise<number | undefined> {
  const settings: Record<string, string | number> = {
    port,
    listen_addresses: "127.0.0.1",
    unix_socket_directories: "",
    password_encryption: "scram-sha-256",
    max_connections: 60,
    shared_buffers: "64MB",
    work_mem: "8MB",
    maintenance_work_mem: "64MB",
    effective_cache_size: "512MB",
    max_wal_size: "256MB",
    min_wal_size: "64MB",
    io_method: "sync",
    jit: "off",
    // Containers give little shared memory, and two cores gain little from parallel plans.
    max_parallel_workers_per_gather: 0,
    max_worker_processes: 4,
    autovacuum_max_workers: 2,
    log_min_messages: "error",
    timezone: "UTC",
    ...(disposable
      ? { fsync: "off", full_page_writes: "off", synchronous_commit: "off", max_connections: 200 }
      : { fsync: "on", synchronous_commit: "on" }),
  };
  const flags = Object.entries(settings).flatMap(([name, value]) => ["-c", `${name}=${value}`]);
  const { command, args, options } = commandAs(identity, binaries.postgres, ["-D", cluster, ...flags]);
  const output = openSync(log, "a");
  // Its own session: Ctrl-C on the terminal must not stop the database before the cloud has let go of it.
  const child = spawn(command, args, {
    ...options,
    cwd: join(cluster, ".."),
    detached: true,
    stdio: ["ignore", output, output],
    env: { PATH: process.env["PATH"], LC_ALL: "C" },
  });
  closeSync(output);
  // A program that cannot be run has no process id and tells so in an event, which must have a listener.
  child.once("error", () => undefined);
  child.unref();
  const { pid } = child;
  if (pid === undefined) return undefined;
  const until = performance.now() + startWithinMs;
  while (runs(pid) && performance.now() < until) {
    if (isReady(cluster, pid)) return pid;
    await sleep(20);
  }
  await stopProcess(pid);
  return undefined;
}

function isReady(cluster: string, pid: number): boolean {
  const file = join(cluster, "postmaster.pid");
  if (!existsSync(file)) return false;
  // Line 8 is the state, as in PostgreSQL's miscadmin.h.
  const lines = readFileSync(file, "utf8").split("\n");
  return Number(lines[0]) === pid && lines[7]?.trim() === "ready";
}

async function createDatabase(url: string): Promise<void> {
  const admin = new URL(url);
  admin.pathname = "/postgres";
  const client = new Client({ connectionString: admin.href });
  await client.connect();
  try {
    const { rowCount } = await client.query("select 1 from pg_database where datname = 'caravan'");
    if (rowCount === 0) await client.query("create database caravan");
  } finally {
    await client.end();
  }
}

/** Fast shutdown: sessions end, what is committed is flushed. Only when that takes too long, the hard way; the next start then replays its log. */
async function stopProcess(pid: number): Promise<void> {
  for (const signal of ["SIGINT", "SIGQUIT", "SIGKILL"] as const) {
    if (!runs(pid)) return;
    try {
      process.kill(pid, signal);
    } catch {
      return;
    }
    const until = performance.now() + stopWithinMs;
    while (runs(pid) && performance.now() < until) await sleep(20);
  }
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      const port = typeof address === "object" && address !== null ? address.port : 0;
      server.close(() => resolve(port));
    });
  });
}

function openLog(folder: string): string {
  const log = join(folder, "database.log");
  if (existsSync(log) && statSync(log).size > logBytesKept) renameSync(log, `${log}.old`);
  closeSync(openSync(log, "a", 0o600));
  chmodSync(log, 0o600);
  return log;
}

function lastLine(log: string): string {
  const lines = readFileSync(log, "utf8").trimEnd().split("\n");
  return lines.findLast((line) => line.includes("FATAL")) ?? lines.at(-1) ?? "no reason given";
}

const mostSaid = 4_000;

/** The sentence in what initdb says, which comes before its advice. */
function reasonIn(said: string): string {
  const lines = said.split("\n");
  const line = lines.findLast((each) => /\b(?:FATAL|error|could not)\b/u.test(each)) ?? lines.at(0) ?? "";
  const reason = line.replace(/^.*?(?:FATAL|error|initdb): +/u, "").trim();
  return reason === "" ? "no reason given" : reason;
}

function noIdentity(): StartProblem {
  return new StartProblem(
    "database-refuses-root",
    "PostgreSQL refuses to run as root, and this machine offers no other user that can reach the data folder; start Caravan as an ordinary user, choose --data below a folder open to others, or set DATABASE_URL.",
  );
}
