import { MapError } from "../map-error.ts";
import { openStreetMapAttribution } from "./map-data.ts";
import type { MapData, MapRelation, MapWay, Tags } from "./map-data.ts";
import { mostPoints, PointIndex, tooLarge } from "./point-index.ts";
import { PrimitiveBlock } from "./pbf-block.ts";
import { readBlobs, unpackBlob } from "./pbf-blobs.ts";
import type { Blob, Inflate } from "./pbf-blobs.ts";
import { keepsNode, keepsRelation, keepsWay } from "./what-is-kept.ts";
import { Wire, WireError } from "./wire.ts";

/** No map of a city unpacks to more times its size than this; some malicious files do. */
const mostTimesPacked = 60;

/** Bytes that any file may unpack to, however small it is. */
const alwaysAllowed = 64 * 1024 * 1024;

const readableFeatures = new Set(["OsmSchema-V0.6", "DenseNodes", "HistoricalInformation"]);

/** Checks the OSMHeader block: a reader must refuse files that require a feature it does not know. */
function checkHeader(bytes: Uint8Array): void {
  const header = new Wire(bytes);
  const decoder = new TextDecoder();
  while (header.hasMore()) {
    if (header.field() !== 4) {
      header.skip();
      continue;
    }
    const feature = decoder.decode(header.inner().slice());
    if (feature === "HistoricalInformation") {
      throw new MapError(
        "unsupported",
        "This map file holds the history of a map; Caravan needs an extract of one moment.",
      );
    }
    if (!readableFeatures.has(feature)) {
      throw new MapError(
        "unsupported",
        `This map file needs the feature "${feature.slice(0, 40)}", which Caravan cannot read.`,
      );
    }
  }
}

/** Runs a part of the reading; whatever is wrong with the bytes becomes one sentence. */
function guarded<T>(read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (error instanceof WireError) {
      throw new MapError("broken-map", `The map file is damaged: ${error.message}.`, { cause: error });
    }
    throw error;
  }
}

/** Unpacks blocks one after the other, as long as they stay in proportion to their file. */
class Unpacker {
  private readonly inflate: Inflate;
  private readonly most: number;
  private total = 0;

  constructor(fileLength: number, inflate: Inflate) {
    this.inflate = inflate;
    // Every block is unpacked twice.
    this.most = 2 * (alwaysAllowed + mostTimesPacked * fileLength);
  }

  block(blob: Blob): PrimitiveBlock {
    return guarded(() => {
      const bytes = unpackBlob(blob, this.inflate);
      this.total += bytes.length;
      if (this.total > this.most) {
        throw new MapError("too-large", "This map file unpacks to far more than a map of its size holds.");
      }
      return new PrimitiveBlock(bytes);
    });
  }
}

/**
 * An OpenStreetMap extract in PBF format (https://wiki.openstreetmap.org/wiki/PBF_Format). Ways come after the nodes they name, so the file
 * is read twice: for the ways, then for the nodes they need.
 */
export async function readPbf(
  file: Uint8Array,
  inflate: Inflate,
  onProgress: (fraction: number) => void,
): Promise<MapData> {
  const blobs = guarded(() => readBlobs(file));
  const data = blobs.filter(({ type }) => type === "OSMData");
  const [header] = blobs;
  if (header?.type !== "OSMHeader") throw new MapError("not-a-map", "This file is no OpenStreetMap map in PBF format.");
  guarded(() => checkHeader(unpackBlob(header, inflate)));

  const rawWays: { readonly id: number; readonly nodes: readonly number[]; readonly tags: Tags }[] = [];
  const relations: MapRelation[] = [];
  const unpacker = new Unpacker(file.length, inflate);
  let points = 0;
  for (const [i, blob] of data.entries()) {
    onProgress((0.5 * i) / data.length);
    const block = unpacker.block(blob);
    guarded(() =>
      block.read({
        way: (id, nodes, tags) => {
          if (!keepsWay(tags)) return;
          points += nodes.length;
          if (points > mostPoints) throw tooLarge();
          rawWays.push({ id, nodes, tags });
        },
        relation: (tags, members) => {
          if (keepsRelation(tags)) relations.push({ tags, members });
        },
      }),
    );
  }

  const index = new PointIndex(rawWays.map(({ nodes }) => nodes));
  const pointTags = new Map<number, Tags>();
  for (const [i, blob] of data.entries()) {
    onProgress(0.5 + (0.5 * i) / data.length);
    const block = unpacker.block(blob);
    guarded(() =>
      block.read({
        node: (id, x, y, tags) => {
          const point = index.put(id, x, y, tags !== undefined && keepsNode(tags));
          if (point >= 0 && tags !== undefined) pointTags.set(point, tags);
        },
      }),
    );
  }
  const ways: MapWay[] = rawWays.map(({ id, nodes, tags }) => ({ id, tags, points: index.line(nodes) }));
  const { x, y, ids } = index.positions();
  return {
    pointX: x,
    pointY: y,
    pointNode: ids,
    pointTags,
    ways,
    relations,
    pointOfNode: (id) => index.of(id),
    attribution: openStreetMapAttribution,
  };
}
