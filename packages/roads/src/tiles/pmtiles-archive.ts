import type { Bounds, LatLon } from "../city.ts";

export interface ArchiveTile {
  readonly id: number;
  readonly bytes: Uint8Array;
}

export interface ArchiveFacts {
  readonly bounds: Bounds;
  readonly centre: LatLon;
  readonly minZoom: number;
  readonly maxZoom: number;
  readonly gzipped: boolean;
  /** TileJSON-like facts: name, attribution, vector_layers. */
  readonly metadata: Readonly<Record<string, unknown>>;
}

interface Entry {
  readonly id: number;
  readonly offset: number;
  readonly length: number;
  /** 0 points to a leaf directory. */
  readonly run: number;
}

const headerLength = 127;

/** Readers fetch the first 16 KiB at once: header and root directory must fit (PMTiles specification 3, section 3). */
const mostRootBytes = 16_384 - headerLength;
const entriesOfLeaf = 2_048;

const plain = 1;
const gzip = 2;
const vectorTile = 1;

class VarintWriter {
  private readonly bytes: number[] = [];

  add(value: number): void {
    let rest = value;
    while (rest >= 0x80) {
      this.bytes.push((rest % 0x80) | 0x80);
      rest = Math.floor(rest / 0x80);
    }
    this.bytes.push(rest);
  }

  finish(): Uint8Array {
    return Uint8Array.from(this.bytes);
  }
}

/** A directory as in section 4.2 of the specification: columns of id differences, runs, lengths and offsets. */
function directory(entries: readonly Entry[]): Uint8Array {
  const out = new VarintWriter();
  out.add(entries.length);
  let last = 0;
  for (const { id } of entries) {
    out.add(id - last);
    last = id;
  }
  for (const { run } of entries) out.add(run);
  for (const { length } of entries) out.add(length);
  for (const [i, { offset }] of entries.entries()) {
    const before = entries[i - 1];
    out.add(i > 0 && offset === before.offset + before.length ? 0 : offset + 1);
  }
  return out.finish();
}

/** Root and leaf directories; leaves only when the root would grow too long. */
function directories(entries: readonly Entry[]): { readonly root: Uint8Array; readonly leaves: Uint8Array } {
  const flat = directory(entries);
  if (flat.length <= mostRootBytes) return { root: flat, leaves: new Uint8Array(0) };
  const root: Entry[] = [];
  const leaves: Uint8Array[] = [];
  let offset = 0;
  for (let i = 0; i < entries.length; i += entriesOfLeaf) {
    const leaf = directory(entries.slice(i, i + entriesOfLeaf));
    root.push({ id: entries[i].id, offset, length: leaf.length, run: 0 });
    leaves.push(leaf);
    offset += leaf.length;
  }
  return { root: directory(root), leaves: joined(leaves) };
}

function joined(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let offset = 0;
  for (const part of parts) {
    whole.set(part, offset);
    offset += part.length;
  }
  return whole;
}

/** Tiles in the order of their ids; equal neighbours (open land) are stored once. */
function entriesOf(tiles: readonly ArchiveTile[]): {
  readonly entries: readonly Entry[];
  readonly data: readonly Uint8Array[];
} {
  const entries: Entry[] = [];
  const data: Uint8Array[] = [];
  let offset = 0;
  for (const { id, bytes } of tiles.toSorted((a, b) => a.id - b.id)) {
    const last = entries.at(-1);
    const before = data.at(-1);
    if (last !== undefined && before !== undefined && id === last.id + last.run && equal(before, bytes)) {
      entries[entries.length - 1] = { ...last, run: last.run + 1 };
      continue;
    }
    entries.push({ id, offset, length: bytes.length, run: 1 });
    data.push(bytes);
    offset += bytes.length;
  }
  return { entries, data };
}

function equal(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, i) => byte === b[i]);
}

/** A clustered PMTiles archive, version 3, with plain directories (https://github.com/protomaps/PMTiles/blob/main/spec/v3/spec.md). */
export function writeArchive(tiles: readonly ArchiveTile[], facts: ArchiveFacts): Uint8Array<ArrayBuffer> {
  const { entries, data } = entriesOf(tiles);
  const { root, leaves } = directories(entries);
  const metadata = new TextEncoder().encode(JSON.stringify(facts.metadata));
  const dataLength = data.reduce((sum, part) => sum + part.length, 0);
  const header = new Uint8Array(headerLength);
  const view = new DataView(header.buffer);
  header.set(new TextEncoder().encode("PMTiles"));
  view.setUint8(7, 3);
  let at = 8;
  const long = (value: number) => {
    view.setBigUint64(at, BigInt(value), true);
    at += 8;
  };
  const metadataOffset = headerLength + root.length;
  const leavesOffset = metadataOffset + metadata.length;
  const dataOffset = leavesOffset + leaves.length;
  long(headerLength);
  long(root.length);
  long(metadataOffset);
  long(metadata.length);
  long(leavesOffset);
  long(leaves.length);
  long(dataOffset);
  long(dataLength);
  long(tiles.length);
  long(entries.length);
  long(data.length);
  view.setUint8(96, 1); // clustered
  view.setUint8(97, plain);
  view.setUint8(98, facts.gzipped ? gzip : plain);
  view.setUint8(99, vectorTile);
  view.setUint8(100, facts.minZoom);
  view.setUint8(101, facts.maxZoom);
  const position = (offset: number, lon: number, lat: number) => {
    view.setInt32(offset, Math.round(lon * 1e7), true);
    view.setInt32(offset + 4, Math.round(lat * 1e7), true);
  };
  position(102, facts.bounds[0], facts.bounds[1]);
  position(110, facts.bounds[2], facts.bounds[3]);
  view.setUint8(118, facts.maxZoom - 2);
  position(119, facts.centre.lon, facts.centre.lat);
  return joined([header, root, metadata, leaves, ...data]);
}
