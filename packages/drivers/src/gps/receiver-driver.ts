import { Vehicle, catalogue } from "@caravan/signals";
import type { SignalValue } from "@caravan/signals";
import type { ByteLink, OpenByteLink } from "../byte-link/byte-link.ts";
import { linesOf } from "../byte-link/lines.ts";
import type { Claim, Driver, DriverEnd, DriverFigure, Outlet } from "../driver.ts";

const { CurrentLocation } = Vehicle;

/** One line of a receiver, read: values by path, or nothing to tell, or broken. */
export type ReadFix = (line: string) => readonly (readonly [path: string, value: SignalValue])[] | "nothing" | "broken";

export interface ReceiverDriverParts {
  readonly name: string;
  readonly open: OpenByteLink;
}

/** A fix a second is usual; without one for so long another source of the position is believed. */
const timeoutMs = 3_000;
const stallAfterMs = 10_000;
/** A car knows its speed better than its receiver does. */
const speedPriority = -10;

interface Protocol {
  readonly longestLine: number;
  /** Anew for each connection. */
  reader(): ReadFix;
  /** Said once after the link is open. */
  readonly greeting?: string;
}

/** A satellite receiver that sends lines. */
export function createReceiverDriver({ name, open }: ReceiverDriverParts, protocol: Protocol): Driver {
  let lines = 0;
  let broken = 0;

  async function run(outlet: Outlet, signal: AbortSignal): Promise<DriverEnd> {
    const claims = new Map<string, Claim>();
    const read = protocol.reader();
    const link = await open(signal);
    try {
      if (protocol.greeting !== undefined) await link.write(new TextEncoder().encode(protocol.greeting));
      await follow(link, (path, value) => {
        const claim = claims.get(path) ?? claimOf(outlet, path);
        if (claim === undefined) return;
        claims.set(path, claim);
        outlet.put(claim, value);
      });
      return { kind: "lost", why: signal.aborted ? "told to end" : "the receiver has closed the connection" };
    } finally {
      link.close();
    }

    async function follow(from: ByteLink, put: (path: string, value: SignalValue) => void): Promise<void> {
      for await (const line of linesOf(from.received, protocol.longestLine)) {
        if (line === "") continue;
        lines += 1;
        const fix = read(line);
        if (fix === "broken") broken += 1;
        else {
          outlet.alive();
          if (fix !== "nothing") for (const [path, value] of fix) put(path, value);
        }
      }
    }
  }

  const figures = (): readonly DriverFigure[] => [
    { name: "Lines", value: lines },
    { name: "Lines that make no sense", value: broken },
  ];

  return { name, quality: "good", stallAfterMs, run, figures };
}

function claimOf(outlet: Outlet, path: string): Claim | undefined {
  const signal = catalogue.find(path);
  if (signal === undefined) return undefined;
  return outlet.claim(signal, path === Vehicle.Speed.path ? { priority: speedPriority, timeoutMs } : { timeoutMs });
}

/** The word of the vocabulary for how many dimensions a fix has. */
export const fixType = (dimensions: 0 | 2 | 3): readonly [string, string] => [
  CurrentLocation.GNSSReceiver.FixType.path,
  dimensions === 3 ? "THREE_D" : dimensions === 2 ? "TWO_D" : "NONE",
];
