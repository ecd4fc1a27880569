import type { LatLon } from "../city.ts";
import type { AvoidClass } from "../engine/choice.ts";
import { avoidClasses } from "../route/avoid.ts";
import { problem } from "./problem.ts";
import type { OsrmProblem } from "./problem.ts";
import { readCoordinates } from "./request.ts";
import type { Service } from "./request.ts";
import { Scanner } from "./scanner.ts";

/** What may stand in `annotations` of a route. */
export const annotationKinds = ["duration", "distance", "speed", "weight", "nodes", "datasources"] as const;
export type AnnotationKind = (typeof annotationKinds)[number];

/** All options of all services, as they are unless told. */
export interface Options {
  readonly coordinates: readonly LatLon[];
  bearings: readonly (Bearing | undefined)[];
  radiuses: readonly (number | undefined)[];
  hints: readonly (string | undefined)[];
  approaches: readonly ("unrestricted" | "curb" | "opposite" | undefined)[];
  exclude: readonly AvoidClass[];
  /** Among the classes to exclude is one that roads do not have. */
  excludesUnknown: boolean;
  snapping: "default" | "any";
  generateHints: boolean;
  skipWaypoints: boolean;
  steps: boolean;
  alternatives: number;
  annotations: ReadonlySet<AnnotationKind>;
  geometries: "polyline" | "polyline6" | "geojson";
  overview: "simplified" | "full" | "false";
  continueStraight: boolean;
  waypoints: readonly number[];
  bannerInstructions: boolean;
  voiceInstructions: boolean;
  language: "en" | "zh-CN";
  number: number;
  /** Empty: all. */
  sources: readonly number[];
  destinations: readonly number[];
  table: ReadonlySet<"duration" | "distance">;
  fallbackSpeed: number | undefined;
  fallbackCoordinate: "input" | "snapped";
  scaleFactor: number;
  timestamps: readonly number[];
  gaps: "split" | "ignore";
  tidy: boolean;
  roundtrip: boolean;
  source: "any" | "first";
  destination: "any" | "last";
}

export interface Bearing {
  readonly value: number;
  readonly range: number;
}

const maximumAlternatives = 100;

function usual(coordinates: readonly LatLon[]): Options {
  return {
    coordinates,
    bearings: [],
    radiuses: [],
    hints: [],
    approaches: [],
    exclude: [],
    excludesUnknown: false,
    snapping: "default",
    generateHints: true,
    skipWaypoints: false,
    steps: false,
    alternatives: 0,
    annotations: new Set(),
    geometries: "polyline",
    overview: "simplified",
    continueStraight: true,
    waypoints: [],
    bannerInstructions: false,
    voiceInstructions: false,
    language: "en",
    number: 1,
    sources: [],
    destinations: [],
    table: new Set(["duration"]),
    fallbackSpeed: undefined,
    fallbackCoordinate: "input",
    scaleFactor: 1,
    timestamps: [],
    gaps: "split",
    tidy: false,
    roundtrip: true,
    source: "any",
    destination: "any",
  };
}

/** Reads one value into the options; false where it cannot be read. */
type Reader = (scanner: Scanner, options: Options) => boolean;

/** Sets what was read, if it was. */
function set<Value>(value: Value | undefined, use: (value: Value) => void): boolean {
  if (value === undefined) return false;
  use(value);
  return true;
}

/** A list with elements that may be left empty. */
function elements<Item>(scanner: Scanner, item: () => Item | undefined): readonly (Item | undefined)[] | undefined {
  const read = scanner.list(";", () => {
    if (scanner.isAtEmptyElement()) return { value: undefined };
    const value = item();
    return value === undefined ? undefined : { value };
  });
  return read?.map(({ value }) => value);
}

function bearing(scanner: Scanner): Bearing | undefined {
  const value = scanner.whole();
  if (value === undefined || !scanner.takes(",")) return undefined;
  const range = scanner.whole();
  return range === undefined ? undefined : { value, range };
}

/** Hints are 16 bytes in the alphabet of base64 that URLs allow. */
function hint(scanner: Scanner): string | undefined {
  return scanner.match(/[A-Za-z0-9_-]{22}(?:==)?(?=[;&]|$)/y);
}

function indices(scanner: Scanner): readonly number[] | undefined {
  return scanner.takes("all") ? [] : scanner.list(";", () => scanner.whole());
}

const common: Readonly<Record<string, Reader>> = {
  bearings: (s, o) =>
    set(
      elements(s, () => bearing(s)),
      (v) => (o.bearings = v),
    ),
  radiuses: (s, o) =>
    set(
      elements(s, () => (s.takes("unlimited") ? Infinity : s.number())),
      (v) => (o.radiuses = v),
    ),
  hints: (s, o) =>
    set(
      elements(s, () => hint(s)),
      (v) => (o.hints = v),
    ),
  approaches: (s, o) =>
    set(
      elements(s, () => s.word(["unrestricted", "curb", "opposite"])),
      (v) => (o.approaches = v),
    ),
  exclude: (s, o) =>
    set(
      s.list(",", () => s.match(/[A-Za-z0-9]+/y)),
      (names) => {
        o.exclude = avoidClasses.filter((known) => names.includes(known));
        o.excludesUnknown = names.some((name) => !avoidClasses.some((known) => known === name));
      },
    ),
  snapping: (s, o) => set(s.word(["default", "any"]), (v) => (o.snapping = v)),
  generate_hints: (s, o) => set(s.flag(), (v) => (o.generateHints = v)),
  skip_waypoints: (s, o) => set(s.flag(), (v) => (o.skipWaypoints = v)),
};

