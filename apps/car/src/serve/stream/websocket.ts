import type { RawData, WebSocket } from "ws";

import type { Rights } from "../access/rights.ts";
import { realScheduler } from "../viss/scheduler.ts";
import type { SignalStream } from "./stream.ts";
import type { Timing } from "./subscription.ts";

/** Bytes of the largest frame of readings, with room to spare. */
export const streamMaxPayload = 128 * 1024;

/** The process's own event loop and timers, which do not keep it alive. */
export const streamTiming: Timing = {
  soon: (run) => void setImmediate(run),
  after: (ms, run) => realScheduler.after(ms, run),
};

/** Serves one client until either side ends it. Give its server `maxPayload: streamMaxPayload`, and no compression. */
export function acceptStream(stream: SignalStream, socket: WebSocket, rights: Rights): void {
  const client = stream.open(socket, rights);
  if (client === undefined) {
    // 1013: try again later.
    socket.close(1013, "Too many clients.");
    return;
  }
  socket.on("message", (data, isBinary) => {
    const bytes = bytesOf(data);
    if (isBinary) client.take(bytes);
    else client.hear(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("utf8"));
  });
  socket.on("close", () => client.end());
  socket.on("error", () => socket.terminate());
}

function bytesOf(data: RawData): Uint8Array {
  if (Array.isArray(data)) return Buffer.concat(data);
  return data instanceof ArrayBuffer ? new Uint8Array(data) : data;
}
