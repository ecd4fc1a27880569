/** Tags of a map element. */
export type Tags = ReadonlyMap<string, string>;

export interface MapWay {
  readonly id: number;
  /** Indices into the points of the map. */
  readonly points: Uint32Array;
  readonly tags: Tags;
}

export interface MapRelation {
  readonly tags: Tags;
  readonly members: readonly {
    readonly kind: "node" | "way" | "relation";
    readonly id: number;
    readonly role: string;
  }[];
}

/** What all readers make of a map: points in 1e-7 degrees, and what is drawn between them. */
export interface MapData {
  readonly pointX: Int32Array;
  readonly pointY: Int32Array;
  /** OpenStreetMap's id of the node at each point; own numbers from 1 where a map names no nodes. */
  readonly pointNode: Float64Array;
  readonly pointTags: ReadonlyMap<number, Tags>;
  readonly ways: readonly MapWay[];
  readonly relations: readonly MapRelation[];
  /** Index of the point of a node, -1 if the map does not hold it; for relations that name nodes. */
  readonly pointOfNode: (id: number) => number;
  readonly attribution: string;
}

/** The licence text OpenStreetMap asks for, used where a map names nothing more exact. */
export const openStreetMapAttribution = "© OpenStreetMap contributors";
