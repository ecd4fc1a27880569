import { setImmediate as nextTurn } from "node:timers/promises";
import type { Quality } from "@caravan/signals";
import type { Dbc } from "../dbc/dbc.ts";
import type { Driver, DriverEnd, DriverFigure, Outlet } from "../driver.ts";
import type { CompiledMapping } from "../mapping/compile-mapping.ts";
import type { FrameSource } from "./frame-source.ts";
import { Translator } from "./translator.ts";

export interface CanDriverParts {
  /** Told from other drivers by it; the source of its readings. */
  readonly name: string;
  readonly source: FrameSource;
  readonly dbc: Dbc;
  readonly mapping: CompiledMapping;
  readonly quality: Quality;
  /** A bus that is silent for longer is opened anew; a recording may pause for ever. */
  readonly stallAfterMs?: number;
  readonly mostReadingsPerSecond?: number;
  /** Whether the end of the frames is the end of it all, as with a recording, or the loss of a device. */
  readonly endIs: "over" | "lost";
}

/** A driver of a CAN bus or of its recording: frames by way of a DBC and a mapping to readings. */
export function createCanDriver(parts: CanDriverParts): Driver {
  let translator: Translator | undefined;
  const { name, source, quality, stallAfterMs, mostReadingsPerSecond } = parts;

  async function run(outlet: Outlet, signal: AbortSignal): Promise<DriverEnd> {
    const working = new Translator({ dbc: parts.dbc, mapping: parts.mapping, outlet });
    translator = working;
    for await (const { frames, from, to } of source.frames(signal)) {
      for (let i = from; i < to; i++) working.take(frames, i, frames.at[i]);
      outlet.alive();
      if (signal.aborted) break;
      // However fast frames come, everything else in the car has its turn between two batches.
      await nextTurn();
    }
    return parts.endIs === "over" && !signal.aborted ? { kind: "over" } : { kind: "lost", why: "no more frames came" };
  }

  function figures(): readonly DriverFigure[] {
    const counts = translator?.counts() ?? { frames: 0, unknown: 0, withoutData: 0, unmapped: 0 };
    return [
      { name: "Frames", value: counts.frames },
      { name: "Frames that the DBC does not know", value: counts.unknown },
      { name: "Remote and error frames", value: counts.withoutData },
      { name: "Values without a meaning", value: counts.unmapped },
      ...source.figures(),
    ];
  }

  return {
    name,
    quality,
    run,
    figures,
    ...(stallAfterMs !== undefined && { stallAfterMs }),
    ...(mostReadingsPerSecond !== undefined && { mostReadingsPerSecond }),
  };
}
