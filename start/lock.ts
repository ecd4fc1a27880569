import { existsSync, linkSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { Type } from "typebox";
import type { Static } from "typebox";
import { Value } from "typebox/value";
import { isRunning, markOf, signal } from "./processes.ts";
import type { ProcessMark } from "./processes.ts";

const Mark = Type.Object({ pid: Type.Integer({ minimum: 1 }), born: Type.String() });
const LockFile = Type.Object({
  holder: Mark,
  children: Type.Array(Mark),
  /** Where the cloud of this run listens on this machine. */
  cloud: Type.Optional(Type.String()),
});
type LockFile = Static<typeof LockFile>;

const leftOverWithinMs = 8_000;

/** The right to use a data folder; one process at a time has it. */
export interface Lock {
  /** Notes what belongs to this run, so that the next one can recognise what a kill leaves behind. */
  readonly note: (facts: { readonly children: readonly ProcessMark[]; readonly cloud?: string | undefined }) => void;
  readonly release: () => void;
}

export type LockOutcome =
  | { readonly kind: "taken"; readonly lock: Lock }
  | { readonly kind: "held"; readonly pid: number };

/**
 * Takes the folder, or tells who has it. The lock of a killed run is recognised; what that run left running is given the
 * time to end by itself, as it does when it loses its supervisor, and is ended after that.
 */
export async function takeLock(folder: string): Promise<LockOutcome> {
  const path = join(folder, "lock");
  const holder = markOf(process.pid);
  const own = `${path}.${process.pid}`;
  for (let attempt = 0; attempt < 20; attempt += 1) {
    writeFileSync(own, JSON.stringify({ holder, children: [] } satisfies LockFile));
    try {
      // A link is made whole or not at all, and never over an existing one.
      linkSync(own, path);
      return { kind: "taken", lock: lockAt(path, holder) };
    } catch (error) {
      if (!(error instanceof Error && "code" in error && error.code === "EEXIST")) throw error;
    } finally {
      rmSync(own, { force: true });
    }
    const found = readLock(folder);
    if (found !== undefined && isRunning(found.holder)) return { kind: "held", pid: found.holder.pid };
    await endLeftOvers(found?.children ?? []);
    rmSync(path, { force: true });
  }
  return { kind: "held", pid: readLock(folder)?.holder.pid ?? 0 };
}

/** The cloud of the Caravan that runs on this folder now, if one does. */
export function runningCloud(folder: string): { readonly running: boolean; readonly cloud?: string } {
  const found = readLock(folder);
  if (found === undefined || !isRunning(found.holder)) return { running: false };
  return found.cloud === undefined ? { running: true } : { running: true, cloud: found.cloud };
}

function lockAt(path: string, holder: ProcessMark): Lock {
  let isReleased = false;
  return {
    note({ children, cloud }) {
      if (isReleased) return;
      const facts: LockFile = { holder, children: [...children], ...(cloud === undefined ? {} : { cloud }) };
      try {
        writeFileSync(`${path}.new`, JSON.stringify(facts));
        renameSync(`${path}.new`, path);
      } catch {
        // A full disk must not end what runs; the parts end by themselves when they lose us.
      }
    },
    release() {
      isReleased = true;
      rmSync(path, { force: true });
    },
  };
}

function readLock(folder: string): LockFile | undefined {
  const path = join(folder, "lock");
  if (!existsSync(path)) return undefined;
  try {
    const facts: unknown = JSON.parse(readFileSync(path, "utf8"));
    return Value.Check(LockFile, facts) ? facts : undefined;
  } catch {
    return undefined;
  }
}

async function endLeftOvers(children: readonly ProcessMark[]): Promise<void> {
  const until = performance.now() + leftOverWithinMs;
  for (const child of children) signal(child, "SIGTERM");
  while (children.some(isRunning) && performance.now() < until) await sleep(50);
  for (const child of children) signal(child, "SIGKILL");
  while (children.some(isRunning)) await sleep(20);
}
