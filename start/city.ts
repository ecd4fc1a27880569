import { spawn } from "node:child_process";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { MapError, mapErrorCodes } from "@caravan/roads";
import Type from "typebox";
import { Value } from "typebox/value";
import { findPreparedCity, roadsShare, shelfIn } from "./city-request.ts";
import type { CityRequest } from "./city-request.ts";
import type { PreparedCity } from "./city-shelf.ts";

const Line = Type.Union([
  Type.Object({ progress: Type.Number(), what: Type.String() }),
  Type.Object({ ready: Type.Object({ version: Type.String(), folder: Type.String() }) }),
  Type.Object({ drawn: Type.Literal(true) }),
  Type.Object({ failed: Type.String(), code: Type.Enum([...mapErrorCodes]) }),
]);

/** A city that can be driven in while its map is still being drawn; `drawn` rejects where that fails. */
export interface ReadyCity extends PreparedCity {
  readonly drawn: Promise<void>;
}

/**
 * As `prepareCity`, but in a process of its own, so that its memory is given back, and answered as soon as the city can be driven in. A
 * city that was prepared and drawn before is answered at once without one.
 */
export async function prepareCityInChild(request: CityRequest): Promise<ReadyCity> {
  const { data, map, onProgress = () => {}, signal } = request;
  const known = findPreparedCity(request);
  if (known !== undefined && shelfIn(data).isDrawn(known)) {
    onProgress(1, "map ready");
    return { ...known, drawn: Promise.resolve() };
  }
  // The tether ends the import when this process is gone; it needs the channel.
  const child = spawn(
    process.execPath,
    [
      "--import",
      join(import.meta.dirname, "tether.ts"),
      join(import.meta.dirname, "city-worker.ts"),
      JSON.stringify({ data, map }),
    ],
    { stdio: ["ignore", "pipe", "pipe", "ipc"], ...(signal === undefined ? {} : { signal }) },
  );
  const problems: string[] = [];
  child.stderr?.on("data", (chunk: Buffer) => {
    problems.push(chunk.toString());
    if (problems.length > 20) problems.shift();
  });
  const ready = Promise.withResolvers<PreparedCity>();
  const drawn = Promise.withResolvers<void>();
  const fail = (error: MapError) => {
    ready.reject(error);
    drawn.reject(error);
  };
  const failed = (cause?: unknown) =>
    fail(
      (signal?.aborted ?? false)
        ? new MapError("stopped", "The import of the map was stopped.")
        : new MapError("broken-map", "The import of the map ended before it was done.", {
            cause: cause ?? problems.join(""),
          }),
    );
  // Whoever does not wait for the drawing need not hear of its end.
  drawn.promise.catch(() => undefined);
  child.once("error", failed);
  child.once("close", () => failed());
  if (child.stdout === null) failed();
  else {
    let isReady = false;
    createInterface({ input: child.stdout }).on("line", (text) => {
      let line: unknown;
      try {
        line = JSON.parse(text);
      } catch {
        return;
      }
      if (!Value.Check(Line, line)) return;
      if ("progress" in line) {
        if (!isReady) onProgress(Math.min(1, line.progress / roadsShare), line.what);
      } else if ("ready" in line) {
        isReady = true;
        ready.resolve(line.ready);
      } else if ("drawn" in line) drawn.resolve();
      else fail(new MapError(line.code, line.failed));
    });
  }
  return { ...(await ready.promise), drawn: drawn.promise };
}
