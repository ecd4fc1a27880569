/** Process in the middle: the Store and the streams of a car, or (`pass-through`) nothing but the forwarding of the same bytes. */
import { createServer } from "node:http";
import { catalogue, Store } from "@caravan/signals";
import { WebSocketServer } from "ws";
import type { WebSocket } from "ws";

import { allRights } from "../../apps/car/src/serve/access/rights.ts";
import { SignalStream } from "../../apps/car/src/serve/stream/stream.ts";
import { acceptStream, streamMaxPayload, streamTiming } from "../../apps/car/src/serve/stream/websocket.ts";
import { writeTaken } from "@caravan/link/frames";
import type { FromHub } from "./readings.ts";

const isPassThrough = process.argv[2] === "pass-through";
const clock = { now: () => Date.now() };
const store = new Store({ catalogue, clock });
const stream = new SignalStream({ store, clock, timing: streamTiming });
const rights = allRights(catalogue);

const sockets = new WebSocketServer({ noServer: true, maxPayload: streamMaxPayload, perMessageDeflate: false });
const everybody = new Set<WebSocket>();

function forward(socket: WebSocket): void {
  let count = 0;
  everybody.add(socket);
  socket.on("message", (data, isBinary) => {
    // As the hub does, it answers words with words, so that clients find nothing different.
    if (!isBinary) return socket.send(JSON.stringify({ type: "subscribed" }));
    for (const other of everybody) if (other !== socket) other.send(data);
    socket.send(writeTaken({ sequence: ++count, refused: 0 }));
  });
  socket.on("close", () => everybody.delete(socket));
}

const server = createServer();
server.on("upgrade", (request, socket, head) => {
  sockets.handleUpgrade(request, socket, head, (connected) => {
    if (isPassThrough) forward(connected);
    else acceptStream(stream, connected, rights);
  });
});
const say = (message: FromHub): void => void process.send?.(message);
server.listen(0, "127.0.0.1", () => {
  const address = server.address();
  if (typeof address === "object" && address !== null) say({ type: "listening", port: address.port });
});
process.on("message", () => {
  const { user, system } = process.cpuUsage();
  say({ type: "figures", cpuMs: (user + system) / 1_000, memoryBytes: process.memoryUsage().rss });
});
process.on("disconnect", () => process.exit(0));
