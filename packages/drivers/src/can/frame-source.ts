import type { DriverClock, DriverFigure } from "../driver.ts";
import type { CandumpReader } from "./candump.ts";
import { Frames } from "./frames.ts";

/** Frames `from` to `to` (not included) of a batch; valid until the next window is asked for. */
export interface FrameWindow {
  readonly frames: Frames;
  readonly from: number;
  readonly to: number;
}

/** Where frames come from: a bus adapter or a recording. */
export interface FrameSource {
  /**
   * Opens the source and gives its frames until it has no more or `signal` is aborted; leaves nothing open.
   * @throws where the device cannot be opened or is lost, with one sentence
   */
  frames(signal: AbortSignal): AsyncIterable<FrameWindow>;
  figures(): readonly DriverFigure[];
}

/** Frames handed over at once, so that a flood leaves the rest of the car computer its turns. */
export const batchSize = 1_024;

/** Reads chunks of candump text as they come; what stands of a last line without end is read too. */
export async function* candumpFrames(
  chunks: AsyncIterable<Uint8Array>,
  reader: CandumpReader,
  signal: AbortSignal,
): AsyncGenerator<FrameWindow> {
  const frames = new Frames(batchSize);
  let rest = new Uint8Array(0);
  for await (const chunk of chunks) {
    if (signal.aborted) return;
    const bytes = rest.length === 0 ? chunk : joined(rest, chunk);
    let at = 0;
    for (;;) {
      frames.clear();
      const next = reader.read(bytes, at, frames);
      if (frames.count > 0) yield { frames, from: 0, to: frames.count };
      if (signal.aborted) return;
      if (next === at) break;
      at = next;
    }
    rest = bytes.slice(at);
  }
  frames.clear();
  reader.read(rest, 0, frames, true);
  if (frames.count > 0) yield { frames, from: 0, to: frames.count };
}

function joined(left: Uint8Array, right: Uint8Array): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(left.length + right.length);
  whole.set(left);
  whole.set(right, left.length);
  return whole;
}

/**
 * Hands frames over when they are due: as far apart as they were recorded, `speed` times as fast, beginning now. Their times become those at which
 * they are played; time that runs backwards in the recording is played at once.
 */
export async function* paced(
  windows: AsyncIterable<FrameWindow>,
  { clock, speed, signal }: { readonly clock: DriverClock; readonly speed: number; readonly signal: AbortSignal },
): AsyncGenerator<FrameWindow> {
  let origin: { readonly recorded: number; readonly at: number } | undefined;
  let latest = -Infinity;
  for await (const { frames, from, to } of windows) {
    let begin = from;
    for (let i = from; i < to; i++) {
      origin ??= { recorded: frames.at[i], at: clock.now() };
      latest = Math.max(latest, frames.at[i]);
      const due = origin.at + (latest - origin.recorded) / speed;
      frames.at[i] = due;
      const ms = due - clock.now();
      if (ms <= 1) continue;
      if (i > begin) yield { frames, from: begin, to: i };
      begin = i;
      await clock.sleep(ms, signal);
      if (signal.aborted) return;
    }
    if (to > begin) yield { frames, from: begin, to };
    if (signal.aborted) return;
  }
}
