// Hot: runs for every chunk from every car.

/**
 * Follows the packets of an MQTT 3.1.1 byte stream by their fixed headers alone (clause 2.2), whatever the pieces it comes in,
 * and says when one announces more than `limit` bytes, before any of them are kept.
 */
export class PacketSizes {
  readonly #limit: number;
  /** Bytes of the current packet's body still to come. */
  #left = 0;
  /** The remaining-length field while it is being read; undefined at the first byte of a packet. */
  #length: number | undefined;
  #scale = 1;

  constructor(limit: number) {
    this.#limit = limit;
  }

  /** False when a packet is too large, or its length is not one. */
  follow(chunk: Uint8Array): boolean {
    let at = 0;
    while (at < chunk.length) {
      if (this.#left > 0) {
        const step = Math.min(this.#left, chunk.length - at);
        this.#left -= step;
        at += step;
      } else if (this.#length === undefined) {
        this.#length = 0;
        this.#scale = 1;
        at += 1;
      } else {
        const byte = chunk[at++] ?? 0;
        this.#length += (byte & 127) * this.#scale;
        this.#scale *= 128;
        // Four bytes of length at most (clause 2.2.3).
        if (this.#length > this.#limit || (byte >= 128 && this.#scale > 128 ** 3)) return false;
        if (byte < 128) {
          this.#left = this.#length;
          this.#length = undefined;
        }
      }
    }
    return true;
  }
}
