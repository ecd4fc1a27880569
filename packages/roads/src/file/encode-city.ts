import type { City } from "../city.ts";
import { aligned, checksumOf, cityFormat, columns, headWords, hierarchyColumns, magic } from "./layout.ts";

/**
 * The city as one file that `openCity` reads without copying: a head, a description as JSON (with the names), then the columns of the
 * graph and of its hierarchy as they lie in memory (little-endian), each at a multiple of eight bytes.
 */
export function encodeCity(city: City): Uint8Array<ArrayBuffer> {
  const { graph, hierarchy } = city;
  const parts: { readonly name: string; readonly bytes: Uint8Array }[] = [];
  for (const name of Object.keys(columns)) {
    for (const [key, column] of Object.entries(graph)) {
      if (key === name && ArrayBuffer.isView(column)) {
        parts.push({ name, bytes: new Uint8Array(column.buffer, column.byteOffset, column.byteLength) });
      }
    }
  }
  parts.push({ name: "runIndex", bytes: new Uint8Array(graph.runIndex.data) });
  for (const [name, column] of hierarchyColumns(hierarchy)) {
    parts.push({ name, bytes: new Uint8Array(column.buffer, column.byteOffset, column.byteLength) });
  }
  let offset = 0;
  const sections = parts.map(({ name, bytes }) => {
    const section = { name, offset, length: bytes.length };
    offset = aligned(offset + bytes.length);
    return section;
  });
  const description = new TextEncoder().encode(
    JSON.stringify({
      name: city.name,
      version: city.version,
      bounds: city.bounds,
      centre: city.centre,
      detailed: city.detailed,
      attribution: city.attribution,
      drivingSide: city.drivingSide,
      nodeCount: graph.nodeCount,
      names: graph.names,
      places: city.places,
      sounds: Object.fromEntries(city.sounds),
      sections,
    }),
  );
  const start = aligned(headWords * 4 + description.length);
  const file = new Uint8Array(start + offset);
  file.set(description, headWords * 4);
  for (const [i, { bytes }] of parts.entries()) file.set(bytes, start + sections[i].offset);
  const words = new Uint32Array(file.buffer);
  words.set([...magic, cityFormat, description.length, file.length]);
  words[headWords - 1] = checksumOf(words);
  return file;
}
