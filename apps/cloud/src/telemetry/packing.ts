import { inflateRawSync, deflateRawSync } from "node:zlib";
import type { Packing } from "@caravan/link";

/** Node's DEFLATE for packages/link; bounded, and silent about broken input. */
export const packing: Packing = {
  deflate: (bytes) => deflateRawSync(bytes),
  inflate(bytes, limit) {
    try {
      return inflateRawSync(bytes, { maxOutputLength: limit });
    } catch {
      return undefined;
    }
  },
};
