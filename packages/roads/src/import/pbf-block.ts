// Hot: decodes every element of a map.
import type { Tags } from "./map-data.ts";
import { Wire, WireError } from "./wire.ts";

/** What a block tells about its elements. Coordinates are in 1e-7 degrees. */
export interface BlockSink {
  /** `tags` only where the node has some. */
  node?(id: number, x: number, y: number, tags: Tags | undefined): void;
  way?(id: number, nodes: readonly number[], tags: Tags): void;
  relation?(tags: Tags, members: readonly RelationMember[]): void;
}

export interface RelationMember {
  readonly kind: "node" | "way" | "relation";
  readonly id: number;
  readonly role: string;
}

const memberKinds = ["node", "way", "relation"] as const;
const noTags: Tags = new Map();

/** Texts of a block, decoded when first asked for. */
class StringTable {
  private readonly raw: readonly Uint8Array[];
  private readonly texts: (string | undefined)[];
  private readonly decoder = new TextDecoder();

  constructor(raw: readonly Uint8Array[]) {
    this.raw = raw;
    this.texts = Array.from({ length: raw.length });
  }

  at(index: number): string {
    const known = this.texts[index];
    if (known !== undefined) return known;
    if (!(index < this.raw.length)) throw new WireError("a text is missing");
    const text = this.decoder.decode(this.raw[index]);
    this.texts[index] = text;
    return text;
  }
}

/** Decodes one OSMData block (https://wiki.openstreetmap.org/wiki/PBF_Format, "Definition of OSMData fileblock") into `sink`. */
export class PrimitiveBlock {
  private readonly strings: StringTable;
  private readonly groups: readonly Wire[];
  private readonly granularity: number;
  private readonly latOffset: number;
  private readonly lonOffset: number;

  constructor(bytes: Uint8Array) {
    const block = new Wire(bytes);
    const raw: Uint8Array[] = [];
    const groups: Wire[] = [];
    let granularity = 100;
    let latOffset = 0;
    let lonOffset = 0;
    while (block.hasMore()) {
      const field = block.field();
      if (field === 1) {
        const table = block.inner();
        while (table.hasMore()) {
          if (table.field() === 1) raw.push(table.inner().slice());
          else table.skip();
        }
      } else if (field === 2) groups.push(block.inner());
      else if (field === 17) granularity = block.number();
      else if (field === 19) latOffset = signed64(block.number());
      else if (field === 20) lonOffset = signed64(block.number());
      else block.skip();
    }
    this.strings = new StringTable(raw);
    this.groups = groups;
    this.granularity = granularity;
    this.latOffset = latOffset;
    this.lonOffset = lonOffset;
  }

  read(sink: BlockSink): void {
    for (const whole of this.groups) {
      const group = new Wire(whole.bytes, whole.position, whole.end);
      while (group.hasMore()) {
        const field = group.field();
        if (field === 1 && sink.node !== undefined) this.readNode(group.inner(), sink);
        else if (field === 2 && sink.node !== undefined) this.readDense(group.inner(), sink);
        else if (field === 3 && sink.way !== undefined) this.readWay(group.inner(), sink);
        else if (field === 4 && sink.relation !== undefined) this.readRelation(group.inner(), sink);
        else group.skip();
      }
    }
  }

  /** Stored in units of `granularity` nanodegrees from an offset in nanodegrees. */
  private units(offset: number, value: number): number {
    const units = Math.round((offset + this.granularity * value) / 100);
    if (!(Math.abs(units) <= 1_800_000_000)) throw new WireError("a position lies outside the world");
    return units;
  }

  private tags(keys: readonly number[], values: readonly number[]): Tags {
    if (keys.length !== values.length) throw new WireError("tags without values");
    if (keys.length === 0) return noTags;
    const tags = new Map<string, string>();
    for (let i = 0; i < keys.length; i++) tags.set(this.strings.at(keys[i]), this.strings.at(values[i]));
    return tags;
  }

