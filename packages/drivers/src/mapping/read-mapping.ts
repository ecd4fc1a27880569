import Type from "typebox";
import type { Static } from "typebox";
import { Value } from "typebox/value";
import { MappingError } from "./entry.ts";
import type { Mapping, MappingEntry } from "./entry.ts";
import { holdsOverlay, readOverlay } from "./overlay.ts";

const Name = Type.String({ minLength: 1, maxLength: 200 });
const Plain = Type.Union([Type.Number(), Type.Boolean(), Type.String({ maxLength: 200 })]);

const Entry = Type.Object(
  {
    message: Type.Optional(Name),
    field: Type.Optional(Name),
    value: Type.Optional(Type.String({ minLength: 1, maxLength: 500 })),
    unit: Type.Optional(Type.String({ maxLength: 40 })),
    scale: Type.Optional(Type.Number()),
    offset: Type.Optional(Type.Number()),
    map: Type.Optional(Type.Record(Type.String({ maxLength: 200 }), Plain)),
    invalid: Type.Optional(Type.Array(Type.Number(), { maxItems: 100 })),
    bus: Type.Optional(Name),
    everyMs: Type.Optional(Type.Number({ minimum: 0, maximum: 3_600_000 })),
    onChange: Type.Optional(Type.Boolean()),
    timeoutMs: Type.Optional(Type.Number({ minimum: 10, maximum: 86_400_000 })),
    priority: Type.Optional(Type.Integer({ minimum: -100, maximum: 100 })),
  },
  { additionalProperties: false },
);
type Entry = Static<typeof Entry>;

const File = Type.Object(
  {
    name: Type.Optional(Type.String({ maxLength: 200 })),
    comment: Type.Optional(Type.String({ maxLength: 4_096 })),
    bus: Type.Optional(Name),
    priority: Type.Optional(Type.Integer({ minimum: -100, maximum: 100 })),
    signals: Type.Record(Type.String({ maxLength: 512 }), Type.Unknown()),
  },
  { additionalProperties: false },
);

/** Of one file. */
const mostEntries = 8_192;

/**
 * Reads a mapping from DBC to VSS: our own form (see docs/drivers.md), or a VSS tree with `dbc2vss` as the Kuksa CAN provider takes it.
 * @throws MappingError with the place in the file
 */
export function readMapping(file: unknown): Mapping {
  if (!Value.Check(File, file)) {
    if (holdsOverlay(file)) return { entries: readOverlay(file), isStrict: false };
    throw new MappingError("", wrongFile(file));
  }
  const entries = Object.entries(file.signals).flatMap(([path, content]) => {
    const many: readonly unknown[] = Array.isArray(content) ? content : [content];
    return many.map((each, i) => {
      const place = many.length > 1 ? `signals["${path}"][${i}]` : `signals["${path}"]`;
      return entryOf(path, place, each, file);
    });
  });
  if (entries.length === 0) throw new MappingError("signals", "it maps nothing");
  if (entries.length > mostEntries) throw new MappingError("signals", `more than ${mostEntries} entries`);
  return { entries, isStrict: true };
}

function wrongFile(file: unknown): string {
  const [first] = Value.Errors(File, file);
  const hint =
    'a mapping is {"signals": {"Vehicle.Speed": {"message": "...", "field": "..."}}}, or a VSS tree with dbc2vss';
  return first === undefined ? hint : `${first.instancePath || "the file"} ${first.message}; ${hint}`;
}

function entryOf(path: string, place: string, content: unknown, file: Static<typeof File>): MappingEntry {
  const given = typeof content === "string" ? shortForm(place, content) : content;
  if (!Value.Check(Entry, given)) {
    const strange = unknownKeys(given);
    if (strange !== "") throw new MappingError(place, `an entry has no ${strange}`);
    const [first] = Value.Errors(Entry, given);
    throw new MappingError(`${place}${(first?.instancePath ?? "").replaceAll("/", ".")}`, first?.message ?? "is wrong");
  }
  const { message, field, value, map, bus = file.bus, timeoutMs } = given;
  if (message === undefined) throw new MappingError(place, 'names no "message" of the DBC');
  if ((field === undefined) === (value === undefined))
    throw new MappingError(place, 'takes either a "field" of the message or a "value" made of its fields');
  return {
    path,
    place,
    message,
    fields: field === undefined ? [] : [field],
    ...(value !== undefined && { expression: value }),
    scale: given.scale ?? 1,
    offset: given.offset ?? 0,
    unit: unitOf(given),
    ...(map === undefined ? {} : { map: mapOf(map) }),
    invalid: given.invalid ?? [],
    ...(bus !== undefined && { bus }),
    everyMs: given.everyMs ?? 0,
    onChange: given.onChange ?? false,
    ...(timeoutMs !== undefined && { timeoutMs }),
    priority: given.priority ?? file.priority ?? 0,
  };
}

function unitOf({ scale, offset, unit, value }: Entry): MappingEntry["unit"] {
  if (unit !== undefined) return { kind: "named", unit };
  // Whoever scales says what the result is, or means the unit of VSS.
  return { kind: scale === undefined && offset === undefined && value === undefined ? "as DBC" : "as VSS" };
}

/** "MESSAGE.FIELD". */
function shortForm(place: string, text: string): unknown {
  const [message, field, ...more] = text.split(".");
  if (message === undefined || field === undefined || more.length > 0)
    throw new MappingError(place, `"${text.slice(0, 60)}" is not of the form MESSAGE.FIELD`);
  return { message, field };
}

function mapOf(map: Readonly<Record<string, number | boolean | string>>): NonNullable<MappingEntry["map"]> {
  return Object.entries(map).map(([from, to]) => {
    const number = Number(from);
    return { from: from.trim() !== "" && Number.isFinite(number) ? number : from, to };
  });
}

function unknownKeys(given: unknown): string {
  if (typeof given !== "object" || given === null) return "";
  const strange = Object.keys(given).filter((key) => !Object.hasOwn(Entry.properties, key));
  return strange.join(", ").slice(0, 100);
}
