import { readFileSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline/promises";
import { MapError } from "@caravan/roads";
import { Type } from "typebox";
import { Value } from "typebox/value";
import { readArguments } from "./start/arguments.ts";
import type { StartOptions } from "./start/arguments.ts";
import { backUp, holdsNothing, restore } from "./start/backup.ts";
import { emptyDataFolder, isDataFolder, isEmptyFolder, openDataFolder } from "./start/data-folder.ts";
import { tendDatabase } from "./start/database.ts";
import { help } from "./start/help.ts";
import { takeLock } from "./start/lock.ts";
import type { Lock } from "./start/lock.ts";
import { Problem } from "./start/problem.ts";
import { createProgress } from "./start/progress.ts";
import { run } from "./start/run.ts";
import type { RunningCaravan } from "./start/run.ts";
import { signIn } from "./start/signin.ts";

const root = import.meta.dirname;
const { version } = Value.Parse(
  Type.Object({ version: Type.String() }),
  JSON.parse(readFileSync(join(root, "package.json"), "utf8")),
);

async function main(): Promise<void> {
  const command = readArguments(process.argv.slice(2), process.env, root);
  switch (command.kind) {
    case "help":
      console.log(help);
      return;
    case "version":
      console.log(version);
      return;
    case "wrong":
      console.error(command.sentence);
      process.exitCode = 2;
      return;
    case "signin":
      for (const line of await signIn(command.options)) console.log(line);
      return;
    case "backup":
      await backUpTo(command.file, command.options);
      return;
    case "restore":
      await restoreFrom(command.file, command.options);
      return;
    case "start":
      await start(command.options);
  }
}

async function start(options: StartOptions): Promise<void> {
  if (options.reset && !isEmptyFolder(options.data)) await confirmReset(options);
  openDataFolder(options.data);
  const lock = await lockFolder(options.data);
  if (options.reset) {
    // A database that a killed run left behind must not go on serving what is removed.
    await tendDatabase({ root, data: options.data }, "stop", options.data);
    emptyDataFolder(options.data, ["caravan.json", "lock"]);
  }
  const progress = createProgress(process.stdout, () => performance.now());
  const abort = new AbortController();
  let stopping = false;
  const running = run({ root, version, options, lock, progress, signal: abort.signal });
  const stop = async () => {
    abort.abort();
    progress.end();
    // What does not run yet has stopped itself by the time its promise fails.
    await running.then(
      (caravan) => caravan.stop(),
      () => undefined,
    );
    lock.release();
    process.exit(0);
  };
  const stopOnce = () => {
    if (stopping) return;
    stopping = true;
    void stop();
  };
  for (const name of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
    process.on(name, () => {
      // A second Ctrl-C does not wait; the children notice that we are gone.
      if (stopping) process.exit(130);
      stopOnce();
    });
  }
  whenLeftByNpm(stopOnce);
  try {
    const caravan = await running;
    progress.end();
    announce(options, caravan);
  } catch (error) {
    if (stopping) return;
    progress.end();
    lock.release();
    throw error;
  }
}

/** npm hands SIGTERM only to the shell between it and us, which ends and leaves us alone. */
function whenLeftByNpm(stop: () => void): void {
  if (process.env["npm_lifecycle_event"] === undefined) return;
  const shell = process.ppid;
  setInterval(() => {
    if (process.ppid !== shell) stop();
  }, 500).unref();
}

async function backUpTo(file: string, options: StartOptions): Promise<void> {
  const { data } = options;
  if (!isDataFolder(data)) throw new Problem(`${data} is no data folder of Caravan; name one with --data.`);
  const outcome = await takeLock(data);
  try {
    const { bytes, files } = await backUp({ root, version, ...options }, file);
    console.log(
      `Backed up ${files} files and the database to ${file} (${Math.ceil(bytes / 1e3)} kB). It holds keys: keep it safe.`,
    );
  } finally {
    if (outcome.kind === "taken") outcome.lock.release();
  }
}

async function restoreFrom(file: string, options: StartOptions): Promise<void> {
  const { data } = options;
  openDataFolder(data);
  const lock = await lockFolder(data);
  try {
    if (!holdsNothing(data)) {
      if (!options.reset)
        throw new Problem(`${data} is in use; restore into an empty folder, or say --reset to replace what is there.`);
      await confirmReset(options);
    }
    const { madeAt } = await restore({ root, version, ...options }, file);
    console.log(`Restored what was backed up at ${madeAt} into ${data}. npm start starts it.`);
  } finally {
    lock.release();
  }
}

async function lockFolder(data: string): Promise<Lock> {
  const outcome = await takeLock(data);
  if (outcome.kind === "taken") return outcome.lock;
  throw new Problem(
    `Caravan already runs on ${data} (process ${outcome.pid}); stop it first, or choose another folder with --data.`,
  );
}

async function confirmReset({ data, yes }: StartOptions): Promise<void> {
  if (yes) return;
  if (!process.stdin.isTTY) throw new Problem("--reset forgets everything in the data folder; say --yes to do so.");
  const terminal = createInterface({ input: process.stdin, output: process.stdout });
  const answer = await terminal.question(`Forget all accounts, cars and history in ${data}? Type yes: `);
  terminal.close();
  if (answer.trim().toLowerCase() !== "yes") throw new Problem("Nothing was changed.");
}

function announce({ cars }: StartOptions, running: RunningCaravan): void {
  const seconds = process.uptime().toFixed(1);
  console.log(`\nCaravan runs (${seconds} s).`);
  const [first] = running.cars;
  if (first !== undefined)
    console.log(`  Cockpit   ${first}/${cars > 1 ? `   (and ${cars - 1} more at the ports after it)` : ""}`);
  if (running.cloud !== undefined) {
    const { origin, signIn: link } = running.cloud;
    console.log(`  Phone     ${origin}/phone/`);
    console.log(`  Console   ${origin}/console/`);
    if (link === undefined) console.log("  Sign in   npm run signin prints a one-time link");
    else console.log(`  Sign in   ${link}\n            works once, within an hour; npm run signin prints another`);
  }
  console.log("\nCtrl-C stops it.");
}

try {
  await main();
} catch (error) {
  if (!(error instanceof Problem) && !(error instanceof MapError)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}
