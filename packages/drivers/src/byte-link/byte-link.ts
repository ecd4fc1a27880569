/** Bytes both ways: a serial port, a TCP connection, or a pair in memory. */
export interface ByteLink {
  /** What arrives, in pieces of any size; ends when the link does. To be read once. @throws when the link breaks */
  readonly received: AsyncIterable<Uint8Array>;
  /** Resolves when the bytes are handed over. @throws when the link is broken */
  write(bytes: Uint8Array): Promise<void>;
  /** May be called twice. */
  close(): void;
}

/** Opens the link anew for each run of a driver. @throws where there is no such device or nobody answers, with one sentence */
export type OpenByteLink = (signal: AbortSignal) => Promise<ByteLink>;

/** Where a device is, as it is written in settings: `/dev/ttyUSB0`, `/dev/rfcomm0@38400`, `tcp:192.168.0.10:35000`. */
export type ByteAddress =
  | { readonly kind: "serial"; readonly path: string; readonly baud: number }
  | { readonly kind: "tcp"; readonly host: string; readonly port: number };

/** Undefined where the text names no place. `baud`: bits a second where the text says none. */
export function readByteAddress(text: string, baud: number): ByteAddress | undefined {
  const tcp = /^tcp:(?:\[([0-9a-fA-F:.]+)\]|([^:[\]/\s]+)):(\d{1,5})$/.exec(text);
  if (tcp) {
    const port = Number(tcp[3]);
    return port >= 1 && port <= 65_535 ? { kind: "tcp", host: tcp[1] ?? tcp[2] ?? "", port } : undefined;
  }
  const serial = /^(\/[^@\s]+|COM\d{1,3})(?:@(\d{3,7}))?$/.exec(text);
  if (serial === null) return undefined;
  return { kind: "serial", path: serial[1] ?? "", baud: serial[2] === undefined ? baud : Number(serial[2]) };
}
