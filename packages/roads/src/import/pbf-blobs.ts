/** Bytes of a deflated block (RFC 1950) to its `size` bytes; must throw rather than give more. */
export type Inflate = (bytes: Uint8Array, size: number) => Uint8Array;
