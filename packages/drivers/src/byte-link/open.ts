import { once } from "node:events";
import { connect } from "node:net";
import type { Duplex } from "node:stream";
import { SerialPort } from "serialport";

import type { ByteAddress, ByteLink, OpenByteLink } from "./byte-link.ts";

const connectWithinMs = 5_000;

/** How to open the link at an address. */
export const openerOf = (address: ByteAddress): OpenByteLink =>
  address.kind === "tcp" ? (signal) => openTcp(address, signal) : (signal) => openSerial(address, signal);

async function openTcp({ host, port }: Extract<ByteAddress, { kind: "tcp" }>, signal: AbortSignal): Promise<ByteLink> {
  const socket = connect({ host, port, noDelay: true, keepAlive: true });
  const within = AbortSignal.any([signal, AbortSignal.timeout(connectWithinMs)]);
  try {
    await once(socket, "connect", { signal: within });
  } catch (cause) {
    socket.destroy();
    throw new Error(`Nobody answers at ${host}:${port}.`, { cause });
  }
  return linkOf(socket, signal);
}

async function openSerial(
  { path, baud }: Extract<ByteAddress, { kind: "serial" }>,
  signal: AbortSignal,
): Promise<ByteLink> {
  const port = new SerialPort({ path, baudRate: baud, autoOpen: false });
  await new Promise<void>((resolve, reject) => {
    port.open((cause) => {
      if (cause) reject(new Error(`The serial port ${path} cannot be opened: ${cause.message}`, { cause }));
      else resolve();
    });
  });
  return linkOf(port, signal);
}

/** Any stream of Node as a link. */
export function linkOf(stream: Duplex, signal: AbortSignal): ByteLink {
  const close = (): void => void stream.destroy();
  signal.addEventListener("abort", close, { once: true });
  stream.once("close", () => signal.removeEventListener("abort", close));
  // Whoever reads or writes next hears of it.
  stream.on("error", () => undefined);
  return {
    received: piecesOf(stream),
    write: (bytes) =>
      new Promise((resolve, reject) => {
        stream.write(bytes, (cause) => (cause ? reject(cause) : resolve()));
      }),
    close,
  };
}

async function* piecesOf(stream: Duplex): AsyncGenerator<Uint8Array> {
  try {
    for await (const piece of stream) if (piece instanceof Uint8Array) yield piece;
  } catch (error) {
    // A link that was closed on purpose has simply ended.
    if (!isCode(error, "ERR_STREAM_PREMATURE_CLOSE")) throw error;
  }
}

const isCode = (error: unknown, code: string): boolean =>
  typeof error === "object" && error !== null && "code" in error && error.code === code;
