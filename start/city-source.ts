import { createHash } from "node:crypto";
import { existsSync, readFileSync, statSync } from "node:fs";
import { createRequire } from "node:module";
import { basename, join } from "node:path";
import { inflateSync } from "node:zlib";
import { importerVersion, MapError } from "@caravan/roads";
import type { MapSource } from "@caravan/roads/importing";

/** Larger files would not fit into the memory of the import; they are regions, not cities. */
const mostBytes = 512 * 1024 * 1024;

/** What a map file looks like from outside. */
export interface MapFile {
  readonly file: string;
  /** Name of the city for people. */
  readonly name: string;
  readonly size: number;
  readonly changedMs: number;
}

/** The default city: central Gothenburg, which lies in an npm package. */
function defaultFile(): string {
  const require = createRequire(import.meta.url);
  return require.resolve("geojson-path-finder/test/large-network.json");
}

/** The map a person named, or the default one; `MapError` with one sentence if there is no such file. */
export function findMapFile(map: string | undefined): MapFile {
  const file = map ?? defaultFile();
  const stat = existsSync(file) ? statSync(file) : undefined;
  if (stat === undefined || !stat.isFile()) throw new MapError("missing-file", `There is no map file ${file}.`);
  if (stat.size === 0) throw new MapError("not-a-map", `The map file ${file} is empty.`);
  if (stat.size > mostBytes) {
    throw new MapError(
      "too-large",
      `The map file ${file} is larger than 512 MB; cut out the city you want to drive in.`,
    );
  }
  const name = map === undefined ? "Gothenburg" : basename(file).replace(/(\.osm)?\.(pbf|osm|xml|geojson|json)$/i, "");
  return { file, name: name === "" ? "City" : name, size: stat.size, changedMs: stat.mtimeMs };
}

/** The whole file, with a sentence if it cannot be read. */
export function readMapFile({ file }: MapFile): Buffer {
  try {
    return readFileSync(file);
  } catch (cause) {
    throw new MapError("missing-file", `The map file ${file} cannot be read.`, { cause });
  }
}

/** Names the city made of these bytes by this importer; usable as a folder and in an address. */
export function versionOf(bytes: Uint8Array, name: string): string {
  const hash = createHash("sha256").update(`caravan city ${importerVersion} ${name}\n`).update(bytes);
  return hash.digest("hex").slice(0, 20);
}

/** Which kind of map the bytes are, by how they begin. */
export function mapSourceOf(bytes: Buffer, file: string): MapSource {
  // A PBF file begins with the length of its first block's header and the field "OSMHeader".
  const start = bytes.subarray(0, 64).toString("latin1");
  if (start.slice(4, 16).includes("OSMHeader")) {
    return {
      kind: "pbf",
      bytes,
      inflate: (packed, size) => inflateSync(packed, { maxOutputLength: Math.max(1, size) }),
    };
  }
  const first = start.replace(/^\u00ef\u00bb\u00bf/, "").trimStart()[0];
  if (first === "<") return { kind: "osm-xml", text: bytes.toString("utf8") };
  if (first === "{") {
    try {
      return { kind: "geojson", value: JSON.parse(bytes.toString("utf8")) };
    } catch (cause) {
      throw new MapError("broken-map", `The map file ${file} is damaged: it is not whole JSON.`, { cause });
    }
  }
  const accepted = "a .osm.pbf file, a .osm file, or GeoJSON";
  throw new MapError(
    "not-a-map",
    `The file ${file} is no map that Caravan can read; it takes OpenStreetMap as ${accepted}.`,
  );
}

/** Where the cities of a data folder lie. */
export function mapsFolder(data: string): string {
  return join(data, "maps");
}
