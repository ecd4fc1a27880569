import { spawn } from "node:child_process";
import { once } from "node:events";
import type { Bus } from "./bus.ts";
import { CandumpReader } from "./candump.ts";
import { candumpFrames } from "./frame-source.ts";
import type { FrameWindow } from "./frame-source.ts";
import type { CanFrame } from "./frames.ts";

export interface SocketCanParts {
  /** As mappings and the owner's list call the bus. */
  readonly name: string;
  /** Name of the network interface, such as `can0`; the bus's own unless said. */
  readonly link?: string;
  readonly now: () => number;
  /** Programs of can-utils; found in the PATH unless told. */
  readonly candump?: string;
  readonly cansend?: string;
}

const longestComplaint = 500;
const sendWithinMs = 2_000;

/** Whether a text can be the name of a network interface of Linux. */
export const isInterfaceName = (text: string): boolean => /^[A-Za-z][A-Za-z0-9_.-]{0,14}$/.test(text);

/**
 * A CAN bus of Linux by way of can-utils: `candump` hears, error frames included, and `cansend` writes. Both run as processes of their own, so neither
 * can take the car computer down.
 */
export function socketCan(parts: SocketCanParts): Bus {
  const { name, link = name, now, candump = "candump", cansend = "cansend" } = parts;
  if (!isInterfaceName(link)) throw new TypeError(`"${link}" is no name of a CAN interface`);
  let reader = new CandumpReader({ now });

  async function* frames(signal: AbortSignal): AsyncGenerator<FrameWindow> {
    reader = new CandumpReader({ now });
    // -L: log format with absolute times; the filters let all frames and all errors through.
    const child = spawn(candump, ["-L", `${link},0:0,#FFFFFFFF`], { stdio: ["ignore", "pipe", "pipe"], signal });
    let complaint = "";
    child.stderr.on("data", (text: Buffer) => (complaint = (complaint + text.toString()).slice(0, longestComplaint)));
    let failure: Error | undefined;
    child.on("error", (error) => (failure = error));
    const ended = once(child, "close").catch(() => undefined);
    try {
      for await (const window of candumpFrames(child.stdout, reader, signal)) {
        // There is one interface only, whatever the owner calls its bus.
        window.frames.busNames[0] = name;
        yield window;
      }
      await ended;
    } finally {
      child.kill();
    }
    if (signal.aborted) return;
    throw new Error(sentence(name, candump, failure, complaint.trim()));
  }

  return {
    name,
    source: { frames, figures: () => [{ name: "Lines left out as broken", value: reader.broken }] },
    write: async (passed) => {
      const child = spawn(cansend, [link, frameText(passed.frame())], {
        stdio: "ignore",
        signal: AbortSignal.timeout(sendWithinMs),
      });
      const [code] = await once(child, "close");
      if (code !== 0) throw new Error(`A frame could not be written to ${name}.`);
    },
  };
}

function sentence(name: string, program: string, failure: Error | undefined, complaint: string): string {
  if (failure !== undefined && "code" in failure && failure.code === "ENOENT")
    return `${program} is not installed; it comes with can-utils`;
  const why = complaint === "" ? (failure?.message ?? "it ended") : complaint;
  return `the bus ${name} was lost: ${why.replaceAll(/\s+/g, " ")}`;
}

/** A frame as cansend takes it. */
function frameText({ id, isExtended, data, isFd = false }: CanFrame): string {
  const name = id
    .toString(16)
    .toUpperCase()
    .padStart(isExtended ? 8 : 3, "0");
  return `${name}${isFd ? "##0" : "#"}${Buffer.from(data).toString("hex").toUpperCase()}`;
}
