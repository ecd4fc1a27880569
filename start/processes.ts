import { readFileSync } from "node:fs";

/** A process as it can be recognised again: ids are reused, so its time of birth belongs to it. */
export interface ProcessMark {
  readonly pid: number;
  /** Clock ticks since boot, from proc(5); empty where the system does not tell. */
  readonly born: string;
}

export function markOf(pid: number): ProcessMark {
  return { pid, born: statOf(pid)?.born ?? "" };
}

/** Whether that very process still runs. One that has ended but was not collected yet does not. */
export function isRunning(mark: ProcessMark): boolean {
  try {
    process.kill(mark.pid, 0);
  } catch (error) {
    if (!(error instanceof Error && "code" in error && error.code === "EPERM")) return false;
  }
  const now = statOf(mark.pid);
  if (now === undefined) return true;
  return now.state !== "Z" && (mark.born === "" || now.born === mark.born);
}

/** Sends a signal to that very process, if it still runs. */
export function signal(mark: ProcessMark, name: NodeJS.Signals): void {
  if (!isRunning(mark)) return;
  try {
    process.kill(mark.pid, name);
  } catch {
    // It ended in between.
  }
}

function statOf(pid: number): { state: string; born: string } | undefined {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, "utf8");
    // The name in brackets may itself hold brackets and spaces; state is field 3, starttime field 22.
    const fields = text.slice(text.lastIndexOf(")") + 2).split(" ");
    return { state: fields[0] ?? "", born: fields[19] ?? "" };
  } catch {
    return undefined;
  }
}
