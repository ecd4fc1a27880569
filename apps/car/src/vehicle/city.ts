import { open, readFile } from "node:fs/promises";
import { join } from "node:path";

import type { MapData } from "../journey/map/questions.ts";
import { readPlaces } from "./city-extras.ts";

/** A city's file in memory that threads share, so that the map exists once in the process. */
export async function readCityFile(folder: string): Promise<Uint8Array<SharedArrayBuffer>> {
  const handle = await open(join(folder, "city.bin"), "r");
  try {
    const { size } = await handle.stat();
    const bytes = new Uint8Array(new SharedArrayBuffer(size));
    let read = 0;
    while (read < size) {
      const { bytesRead } = await handle.read(bytes, read, size - read, read);
      if (bytesRead === 0) throw new Error("the city's file ends early");
      read += bytesRead;
    }
    return bytes;
  } finally {
    await handle.close();
  }
}

/** What lies beside the city's file: places and chargers (as JSON) that the map itself does not have. */
export async function readCityExtras(folder: string): Promise<Omit<MapData, "city">> {
  const read = (name: string): Promise<string | undefined> =>
    readFile(join(folder, name), "utf8").catch(() => undefined);
  const [places, chargers] = await Promise.all([read("places.json"), read("chargers.json")]);
  return { places: readPlaces(places), ...(chargers === undefined ? {} : { chargers }) };
}
