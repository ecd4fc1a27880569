import type { Inflate } from "../src/import/pbf-blobs.ts";

/** A map to write: what a test needs of OpenStreetMap's elements. */
export interface PbfContent {
  readonly nodes: readonly {
    readonly id: number;
    readonly x: number;
    readonly y: number;
    readonly tags?: Record<string, string>;
  }[];
  readonly ways?: readonly {
    readonly id: number;
    readonly nodes: readonly number[];
    readonly tags?: Record<string, string>;
  }[];
  readonly relations?: readonly {
    readonly tags: Record<string, string>;
    readonly members: readonly { readonly kind: 0 | 1 | 2; readonly id: number; readonly role: string }[];
  }[];
}

export interface PbfStyle {
  readonly dense?: boolean;
  readonly pack?: (bytes: Uint8Array) => Uint8Array;
  readonly feature?: string;
}

const encoder = new TextEncoder();

function varint(value: number): number[] {
  const bytes: number[] = [];
  let rest = value;
  while (rest >= 128) {
    bytes.push((rest % 128) + 128);
    rest = Math.floor(rest / 128);
  }
  bytes.push(rest);
  return bytes;
}

const zigzag = (value: number) => varint(value >= 0 ? value * 2 : -value * 2 - 1);
const plain = (field: number, value: number[]) => [...varint(field * 8), ...value];
const bytes = (field: number, content: ArrayLike<number>) => [
  ...varint(field * 8 + 2),
  ...varint(content.length),
  ...Array.from(content),
];
const text = (field: number, content: string) => bytes(field, encoder.encode(content));

function deltas(values: readonly number[]): number[] {
  return values.flatMap((value, i) => zigzag(value - (i === 0 ? 0 : values[i - 1])));
}

function blob(type: string, content: number[], pack: PbfStyle["pack"]): number[] {
  const raw = Uint8Array.from(content);
  const body = pack === undefined ? bytes(1, raw) : [...plain(2, varint(raw.length)), ...bytes(3, pack(raw))];
  const header = [...text(1, type), ...plain(3, varint(body.length))];
  return [0, 0, header.length >> 8, header.length & 255, ...header, ...body];
}

/** A PBF file with one data block, as OpenStreetMap's wiki describes the format; written independently of the reader under test. */
export function writePbf(content: PbfContent, style: PbfStyle = {}): Uint8Array {
  const strings = [""];
  const string = (value: string) => {
    const known = strings.indexOf(value);
    return known >= 0 ? known : strings.push(value) - 1;
  };
  const tagFields = (tags: Record<string, string> = {}) => {
    const keys = Object.keys(tags).flatMap((key) => varint(string(key)));
    const values = Object.values(tags).flatMap((value) => varint(string(value)));
    return keys.length === 0 ? [] : [...bytes(2, keys), ...bytes(3, values)];
  };
  const nodes = content.nodes;
  const nodeGroup =
    style.dense === false
      ? nodes.flatMap(({ id, x, y, tags }) =>
          bytes(1, [...plain(1, zigzag(id)), ...tagFields(tags), ...plain(8, zigzag(y)), ...plain(9, zigzag(x))]),
        )
      : bytes(2, [
          ...bytes(1, deltas(nodes.map(({ id }) => id))),
          ...bytes(8, deltas(nodes.map(({ y }) => y))),
          ...bytes(9, deltas(nodes.map(({ x }) => x))),
          ...(nodes.some(({ tags }) => tags !== undefined)
            ? bytes(
                10,
                nodes.flatMap(({ tags = {} }) => [
                  ...Object.entries(tags).flatMap(([key, value]) => [...varint(string(key)), ...varint(string(value))]),
                  0,
                ]),
              )
            : []),
        ]);
  const wayGroup = (content.ways ?? []).flatMap(({ id, nodes, tags }) =>
    bytes(3, [...plain(1, varint(id)), ...tagFields(tags), ...bytes(8, deltas(nodes))]),
  );
  const relationGroup = (content.relations ?? []).flatMap(({ tags, members }, id) =>
    bytes(4, [
      ...plain(1, varint(id + 1)),
      ...tagFields(tags),
      ...bytes(
        8,
        members.flatMap(({ role }) => varint(string(role))),
      ),
      ...bytes(9, deltas(members.map((member) => member.id))),
      ...bytes(
        10,
        members.map(({ kind }) => kind),
      ),
    ]),
  );
  const groups = [nodeGroup, wayGroup, relationGroup]
    .filter((group) => group.length > 0)
    .flatMap((group) => bytes(2, group));
  const table = bytes(
    1,
    strings.flatMap((value) => text(1, value)),
  );
  return Uint8Array.from([
    ...blob("OSMHeader", text(4, style.feature ?? "OsmSchema-V0.6"), style.pack),
    ...blob("OSMData", [...table, ...groups], style.pack),
  ]);
}

/** For files that are not packed. */
export const neverInflate: Inflate = () => {
  throw new Error("nothing is packed here");
};
