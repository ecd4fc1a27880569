import { existsSync, renameSync, statSync } from "node:fs";
import { join } from "node:path";

import pino from "pino";
import type { Logger } from "pino";

import { makeFolder } from "./folder.ts";

export type Log = Pick<Logger, "error" | "warn" | "info" | "debug">;

/** Two files of this size at most: the one written now, and the one before. */
const mostBytes = 5 * 1024 * 1024;
const lookEvery = 500;

export interface OpenLog {
  readonly log: Logger;
  /** Both files together, in bytes. */
  size(): { readonly bytes: number; readonly bound: number };
  close(): void;
}

/** The log of one process of cars in `<data>/logs/<name>.log`, one JSON line for each event, bounded in size. */
export function openLog(data: string, name = "car"): OpenLog {
  const folder = join(data, "logs");
  makeFolder(folder);
  const path = join(folder, `${name}.log`);
  const before = join(folder, `${name}.1.log`);
  const sink = pino.destination({ dest: path, sync: true, mkdir: true });
  // A full disk costs lines of the log, not the car; the sink tries again with the next line.
  sink.on("error", () => undefined);
  let lines = 0;
  const turn = (): void => {
    if (!existsSync(path) || statSync(path).size < mostBytes) return;
    renameSync(path, before);
    sink.reopen();
  };
  turn();
  const log = pino(
    { base: {}, timestamp: pino.stdTimeFunctions.isoTime, serializers: { error: pino.stdSerializers.err } },
    {
      write: (line: string) => {
        sink.write(line);
        lines += 1;
        if (lines % lookEvery === 0) turn();
      },
    },
  );
  const sizeOf = (file: string): number => statSync(file, { throwIfNoEntry: false })?.size ?? 0;
  return {
    log,
    size: () => ({ bytes: sizeOf(path) + sizeOf(before), bound: 2 * mostBytes }),
    close: () => sink.end(),
  };
}
