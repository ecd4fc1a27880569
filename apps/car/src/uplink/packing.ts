import { deflateRawSync, inflateRawSync } from "node:zlib";
import type { Packing } from "@caravan/link";

/** Node's DEFLATE for packages/link. A window of 8 KiB is more than a second of samples needs, and cheap to set up. */
export const packing: Packing = {
  deflate: (bytes, dictionary) => deflateRawSync(bytes, { windowBits: 13, memLevel: 5, level: 6, dictionary }),
  inflate(bytes, limit, dictionary) {
    try {
      return inflateRawSync(bytes, { maxOutputLength: limit, ...(dictionary && { dictionary }) });
    } catch {
      return undefined;
    }
  },
};
