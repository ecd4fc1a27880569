import { createServer } from "node:net";
import { expect, test } from "vitest";

import { readByteAddress } from "./byte-link.ts";
import { openerOf } from "./open.ts";

test.each([
  ["/dev/ttyUSB0", { kind: "serial", path: "/dev/ttyUSB0", baud: 38_400 }],
  ["/dev/rfcomm0@115200", { kind: "serial", path: "/dev/rfcomm0", baud: 115_200 }],
  ["COM3", { kind: "serial", path: "COM3", baud: 38_400 }],
  ["tcp:localhost:35000", { kind: "tcp", host: "localhost", port: 35_000 }],
  ["tcp:[::1]:2947", { kind: "tcp", host: "::1", port: 2_947 }],
  ["tcp:localhost:0", undefined],
  ["tcp:localhost", undefined],
  ["ttyUSB0", undefined],
  ["/dev/tty USB0", undefined],
  ["", undefined],
])("the address %j is understood", (text, address) => {
  expect(readByteAddress(text, 38_400)).toEqual(address);
});

test("bytes go both ways over TCP, and the link ends when the other side does", async () => {
  const server = createServer((socket) => {
    socket.once("data", (data) => socket.end(Buffer.concat([Buffer.from("heard "), data])));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  const link = await openerOf({ kind: "tcp", host: "127.0.0.1", port })(new AbortController().signal);
  await link.write(Buffer.from("hello"));
  const pieces: Uint8Array[] = [];
  for await (const piece of link.received) pieces.push(piece);
  expect(Buffer.concat(pieces).toString()).toBe("heard hello");
  link.close();
  link.close();
  server.close();
});

test("a link that is told to end ends without an error", async () => {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  const ending = new AbortController();
  const link = await openerOf({ kind: "tcp", host: "127.0.0.1", port })(ending.signal);
  setTimeout(() => ending.abort(), 10);
  const pieces: Uint8Array[] = [];
  for await (const piece of link.received) pieces.push(piece);
  expect(pieces).toEqual([]);
  server.close();
});

test("where nobody listens or no device is, one sentence says so", async () => {
  const never = new AbortController().signal;
  await expect(openerOf({ kind: "tcp", host: "127.0.0.1", port: 1 })(never)).rejects.toThrow(
    "Nobody answers at 127.0.0.1:1.",
  );
  await expect(openerOf({ kind: "serial", path: "/dev/no-such-port", baud: 9_600 })(never)).rejects.toThrow(
    /^The serial port \/dev\/no-such-port cannot be opened: /,
  );
});
