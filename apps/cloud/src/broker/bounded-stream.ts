import { Duplex } from "node:stream";
import { PacketSizes } from "./packet-sizes.ts";

/** Passes a socket on unchanged, except that it breaks when a packet is larger than `limit` bytes; the broker behind would collect it all. */
export class BoundedStream extends Duplex {
  readonly #socket: Duplex;
  readonly #sizes: PacketSizes;

  constructor(socket: Duplex, limit: number) {
    super({ allowHalfOpen: false });
    this.#socket = socket;
    this.#sizes = new PacketSizes(limit);
    socket.on("data", (chunk: Buffer) => {
      if (!this.#sizes.follow(chunk)) this.destroy(new Error("packet too large"));
      else if (!this.push(chunk)) socket.pause();
    });
    socket.on("end", () => this.push(null));
    socket.on("error", (error) => this.destroy(error));
    socket.on("close", () => this.destroy());
  }

  override _read(): void {
    this.#socket.resume();
  }

  override _write(chunk: Buffer, _encoding: BufferEncoding, done: (error?: Error | null) => void): void {
    this.#socket.write(chunk, done);
  }

  override _final(done: () => void): void {
    this.#socket.end(done);
  }

  override _destroy(error: Error | null, done: (error: Error | null) => void): void {
    this.#socket.destroy();
    done(error);
  }
}
