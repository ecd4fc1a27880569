import { open, readFile, stat } from "node:fs/promises";
import { createReadStream } from "node:fs";
import { basename } from "node:path";
import { createGunzip } from "node:zlib";

import {
  candumpFrames,
  CandumpReader,
  compileMapping,
  createCanDriver,
  DbcError,
  Frames,
  isInterfaceName,
  MappingError,
  paced,
  parseDbc,
  readMapping,
  slcan,
  slcanBitrates,
  socketCan,
} from "@caravan/drivers/can";
import type { Bus, CompiledMapping, Dbc, FrameSource } from "@caravan/drivers/can";
import { openerOf, readByteAddress } from "@caravan/drivers/byte-link";
import type { Driver, DriverClock } from "@caravan/drivers";
import { catalogue } from "@caravan/signals";

/** A database of frames and what they mean in the car's vocabulary. */
export interface Translation {
  readonly dbc: Dbc;
  readonly mapping: CompiledMapping;
}

const mostBytes = 32 * 1024 * 1024;
const headBytes = 65_536;
const usualBitrate = 500_000;
/** Most slcan adapters are USB devices that take any; those at a true serial line say theirs after @. */
const serialBaud = 115_200;
/** A bus that says nothing for longer is opened anew: a parked car's sleeps, and nothing is lost by looking again. */
const silentAfterMs = 30_000;
/** So many frames must stand at the beginning of a recording; a few lines may be broken. */
const fewestFrames = 1;

/**
 * Reads a DBC and a mapping from it to VSS. `say` is told of what was left out or taken on trust.
 * @throws with one sentence that names the file and the place in it
 */
export async function readTranslation(
  files: { readonly dbc: string; readonly mapping: string },
  say: (warning: string) => void,
): Promise<Translation> {
  const dbc = await inFile(files.dbc, (text) => parseDbc(text));
  const mapping = await inFile(files.mapping, (text) => compileMapping(readMapping(json(text)), dbc, catalogue));
  for (const warning of dbc.warnings) say(`${basename(files.dbc)}, ${warning}`);
  for (const warning of mapping.warnings) say(`${basename(files.mapping)}, ${warning}`);
  return { dbc, mapping };
}

async function inFile<T>(file: string, read: (text: string) => T): Promise<T> {
  const name = basename(file);
  let bytes: Buffer;
  try {
    if ((await stat(file)).size > mostBytes) throw new Error(`${name} is larger than 32 MB.`);
    bytes = await readFile(file);
  } catch (error) {
    if (error instanceof Error && !("code" in error)) throw error;
    throw new Error(`${file} cannot be read.`, { cause: error });
  }
  try {
    return read(textOf(bytes));
  } catch (error) {
    if (error instanceof DbcError || error instanceof MappingError || error instanceof SyntaxError)
      throw new Error(`${name}, ${error.message}.`, { cause: error });
    throw error;
  }
}

/** DBC files are UTF-8 or, mostly, of an older Western code page: degree signs in units tell them apart. */
function textOf(bytes: Buffer): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return bytes.toString("latin1");
  }
}

function json(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new MappingError("", `it is no JSON: ${error instanceof Error ? error.message : "unreadable"}`);
  }
}

/** Whether a file begins like what candump writes, compressed or not. */
export async function isCandump(file: string): Promise<boolean> {
  const frames = new Frames(16);
  const reader = new CandumpReader({ now: () => 0 });
  for await (const chunk of bytesOf(file, headBytes)) {
    reader.read(chunk, 0, frames);
    return frames.count >= fewestFrames && reader.broken <= frames.count;
  }
  return false;
}

/**
 * Drivers of the buses that settings name, one each; they only listen.
 * @throws where a text names no adapter, with one sentence
 */
export function liveBuses(
  {
    can = [],
    canBitrate = usualBitrate,
  }: {
    readonly can?: readonly { readonly name: string; readonly at: string }[] | undefined;
    readonly canBitrate?: number | undefined;
  },
  translation: Translation,
  clock: DriverClock,
): readonly Driver[] {
  if (!slcanBitrates.has(canBitrate))
    throw new Error(`--can-bitrate is one of ${[...slcanBitrates.keys()].join(", ")}.`);
  return can.map(({ name, at }) => {
    const { source } = busAt(name, at, canBitrate, clock);
    const rules = translation.mapping.rules.filter(({ bus }) => bus === undefined || bus === name);
    if (rules.length === 0)
      throw new Error(`The mapping has nothing for a bus called ${name}; --can NAME=... names it.`);
    return createCanDriver({
      name,
      source,
      dbc: translation.dbc,
      mapping: { ...translation.mapping, rules },
      quality: "good",
      stallAfterMs: silentAfterMs,
      endIs: "lost",
    });
  });
}

function busAt(name: string, at: string, bitrate: number, clock: DriverClock): Bus {
  const address = readByteAddress(at, serialBaud);
  if (address !== undefined) return slcan({ name, open: openerOf(address), bitrate, mayWrite: false, clock });
  if (!isInterfaceName(at))
    throw new Error(`"${at}" names no CAN adapter; can0, /dev/ttyACM0 and tcp:localhost:3333 would.`);
  return socketCan({ name, link: at, now: () => clock.now() });
}

/** Plays a candump recording in its own timing, once. */
export function recordedBus(parts: {
  readonly file: string;
  readonly translation: Translation;
  readonly clock: DriverClock;
  readonly speed?: number;
}): Driver {
  const { file, clock, speed = 1 } = parts;
  const reader = new CandumpReader({ now: () => 0 });
  const source: FrameSource = {
    frames: (signal) => paced(candumpFrames(bytesOf(file), reader, signal), { clock, speed, signal }),
    figures: () => [{ name: "Lines left out as broken", value: reader.broken }],
  };
  return createCanDriver({
    name: `replay ${basename(file)}`,
    source,
    ...parts.translation,
    quality: "replayed",
    endIs: "over",
    // A recording whose times all are the same is no fault of a device; between two batches everything else has its turn.
    mostReadingsPerSecond: Infinity,
  });
}

async function* bytesOf(file: string, most = Infinity): AsyncGenerator<Uint8Array> {
  const handle = await open(file).catch((error: unknown) => {
    throw new Error(`The recording ${file} cannot be read.`, { cause: error });
  });
  await handle.close();
  const plain = createReadStream(file);
  const stream = file.endsWith(".gz") ? plain.pipe(createGunzip()) : plain;
  let given = 0;
  try {
    for await (const chunk of stream) {
      if (!(chunk instanceof Uint8Array)) continue;
      yield chunk;
      given += chunk.length;
      if (given >= most) return;
    }
  } finally {
    plain.destroy();
  }
}
