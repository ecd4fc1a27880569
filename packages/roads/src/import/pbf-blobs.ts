import { MapError } from "../map-error.ts";
import { Wire } from "./wire.ts";

/** Bytes of a deflated block (RFC 1950) to its `size` bytes; must throw rather than give more. */
export type Inflate = (bytes: Uint8Array, size: number) => Uint8Array;

/** One block of a PBF file, still packed. */
export interface Blob {
  readonly type: string;
  readonly bytes: Uint8Array;
}

// Bounds of the format: https://wiki.openstreetmap.org/wiki/PBF_Format, "File format".
const longestHeader = 64 * 1024;
const longestBlob = 32 * 1024 * 1024;

const cut = "The map file is damaged: it ends in the middle of a block, as after a download that was broken off.";

/** The blocks of a PBF file in order. */
export function readBlobs(file: Uint8Array): readonly Blob[] {
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  const decoder = new TextDecoder();
  const blobs: Blob[] = [];
  let at = 0;
  while (at < file.length) {
    if (at + 4 > file.length) throw new MapError("broken-map", cut);
    const headerLength = view.getUint32(at);
    at += 4;
    if (headerLength > longestHeader)
      throw new MapError(blobs.length === 0 ? "not-a-map" : "broken-map", notPbf(blobs));
    if (at + headerLength > file.length) throw new MapError("broken-map", cut);
    const header = new Wire(file, at, at + headerLength);
    let type = "";
    let size = -1;
    while (header.hasMore()) {
      const field = header.field();
      if (field === 1) type = decoder.decode(header.inner().slice());
      else if (field === 3) size = header.number();
      else header.skip();
    }
    at += headerLength;
    if (size < 0 || size > longestBlob) throw new MapError("broken-map", notPbf(blobs));
    if (at + size > file.length) throw new MapError("broken-map", cut);
    blobs.push({ type, bytes: file.subarray(at, at + size) });
    at += size;
  }
  return blobs;
}

function notPbf(before: readonly Blob[]): string {
  return before.length === 0
    ? "This file is no OpenStreetMap map in PBF format."
    : "The map file is damaged: one of its blocks has an impossible length.";
}

/** What is in a block. Only plain and zlib packing are read, which is all that common tools write. */
export function unpackBlob({ bytes }: Blob, inflate: Inflate): Uint8Array {
  const blob = new Wire(bytes);
  let size = -1;
  let plain: Uint8Array | undefined;
  let packed: Uint8Array | undefined;
  while (blob.hasMore()) {
    const field = blob.field();
    if (field === 1) plain = blob.inner().slice();
    else if (field === 2) size = blob.number();
    else if (field === 3) packed = blob.inner().slice();
    else if (field >= 4 && field <= 7) {
      throw new MapError(
        "unsupported",
        "This map is packed with lzma, lz4 or zstd; write it again with zlib, for example by osmium cat.",
      );
    } else blob.skip();
  }
  if (plain !== undefined) return plain;
  if (packed === undefined || size < 0 || size > longestBlob) {
    throw new MapError("broken-map", "The map file is damaged: one of its blocks is empty.");
  }
  let whole: Uint8Array;
  try {
    whole = inflate(packed, size);
  } catch (cause) {
    throw new MapError("broken-map", "The map file is damaged: one of its blocks cannot be unpacked.", { cause });
  }
  if (whole.length !== size)
    throw new MapError("broken-map", "The map file is damaged: one of its blocks has another size than it says.");
  return whole;
}
