import { closeSync, existsSync, fstatSync, mkdirSync, openSync, renameSync, writeSync } from "node:fs";
import { join } from "node:path";
import { pino } from "pino";

/** One line for each event, as fields. Never a position, name, token or message text. */
export interface Log {
  readonly debug: (message: string, fields?: Readonly<Record<string, unknown>>) => void;
  readonly info: (message: string, fields?: Readonly<Record<string, unknown>>) => void;
  readonly warn: (message: string, fields?: Readonly<Record<string, unknown>>) => void;
  readonly error: (message: string, fields?: Readonly<Record<string, unknown>>) => void;
}

export interface LogFile extends Log {
  /** Bytes on disk now, and the most there can be. */
  readonly size: () => { readonly bytes: number; readonly maxBytes: number };
  readonly close: () => void;
}

export interface LogParts {
  readonly folder: string;
  /** Name of the file without `.log`. */
  readonly name: string;
  /** Bytes of one file; the one before it is kept too. */
  readonly fileBytes?: number;
  /** Gets a short line for what a person should see: warnings and errors. */
  readonly tell?: (line: string) => void;
}

/** Writes JSON lines to `<folder>/<name>.log`; a full file becomes `.1.log`, of which there is one. */
export function openLog({ folder, name, fileBytes = 4 << 20, tell }: LogParts): LogFile {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const file = join(folder, `${name}.log`);
  const older = join(folder, `${name}.1.log`);
  let descriptor = openSync(file, "a", 0o600);
  let size = fstatSync(descriptor).size;
  const put = (line: string) => {
    if (size + line.length > fileBytes && size > 0) {
      closeSync(descriptor);
      renameSync(file, older);
      descriptor = openSync(file, "a", 0o600);
      size = 0;
    }
    // Written at once: a killed process keeps its last words, and lines are few.
    size += writeSync(descriptor, line);
  };
  const write = (line: string) => {
    try {
      put(line);
    } catch {
      // A full disk costs lines of the log, not the cloud.
    }
  };
  const lines = pino(
    { level: process.env["CARAVAN_LOG"] ?? "info", base: null, serializers: { error: described } },
    { write },
  );
  const at =
    (level: "debug" | "info" | "warn" | "error") => (message: string, fields?: Readonly<Record<string, unknown>>) => {
      lines[level](fields ?? {}, message);
      if (level === "warn" || level === "error") tell?.(`${level}: ${message}${reason(fields?.["error"])}`);
    };
  return {
    debug: at("debug"),
    info: at("info"),
    warn: at("warn"),
    error: at("error"),
    size: () => ({ bytes: size + (existsSync(older) ? sizeOf(older) : 0), maxBytes: 2 * fileBytes }),
    close: () => closeSync(descriptor),
  };
}

function sizeOf(path: string): number {
  const descriptor = openSync(path, "r");
  const { size } = fstatSync(descriptor);
  closeSync(descriptor);
  return size;
}

/** What tells a fault apart; errors of libraries carry whole connections along, which stay out. */
function described(error: unknown): unknown {
  if (!(error instanceof Error)) return String(error);
  const { name, message, stack, cause } = error;
  const code = "code" in error ? error.code : undefined;
  return { name, message, code, stack, ...(cause === undefined ? {} : { cause: described(cause) }) };
}

function reason(error: unknown): string {
  return error instanceof Error ? ` (${error.message})` : "";
}
