import { existsSync, mkdirSync } from "node:fs";
import { dirname } from "node:path";

/**
 * Makes a folder and those above it that are missing. Node's own way never ends on file systems that refuse new folders with "no such entry", such
 * as /proc.
 * @throws one sentence where there can be no folder, else what the file system says
 */
export function makeFolder(folder: string, mode?: number): void {
  if (existsSync(folder)) return;
  const parent = dirname(folder);
  if (parent !== folder) makeFolder(parent);
  try {
    mkdirSync(folder, { mode });
  } catch (cause) {
    // Another process of the same start may have been quicker.
    if (existsSync(folder)) return;
    if (cause instanceof Error && "code" in cause && cause.code === "ENOENT")
      throw new Error(`${folder} cannot be made: no folders can be made there; choose another place with --data.`, {
        cause,
      });
    throw cause;
  }
}
