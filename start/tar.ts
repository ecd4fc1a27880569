import { createReadStream, createWriteStream, mkdirSync, statSync } from "node:fs";
import { dirname, relative, resolve, sep } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { createGunzip, createGzip } from "node:zlib";
import { Problem } from "./problem.ts";

// POSIX.1-1988 (ustar): blocks of 512 bytes, a header of one block before each file, two empty blocks at the end.
const block = 512;
const longestName = 100;
const mostBytes = 8 ** 11 - 1;

export interface TarFile {
  /** Inside the archive, with forward slashes. */
  readonly name: string;
  readonly path: string;
}

/** Packs files into a compressed archive that any tar can read. */
export async function writeTar(archive: string, files: readonly TarFile[]): Promise<void> {
  await pipeline(
    Readable.from(blocks(files)),
    createGzip({ level: 4 }),
    createWriteStream(archive, { mode: 0o600, flush: true }),
  );
}

async function* blocks(files: readonly TarFile[]): AsyncGenerator<Buffer> {
  for (const { name, path } of files) {
    const { size } = statSync(path);
    if (Buffer.byteLength(name) > longestName || size > mostBytes)
      throw new Problem(`${name} does not fit into a backup.`);
    yield header(name, size);
    let sent = 0;
    for await (const chunk of createReadStream(path, { end: Math.max(0, size - 1) })) {
      if (!Buffer.isBuffer(chunk)) throw new TypeError("a file read as text");
      sent += chunk.length;
      yield chunk;
    }
    if (sent !== size) throw new Problem(`${name} changed while it was packed; try again.`);
    if (size % block !== 0) yield Buffer.alloc(block - (size % block));
  }
  yield Buffer.alloc(2 * block);
}

function header(name: string, size: number): Buffer {
  const made = Buffer.alloc(block);
  const octal = (value: number, at: number, length: number) =>
    made.write(`${value.toString(8).padStart(length - 1, "0")}\0`, at, "latin1");
  made.write(name, 0, "utf8");
  octal(0o600, 100, 8);
  octal(0, 108, 8);
  octal(0, 116, 8);
  octal(size, 124, 12);
  octal(0, 136, 12);
  made.write("        0", 148, "latin1");
  made.write("ustar\u000000", 257, "latin1");
  octal(
    made.reduce((sum, byte) => sum + byte, 0),
    148,
    7,
  );
  return made;
}

/** Unpacks an archive into a folder. Refuses, in one sentence, what is damaged or would be written outside of the folder. */
export async function readTar(archive: string, folder: string): Promise<readonly string[]> {
  const names: string[] = [];
  const file = createReadStream(archive);
  const unpacked = createGunzip();
  // A file that cannot be read ends its unpacking too, which then tells.
  file.once("error", (error) => unpacked.destroy(error));
  const bytes = new ByteQueue(file.pipe(unpacked));
  try {
    for (;;) {
      const head = await bytes.take(block);
      if (head.every((byte) => byte === 0)) return names;
      const name = head.subarray(0, longestName).toString("utf8").replace(/\0.*$/su, "");
      const size = Number.parseInt(head.subarray(124, 136).toString("latin1"), 8);
      const sum = Number.parseInt(head.subarray(148, 156).toString("latin1"), 8);
      const counted = head.reduce((total, byte, at) => total + (at >= 148 && at < 156 ? 0x20 : byte), 0);
      if (sum !== counted || !Number.isInteger(size) || size < 0) throw new Problem("the header of a file is wrong");
      const path = resolve(folder, name);
      if (
        name === "" ||
        relative(folder, path).split(sep)[0] === ".." ||
        String.fromCodePoint(head[156] ?? 0) !== "0"
      ) {
        throw new Problem("it holds something that no backup holds");
      }
      mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
      await pipeline(Readable.from(bytes.upTo(size)), createWriteStream(path, { mode: 0o600 }));
      if (size % block !== 0) await bytes.take(block - (size % block));
      names.push(name);
    }
  } catch (error) {
    throw new Problem(
      `The backup ${archive} is damaged${error instanceof Problem ? `: ${error.message}` : ""}. Nothing was changed.`,
      error,
    );
  } finally {
    bytes.close();
    file.destroy();
  }
}

/** Bytes of a stream in portions of a wanted size. */
class ByteQueue {
  readonly #source: Readable;
  readonly #chunks: AsyncIterator<unknown>;
  #rest: Buffer = Buffer.alloc(0);

  constructor(source: Readable) {
    this.#source = source;
    this.#chunks = source[Symbol.asyncIterator]();
  }

  async take(size: number): Promise<Buffer> {
    const parts: Buffer[] = [];
    for await (const part of this.upTo(size)) parts.push(part);
    return Buffer.concat(parts);
  }

  async *upTo(size: number): AsyncGenerator<Buffer> {
    let missing = size;
    while (missing > 0) {
      if (this.#rest.length === 0) {
        const next = await this.#chunks.next();
        if (next.done === true) throw new Problem("it ends too early");
        this.#rest = Buffer.isBuffer(next.value) ? next.value : Buffer.alloc(0);
        continue;
      }
      const part = this.#rest.subarray(0, missing);
      this.#rest = this.#rest.subarray(part.length);
      missing -= part.length;
      yield part;
    }
  }

  close(): void {
    this.#source.destroy();
  }
}
