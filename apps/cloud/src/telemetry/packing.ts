import { inflateRawSync, deflateRawSync } from "node:zlib";
import type { Packing } from "@caravan/link";

/** Node's DEFLATE for packages/link; bounded, and silent about broken input. */
export const packing: Packing = {
  deflate: (bytes, dictionary) => deflateRawSync(bytes, { dictionary }),
  inflate(bytes, limit, dictionary) {
    try {
      return inflateRawSync(bytes, { maxOutputLength: limit, ...(dictionary && { dictionary }) });
    } catch {
      return undefined;
    }
  },
};
