import type { ImportedCity } from "../city.ts";
import { MapError } from "../map-error.ts";

/** Bytes of a deflated block (RFC 1950) to its `size` bytes; must throw rather than give more. */
export type Inflate = (bytes: Uint8Array, size: number) => Uint8Array;

export type MapSource =
  | { readonly kind: "pbf"; readonly bytes: Uint8Array; readonly inflate: Inflate }
  | { readonly kind: "osm-xml"; readonly text: string }
  | { readonly kind: "geojson"; readonly value: unknown };

export interface ImportOptions {
  readonly name: string;
  /** Content hash; whoever has a hash function passes it in. */
  readonly version?: string;
  /** 0 to 1, with a word for people about what is being done. */
  readonly onProgress?: (fraction: number, what: string) => void;
  readonly signal?: { readonly aborted: boolean };
}

/** A city from an OpenStreetMap extract. Throws `MapError` for everything that is no usable map. */
export async function importCity(_source: MapSource, _options: ImportOptions): Promise<ImportedCity> {
  throw new MapError("unsupported", "This map cannot be read yet.");
}