  private readNode(node: Wire, sink: BlockSink): void {
    let id = 0;
    let lat = 0;
    let lon = 0;
    let keys: number[] = [];
    let values: number[] = [];
    while (node.hasMore()) {
      const field = node.field();
      if (field === 1) id = zigzag(node.number());
      else if (field === 2) keys = packed(node.inner());
      else if (field === 3) values = packed(node.inner());
      else if (field === 8) lat = zigzag(node.number());
      else if (field === 9) lon = zigzag(node.number());
      else node.skip();
    }
    const tags = keys.length === 0 ? undefined : this.tags(keys, values);
    sink.node?.(id, this.units(this.lonOffset, lon), this.units(this.latOffset, lat), tags);
  }

  private readDense(dense: Wire, sink: BlockSink): void {
    const nothing = new Wire(dense.bytes, 0, 0);
    let ids = nothing;
    let lats = nothing;
    let lons = nothing;
    let keysValues = nothing;
    while (dense.hasMore()) {
      const field = dense.field();
      if (field === 1) ids = dense.inner();
      else if (field === 8) lats = dense.inner();
      else if (field === 9) lons = dense.inner();
      else if (field === 10) keysValues = dense.inner();
      else dense.skip();
    }
    const hasTags = keysValues.hasMore();
    let id = 0;
    let lat = 0;
    let lon = 0;
    while (ids.hasMore()) {
      id += ids.signed();
      lat += lats.signed();
      lon += lons.signed();
      let tags: Map<string, string> | undefined;
      if (hasTags) {
        for (let key = keysValues.varint(); key !== 0; key = keysValues.varint()) {
          tags ??= new Map();
          tags.set(this.strings.at(key), this.strings.at(keysValues.varint()));
        }
      }
      sink.node?.(id, this.units(this.lonOffset, lon), this.units(this.latOffset, lat), tags);
    }
  }

  private readWay(way: Wire, sink: BlockSink): void {
    let id = 0;
    let keys: number[] = [];
    let values: number[] = [];
    const nodes: number[] = [];
    while (way.hasMore()) {
      const field = way.field();
      if (field === 1) id = way.number();
      else if (field === 2) keys = packed(way.inner());
      else if (field === 3) values = packed(way.inner());
      else if (field === 8) {
        const refs = way.inner();
        let node = nodes.at(-1) ?? 0;
        while (refs.hasMore()) {
          node += refs.signed();
          nodes.push(node);
        }
      } else way.skip();
    }
    sink.way?.(id, nodes, this.tags(keys, values));
  }

  private readRelation(relation: Wire, sink: BlockSink): void {
    let keys: number[] = [];
    let values: number[] = [];
    let roles: number[] = [];
    let kinds: number[] = [];
    const ids: number[] = [];
    while (relation.hasMore()) {
      const field = relation.field();
      if (field === 2) keys = packed(relation.inner());
      else if (field === 3) values = packed(relation.inner());
      else if (field === 8) roles = packed(relation.inner());
      else if (field === 9) {
        const members = relation.inner();
        let id = 0;
        while (members.hasMore()) {
          id += members.signed();
          ids.push(id);
        }
      } else if (field === 10) kinds = packed(relation.inner());
      else relation.skip();
    }
    if (roles.length !== ids.length || kinds.length !== ids.length) throw new WireError("members without roles");
    const members = ids.map((id, i) => ({
      kind: memberKinds[kinds[i]] ?? "node",
      id,
      role: this.strings.at(roles[i]),
    }));
    sink.relation?.(this.tags(keys, values), members);
  }
}

function packed(wire: Wire): number[] {
  const values: number[] = [];
  while (wire.hasMore()) values.push(wire.varint());
  return values;
}

function zigzag(value: number): number {
  return value % 2 === 0 ? value / 2 : -(value + 1) / 2;
}

/** A negative number in plain coding fills all 64 bits. */
function signed64(value: number): number {
  return value >= 2 ** 63 ? value - 2 ** 64 : value;
}
