import { cityOf } from "../src/import/city-of.ts";
import type { ImportedCity } from "../src/city.ts";
import type { MapData } from "../src/import/map-data.ts";
import { metresPerDegreeLat, metresPerDegreeLon } from "../src/geometry.ts";

/** A map for tests, drawn in metres east and north of a point in central Gothenburg. */
export interface SmallMap {
  readonly nodes: Readonly<
    Record<string, readonly [east: number, north: number, tags?: Readonly<Record<string, string>>]>
  >;
  /** Way ids are 1, 2, 3, ... in order; `nodes` are names separated by spaces. */
  readonly ways: readonly { readonly nodes: string; readonly tags?: Readonly<Record<string, string>> }[];
  readonly relations?: readonly {
    readonly tags: Readonly<Record<string, string>>;
    /** "from 1", "via a", "to 2": a role, and a way id or a node name. */
    readonly members: readonly string[];
  }[];
  readonly romanise?: (text: string) => readonly string[];
}

export const origin = { lat: 57.7, lon: 11.97 };

export function placeAt(east: number, north: number): { lat: number; lon: number } {
  return {
    lat: origin.lat + north / metresPerDegreeLat(origin.lat),
    lon: origin.lon + east / metresPerDegreeLon(origin.lat),
  };
}

export function smallMap({ nodes, ways, relations = [] }: SmallMap): MapData {
  const names = Object.keys(nodes);
  const numberOf = (name: string) => {
    const index = names.indexOf(name);
    if (index < 0) throw new Error(`the small map has no node ${name}`);
    return index;
  };
  const places = names.map((name) => placeAt(nodes[name][0], nodes[name][1]));
  return {
    pointX: Int32Array.from(places, ({ lon }) => Math.round(lon * 1e7)),
    pointY: Int32Array.from(places, ({ lat }) => Math.round(lat * 1e7)),
    pointNode: Float64Array.from(names, (_, index) => index + 1),
    pointTags: new Map(
      names.flatMap((name, index) => {
        const tags = nodes[name][2];
        return tags === undefined ? [] : [[index, new Map(Object.entries(tags))] as const];
      }),
    ),
    ways: ways.map((way, index) => ({
      id: index + 1,
      points: Uint32Array.from(way.nodes.split(" "), numberOf),
      tags: new Map(Object.entries({ highway: "residential", ...way.tags })),
    })),
    relations: relations.map(({ tags, members }) => ({
      tags: new Map(Object.entries(tags)),
      members: members.map((member) => {
        const [role, what] = member.split(" ");
        return names.includes(what)
          ? { role, kind: "node" as const, id: numberOf(what) }
          : { role, kind: "way" as const, id: Number(what) };
      }),
    })),
    pointOfNode: (id) => (id >= 0 && id < names.length ? id : -1),
    attribution: "test",
  };
}

export function smallCity(map: SmallMap): ImportedCity {
  return cityOf(smallMap(map), { name: "Small", version: "1", romanise: map.romanise });
}
