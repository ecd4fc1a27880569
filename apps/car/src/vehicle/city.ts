import { open } from "node:fs/promises";
import { join } from "node:path";

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
