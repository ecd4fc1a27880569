import Flatbush from "flatbush";
import type { Hierarchy } from "../engine/hierarchy.ts";
import type { Bounds, City, Graph, LatLon, NamedPlace } from "../city.ts";
import { MapError } from "../map-error.ts";
import { readCategory } from "../place/categories.ts";
import { aligned, checksumOf, cityFormat, headWords, magic } from "./layout.ts";

function damaged(): MapError {
  return new MapError(
    "damaged-cache",
    "The stored city is damaged or of another version; it has to be imported again.",
  );
}

function check(condition: boolean): asserts condition {
  if (!condition) throw damaged();
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null;
}

/** The description as what it must be. */
class Description {
  private readonly fields: Readonly<Record<string, unknown>>;

  constructor(fields: unknown) {
    check(isObject(fields));
    this.fields = fields;
  }

  text(key: string): string {
    const value = this.fields[key];
    check(typeof value === "string");
    return value;
  }

  number(key: string): number {
    const value = this.fields[key];
    check(typeof value === "number" && Number.isFinite(value));
    return value;
  }

  flag(key: string): boolean {
    const value = this.fields[key];
    check(typeof value === "boolean");
    return value;
  }

  texts(key: string): readonly string[] {
    const value = this.fields[key];
    check(Array.isArray(value));
    return value.map((item: unknown) => {
      check(typeof item === "string");
      return item;
    });
  }

  numbers(key: string): readonly number[] {
    const value = this.fields[key];
    check(Array.isArray(value));
    return value.map((item: unknown) => {
      check(typeof item === "number");
      return item;
    });
  }

  optionalText(key: string): string | undefined {
    return this.fields[key] === undefined ? undefined : this.text(key);
  }

  /** An object of texts, if there is one. */
  optionalTexts(key: string): Readonly<Record<string, string>> | undefined {
    return this.fields[key] === undefined ? undefined : Object.fromEntries(this.inner(key).entries());
  }

  /** All fields, each of which must be a text. */
  entries(): readonly (readonly [string, string])[] {
    return Object.keys(this.fields).map((key) => [key, this.text(key)] as const);
  }

  inner(key: string): Description {
    return new Description(this.fields[key]);
  }

  list(key: string): readonly Description[] {
    const value = this.fields[key];
    check(Array.isArray(value));
    return value.map((item: unknown) => new Description(item));
  }
}

/** The columns of a file, each a view onto it. */
class Columns {
  private readonly buffer: ArrayBufferLike;
  private readonly start: number;
  private readonly sections: ReadonlyMap<string, { readonly offset: number; readonly length: number }>;

  constructor(file: Uint8Array, start: number, description: Description) {
    this.buffer = file.buffer;
    this.start = file.byteOffset + start;
    const sections = new Map<string, { readonly offset: number; readonly length: number }>();
    for (const section of description.list("sections")) {
      const offset = section.number("offset");
      const length = section.number("length");
      check(offset >= 0 && offset % 8 === 0 && length >= 0 && start + offset + length <= file.length);
      sections.set(section.text("name"), { offset, length });
    }
    this.sections = sections;
  }

  private find(name: string, width: number): readonly [ArrayBufferLike, number, number] {
    const section = this.sections.get(name);
    check(section !== undefined && section.length % width === 0);
    return [this.buffer, this.start + section.offset, section.length / width];
  }

  u8(name: keyof Graph): Uint8Array {
    return new Uint8Array(...this.find(name, 1));
  }

  i8(name: keyof Graph): Int8Array {
    return new Int8Array(...this.find(name, 1));
  }

  u16(name: keyof Graph): Uint16Array {
    return new Uint16Array(...this.find(name, 2));
  }

  u32(name: string): Uint32Array {
    return new Uint32Array(...this.find(name, 4));
  }

  i32(name: keyof Graph): Int32Array {
    return new Int32Array(...this.find(name, 4));
  }

  f64(name: keyof Graph): Float64Array {
    return new Float64Array(...this.find(name, 8));
  }

  f32(name: keyof Graph): Float32Array {
    return new Float32Array(...this.find(name, 4));
  }
}

function readHierarchy(columns: Columns): Hierarchy {
  const rows = (name: string) => ({ first: columns.u32(`${name}.first`), to: columns.u32(`${name}.to`) });
  return {
    stateOfRank: columns.u32("stateOfRank"),
    rankOfState: columns.u32("rankOfState"),
    parent: columns.u32("parent"),
    turnArc: columns.u32("turnArc"),
    up: rows("up"),
    down: rows("down"),
    belowUp: rows("belowUp"),
    belowDown: rows("belowDown"),
  };
}

