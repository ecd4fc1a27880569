import type { RawData, WebSocket } from "ws";
import type { VissVersion } from "./error.ts";
import type { Viss } from "./viss.ts";

/** Sub-protocols of VISS in the order we like them; without a known one a client gets VISSv2. */
const protocols: readonly VissVersion[] = ["VISSv3", "VISSv2"];

/** For `handleProtocols` of `ws`: the sub-protocol to take of those a client offers; false where none of them is VISS. */
export function chooseVissProtocol(offered: Iterable<string>): VissVersion | false {
  const known = new Set(offered);
  return protocols.find((protocol) => known.has(protocol)) ?? false;
}

/** What the connection speaks after the handshake. */
const vissVersionOf = (protocol: string): VissVersion => (protocol === "VISSv3" ? "VISSv3" : "VISSv2");

/**
 * Serves one client until either side ends it. Give its server `maxPayload: vissMaxPayload`, and no compression. `token` is what the client
 * showed when it connected; its messages may bring others.
 */
export function acceptViss(viss: Viss, socket: WebSocket, token?: string): void {
  const connection = viss.open(
    {
      send: (text) => socket.send(text),
      buffered: () => socket.bufferedAmount,
      close: (code, reason) => socket.close(code, reason),
    },
    vissVersionOf(socket.protocol),
    token,
  );
  if (!connection) {
    // 1013: try again later.
    socket.close(1013, "Too many clients.");
    return;
  }
  socket.on("message", (data, isBinary) => {
    // 1003: a kind of data we do not take.
    if (isBinary) socket.close(1003, "VISS is text.");
    else connection.receive(textOf(data));
  });
  socket.on("close", () => viss.forget(connection));
  // What is wrong with the socket closes it; "close" follows.
  socket.on("error", () => socket.terminate());
}

/** Bytes of the largest frame worth reading; a message may be shorter still. */
export const vissMaxPayload = 256_000;

function textOf(data: RawData): string {
  if (Array.isArray(data)) return Buffer.concat(data).toString("utf8");
  return Buffer.from(data instanceof ArrayBuffer ? new Uint8Array(data) : data).toString("utf8");
}