const drawing: Readonly<Record<string, Reader>> = {
  steps: (s, o) => set(s.flag(), (v) => (o.steps = v)),
  annotations: (s, o) => set(readAnnotations(s), (v) => (o.annotations = v)),
  geometries: (s, o) => set(s.word(["polyline", "polyline6", "geojson"]), (v) => (o.geometries = v)),
  overview: (s, o) => set(s.word(["simplified", "full", "false"]), (v) => (o.overview = v)),
  banner_instructions: (s, o) => set(s.flag(), (v) => (o.bannerInstructions = v)),
  voice_instructions: (s, o) => set(s.flag(), (v) => (o.voiceInstructions = v)),
  language: (s, o) =>
    set(s.match(/[A-Za-z-]{2,12}/y), (v) => (o.language = v.toLowerCase().startsWith("zh") ? "zh-CN" : "en")),
};

function readAnnotations(scanner: Scanner): ReadonlySet<AnnotationKind> | undefined {
  if (scanner.takes("true")) return new Set(annotationKinds);
  if (scanner.takes("false")) return new Set();
  const kinds = scanner.list(",", () => scanner.word(annotationKinds));
  return kinds === undefined ? undefined : new Set(kinds);
}

const waypoints: Reader = (s, o) =>
  set(
    s.list(";", () => s.whole()),
    (v) => (o.waypoints = v),
  );

const readers: Readonly<Record<Service, Readonly<Record<string, Reader>>>> = {
  route: {
    ...common,
    ...drawing,
    waypoints,
    alternatives: (s, o) => {
      const flag = s.flag();
      const wanted = flag === undefined ? s.whole() : flag ? 1 : 0;
      return set(wanted, (v) => (o.alternatives = Math.min(v, maximumAlternatives)));
    },
    continue_straight: (s, o) => {
      const word = s.word(["default", "true", "false"]);
      return set(word, (v) => (o.continueStraight = v !== "false"));
    },
  },
  nearest: { ...common, number: (s, o) => set(s.whole(), (v) => (o.number = v)) },
  table: {
    ...common,
    sources: (s, o) => set(indices(s), (v) => (o.sources = v)),
    destinations: (s, o) => set(indices(s), (v) => (o.destinations = v)),
    annotations: (s, o) =>
      set(
        s.list(",", () => s.word(["duration", "distance"])),
        (v) => (o.table = new Set(v)),
      ),
    fallback_speed: (s, o) => set(s.number(), (v) => (o.fallbackSpeed = v)),
    fallback_coordinate: (s, o) => set(s.word(["input", "snapped"]), (v) => (o.fallbackCoordinate = v)),
    scale_factor: (s, o) => set(s.number(), (v) => (o.scaleFactor = v)),
  },
  match: {
    ...common,
    ...drawing,
    waypoints,
    timestamps: (s, o) =>
      set(
        s.list(";", () => s.whole()),
        (v) => (o.timestamps = v),
      ),
    gaps: (s, o) => set(s.word(["split", "ignore"]), (v) => (o.gaps = v)),
    tidy: (s, o) => set(s.flag(), (v) => (o.tidy = v)),
  },
  trip: {
    ...common,
    ...drawing,
    roundtrip: (s, o) => set(s.flag(), (v) => (o.roundtrip = v)),
    source: (s, o) => set(s.word(["any", "first"]), (v) => (o.source = v)),
    destination: (s, o) => set(s.word(["any", "last"]), (v) => (o.destination = v)),
  },
};

/** The coordinates and options of a query; `InvalidQuery` with the place where it cannot be read. */
export function readOptions(service: Service, query: string, prefixLength: number): Options | OsrmProblem {
  const scanner = new Scanner(query);
  const coordinates = readCoordinates(scanner);
  const fault = (position: number) =>
    problem("InvalidQuery", `Query string malformed close to position ${prefixLength + position}`);
  if (coordinates === undefined) return fault(scanner.at);
  const options = usual(coordinates);
  if (scanner.isAtEnd() && !query.endsWith("?")) return options;
  const known = readers[service];
  for (;;) {
    const start = scanner.at;
    const name = scanner.match(/[a-z_]+(?==)/y);
    const reader = name !== undefined && Object.hasOwn(known, name) ? known[name] : undefined;
    // The "&" before an option that nobody knows is the last that could be read.
    if (reader === undefined || !scanner.takes("=")) {
      return fault(query[start - 1] === "&" ? start - 1 : start);
    }
    if (!reader(scanner, options)) return fault(scanner.at);
    if (scanner.isAtEnd()) return options;
    if (!scanner.takes("&")) return fault(scanner.at);
  }
}
