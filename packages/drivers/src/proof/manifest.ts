import { readFile, stat } from "node:fs/promises";
import { basename, join } from "node:path";
import type { Catalogue } from "@caravan/signals";
import Type from "typebox";
import type { Static, TSchema } from "typebox";
import { Value } from "typebox/value";
import { DbcError } from "../dbc/dbc.ts";
import type { Dbc } from "../dbc/dbc.ts";
import { parseDbc } from "../dbc/parse-dbc.ts";
import { compileMapping } from "../mapping/compile-mapping.ts";
import type { CompiledMapping } from "../mapping/compile-mapping.ts";
import { MappingError } from "../mapping/entry.ts";
import { readMapping } from "../mapping/read-mapping.ts";

const FileName = Type.String({ pattern: "^[A-Za-z0-9][A-Za-z0-9._-]{0,100}$" });

/** `driver.json` in a folder below extensions/drivers. Files are named without a path: they lie beside it. */
const Manifest = Type.Object(
  {
    name: Type.String({ minLength: 1, maxLength: 100 }),
    /** The make does not exist; its recording was computed. */
    simulated: Type.Optional(Type.Boolean()),
    note: Type.Optional(Type.String({ maxLength: 4_096 })),
    dbc: FileName,
    mapping: FileName,
    recording: FileName,
    expected: FileName,
  },
  { additionalProperties: false },
);

const Plain = Type.Union([Type.Number(), Type.Boolean(), Type.String({ maxLength: 200 })]);

/** What the recording must show: values at seconds from its beginning, and signals that this car does not have. */
const Expected = Type.Object(
  {
    signals: Type.Record(
      Type.String({ maxLength: 512 }),
      Type.Array(
        Type.Object(
          {
            at: Type.Number({ minimum: 0 }),
            value: Plain,
            within: Type.Optional(Type.Number({ minimum: 0 })),
          },
          { additionalProperties: false },
        ),
        { minItems: 1, maxItems: 1_000 },
      ),
    ),
    absent: Type.Optional(Type.Array(Type.String({ maxLength: 512 }), { maxItems: 1_000 })),
    /** Mapped signals that this recording happens not to show. */
    notShown: Type.Optional(Type.Array(Type.String({ maxLength: 512 }), { maxItems: 1_000 })),
  },
  { additionalProperties: false },
);
export type Expected = Static<typeof Expected>;

/** A driver's folder, read and understood. */
export interface DriverFolder {
  readonly name: string;
  readonly isSimulated: boolean;
  readonly dbc: Dbc;
  readonly mapping: CompiledMapping;
  readonly recording: Uint8Array;
  readonly expected: Expected;
}

/** Something in a driver's folder that its author has to mend; the message names the file and the place. */
export class DriverFolderError extends Error {
  constructor(file: string, problem: string, cause?: unknown) {
    super(`${file}: ${problem}`, { cause });
    this.name = "DriverFolderError";
  }
}

const mostBytes = 256 * 1024 * 1024;

/** @throws DriverFolderError */
export async function readDriverFolder(folder: string, catalogue: Pick<Catalogue, "find">): Promise<DriverFolder> {
  const manifest = await readJson(join(folder, "driver.json"), Manifest);
  const dbc = await readWith(join(folder, manifest.dbc), (bytes) => parseDbc(textOf(bytes)));
  const mapping = await readWith(join(folder, manifest.mapping), (bytes) =>
    compileMapping(readMapping(JSON.parse(textOf(bytes))), dbc, catalogue),
  );
  const recording = await readWith(join(folder, manifest.recording), (bytes) => bytes);
  const expected = await readJson(join(folder, manifest.expected), Expected);
  return { name: manifest.name, isSimulated: manifest.simulated ?? false, dbc, mapping, recording, expected };
}

async function readJson<T extends TSchema>(file: string, schema: T): Promise<Static<T>> {
  return await readWith(file, (bytes) => {
    const value: unknown = JSON.parse(textOf(bytes));
    if (Value.Check(schema, value)) return value;
    const [first] = Value.Errors(schema, value);
    throw new DriverFolderError(basename(file), `${first?.instancePath || "the file"} ${first?.message ?? "is wrong"}`);
  });
}

/** DBC files are UTF-8 or, mostly, of an older Western code page: degree signs in units tell them apart. */
export function textOf(bytes: Uint8Array): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return Buffer.from(bytes).toString("latin1");
  }
}

async function readWith<T>(file: string, read: (bytes: Uint8Array) => T): Promise<T> {
  const name = basename(file);
  let bytes: Uint8Array;
  try {
    if ((await stat(file)).size > mostBytes) throw new DriverFolderError(name, "it is larger than 256 MB");
    bytes = await readFile(file);
  } catch (error) {
    if (error instanceof DriverFolderError) throw error;
    throw new DriverFolderError(name, "it is not there or cannot be read", error);
  }
  try {
    return read(bytes);
  } catch (error) {
    if (error instanceof DbcError || error instanceof MappingError || error instanceof SyntaxError)
      throw new DriverFolderError(name, error.message, error);
    throw error;
  }
}