function readGraph(columns: Columns, nodeCount: number, names: readonly string[]): Graph {
  const edgeFrom = columns.u32("edgeFrom");
  const roadForward = columns.i32("roadForward");
  const stateEdge = columns.u32("stateEdge");
  const index = columns.u8("runIndex");
  return {
    nodeCount,
    edgeCount: edgeFrom.length,
    roadCount: roadForward.length,
    stateCount: stateEdge.length,
    roadPoint: columns.u32("roadPoint"),
    pointX: columns.i32("pointX"),
    pointY: columns.i32("pointY"),
    pointNode: columns.f64("pointNode"),
    pointFlags: columns.u16("pointFlags"),
    roadLength: columns.f32("roadLength"),
    roadWay: columns.u32("roadWay"),
    roadForward,
    roadBackward: columns.i32("roadBackward"),
    wayId: columns.f64("wayId"),
    wayClass: columns.u8("wayClass"),
    wayFlags: columns.u16("wayFlags"),
    wayLayer: columns.i8("wayLayer"),
    wayWidth: columns.f32("wayWidth"),
    wayLanesForward: columns.u8("wayLanesForward"),
    wayLanesBackward: columns.u8("wayLanesBackward"),
    wayLimitForward: columns.f32("wayLimitForward"),
    wayLimitBackward: columns.f32("wayLimitBackward"),
    waySpeed: columns.f32("waySpeed"),
    wayName: columns.u32("wayName"),
    wayRef: columns.u32("wayRef"),
    wayAlias: columns.u32("wayAlias"),
    wayDestination: columns.u32("wayDestination"),
    wayExits: columns.u32("wayExits"),
    wayPronunciation: columns.u32("wayPronunciation"),
    wayTurnLanesForward: columns.u32("wayTurnLanesForward"),
    wayTurnLanesBackward: columns.u32("wayTurnLanesBackward"),
    edgeFrom,
    edgeTo: columns.u32("edgeTo"),
    edgeRoad: columns.u32("edgeRoad"),
    edgeMs: columns.u32("edgeMs"),
    edgeWeight: columns.u32("edgeWeight"),
    edgeFlags: columns.u8("edgeFlags"),
    stateEdge,
    turnFirst: columns.u32("turnFirst"),
    turnTo: columns.u32("turnTo"),
    turnMs: columns.u16("turnMs"),
    turnExtraMs: columns.u32("turnExtraMs"),
    runIndex: Flatbush.from(index.buffer, index.byteOffset),
    runPoint: columns.u32("runPoint"),
    runRoad: columns.u32("runRoad"),
    names,
  };
}

function readPlace(place: Description): NamedPlace {
  const category = readCategory(place.optionalText("category"));
  const alias = place.optionalText("alias");
  const street = place.optionalText("street");
  const number = place.optionalText("number");
  const tags = place.optionalTexts("tags");
  return {
    name: place.text("name"),
    kind: place.text("kind"),
    lat: place.number("lat"),
    lon: place.number("lon"),
    ...(category === undefined ? {} : { category }),
    ...(alias === undefined ? {} : { alias }),
    ...(street === undefined ? {} : { street }),
    ...(number === undefined ? {} : { number }),
    ...(tags === undefined ? {} : { tags }),
  };
}

function readBounds(numbers: readonly number[]): Bounds {
  check(numbers.length === 4);
  return [numbers[0], numbers[1], numbers[2], numbers[3]];
}

function readCentre(centre: Description): LatLon {
  return { lat: centre.number("lat"), lon: centre.number("lon") };
}

/**
 * The city in a file made by `encodeCity`. Its arrays are views onto `bytes`, which must not change afterwards. Refuses other formats,
 * cut and damaged files with `MapError` "damaged-cache".
 */
export function openCity(bytes: Uint8Array): City {
  const file = bytes.byteOffset % 8 === 0 ? bytes : bytes.slice();
  check(file.length >= headWords * 4 && file.length % 8 === 0);
  const words = new Uint32Array(file.buffer, file.byteOffset, file.length / 4);
  check(words[0] === magic[0] && words[1] === magic[1] && words[2] === cityFormat && words[4] === file.length);
  check(checksumOf(words) === words[headWords - 1]);
  const end = headWords * 4 + words[3];
  check(end <= file.length);
  const description = new Description(JSON.parse(new TextDecoder().decode(file.subarray(headWords * 4, end))));
  const side = description.text("drivingSide");
  check(side === "right" || side === "left");
  const stored = new Columns(file, aligned(end), description);
  return {
    name: description.text("name"),
    version: description.text("version"),
    bounds: readBounds(description.numbers("bounds")),
    centre: readCentre(description.inner("centre")),
    detailed: description.flag("detailed"),
    attribution: description.text("attribution"),
    drivingSide: side,
    graph: readGraph(stored, description.number("nodeCount"), description.texts("names")),
    hierarchy: readHierarchy(stored),
    places: description.list("places").map(readPlace),
    sounds: new Map(description.inner("sounds").entries()),
  };
}
