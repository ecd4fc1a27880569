import type { ByteLink, OpenByteLink } from "../byte-link/byte-link.ts";
import type { DriverClock } from "../driver.ts";
import type { Bus } from "./bus.ts";
import { batchSize } from "./frame-source.ts";
import type { FrameWindow } from "./frame-source.ts";
import { Frames } from "./frames.ts";
import { SlcanReader, slcanBitrates, slcanText } from "./slcan-text.ts";
import type { SlcanReply } from "./slcan-text.ts";

export interface SlcanParts {
  /** As mappings and the owner's list call the bus. */
  readonly name: string;
  /** A serial port or a TCP connection to the adapter. */
  readonly open: OpenByteLink;
  readonly bitrate: number;
  /** Without, the adapter only listens, and does not even acknowledge frames. */
  readonly mayWrite: boolean;
  readonly clock: DriverClock;
}

const replyWithinMs = 400;

/** A CAN adapter that speaks slcan, over a serial port or TCP. It is opened listening only, unless the owner lists frames to be written. */
export function slcan(parts: SlcanParts): Bus {
  const { name, clock, mayWrite } = parts;
  const speed = slcanBitrates.get(parts.bitrate);
  if (speed === undefined)
    throw new TypeError(`${parts.bitrate} bits a second are none of ${[...slcanBitrates.keys()].join(", ")}`);
  let reader = new SlcanReader();
  let link: ByteLink | undefined;

  async function* frames(signal: AbortSignal): AsyncGenerator<FrameWindow> {
    reader = new SlcanReader();
    const replies: SlcanReply[] = [];
    const batch = new Frames(batchSize);
    const bus = batch.busNumber(name);
    const opened = await parts.open(signal);
    link = opened;
    const received = opened.received[Symbol.asyncIterator]();
    // One read is always under way, also while the adapter is being set up.
    let next = received.next();
    const hear = (bytes: Uint8Array, from: number): number => {
      batch.clear();
      const end = reader.read(bytes, from, clock.now(), batch, (reply) => replies.push(reply));
      batch.buses.fill(bus, 0, batch.count);
      return end;
    };
    /** What the adapter says to a command; silent adapters are believed. */
    const told = async (command: string): Promise<SlcanReply> => {
      replies.length = 0;
      await opened.write(Buffer.from(`${command}\r`));
      const until = clock.now() + replyWithinMs;
      while (replies.length === 0 && clock.now() < until && !signal.aborted) {
        const waiting = new AbortController();
        const piece = await Promise.race([next, clock.sleep(until - clock.now(), waiting.signal)]);
        waiting.abort();
        if (piece === undefined || piece.done === true) break;
        next = received.next();
        for (let at = 0; at < piece.value.length;) at = hear(piece.value, at);
      }
      return replies[0] ?? "done";
    };
    try {
      // What an earlier run left half said ends here; a channel that is open would refuse a new speed.
      await told("\r\rC");
      if ((await told(`S${speed}`)) === "refused")
        throw new Error(`the adapter refuses ${parts.bitrate} bits a second`);
      await openChannel(told, mayWrite);
      while (!signal.aborted) {
        const piece = await next;
        if (piece.done === true) return;
        next = received.next();
        for (let at = 0; at < piece.value.length;) {
          at = hear(piece.value, at);
          replies.length = 0;
          if (batch.count > 0) yield { frames: batch, from: 0, to: batch.count };
        }
      }
    } finally {
      link = undefined;
      // The adapter may be gone already; closing is a courtesy.
      await opened.write(Buffer.from("C\r")).catch(() => undefined);
      opened.close();
      await next.catch(() => undefined);
    }
  }

  return {
    name,
    source: { frames, figures: () => [{ name: "Lines left out as broken", value: reader.broken }] },
    write: async (passed) => {
      const text = slcanText(passed.frame());
      if (text === undefined) throw new Error("slcan has no frame of this length");
      if (link === undefined || !mayWrite) throw new Error(`the bus ${name} is not open for writing`);
      await link.write(Buffer.from(text));
    },
  };
}

/** Listening only where nothing may be written: by the command for it, or by silent mode on adapters that do not know it. */
async function openChannel(told: (command: string) => Promise<SlcanReply>, mayWrite: boolean): Promise<void> {
  if (mayWrite) {
    if ((await told("O")) === "refused") throw new Error("the adapter does not open its channel");
    return;
  }
  if ((await told("L")) === "done") return;
  if ((await told("M1")) === "refused" || (await told("O")) === "refused")
    throw new Error("the adapter cannot listen without taking part in the bus");
}
