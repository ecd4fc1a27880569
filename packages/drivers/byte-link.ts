/** Bytes to and from a device. */
export { readByteAddress } from "./src/byte-link/byte-link.ts";
export type { ByteAddress, ByteLink, OpenByteLink } from "./src/byte-link/byte-link.ts";
export { linkOf, openerOf } from "./src/byte-link/open.ts";
