import Type from "typebox";
import type { Static } from "typebox";
import { Value } from "typebox/value";

const Location = Type.Array(Type.Number());

const Step = Type.Object({
  name: Type.String(),
  ref: Type.Optional(Type.String()),
  pronunciation: Type.Optional(Type.String()),
  destinations: Type.Optional(Type.String()),
  exits: Type.Optional(Type.String()),
  rotary_name: Type.Optional(Type.String()),
  mode: Type.String(),
  driving_side: Type.Optional(Type.String()),
  distance: Type.Number(),
  duration: Type.Number(),
  weight: Type.Optional(Type.Number()),
  maneuver: Type.Object({
    type: Type.String(),
    modifier: Type.Optional(Type.String()),
    exit: Type.Optional(Type.Integer()),
    location: Location,
  }),
  intersections: Type.Array(
    Type.Object({
      location: Location,
      bearings: Type.Array(Type.Number()),
      entry: Type.Array(Type.Boolean()),
      in: Type.Optional(Type.Integer()),
      out: Type.Optional(Type.Integer()),
      classes: Type.Optional(Type.Array(Type.String())),
      lanes: Type.Optional(Type.Array(Type.Object({ indications: Type.Array(Type.String()), valid: Type.Boolean() }))),
    }),
  ),
});

const Figures = Type.Array(Type.Union([Type.Number(), Type.String(), Type.Null()]));

const Annotation = Type.Object({
  duration: Type.Optional(Figures),
  distance: Type.Optional(Figures),
  weight: Type.Optional(Figures),
  speed: Type.Optional(Figures),
  nodes: Type.Optional(Figures),
  datasources: Type.Optional(Figures),
  metadata: Type.Optional(Type.Object({ datasource_names: Type.Optional(Type.Array(Type.String())) })),
});

const Leg = Type.Object({
  distance: Type.Number(),
  duration: Type.Number(),
  summary: Type.Optional(Type.String()),
  steps: Type.Optional(Type.Array(Step)),
  annotation: Type.Optional(Annotation),
});

const Route = Type.Object({
  distance: Type.Number(),
  duration: Type.Number(),
  weight: Type.Optional(Type.Number()),
  weight_name: Type.Optional(Type.String()),
  geometry: Type.Optional(
    Type.Union([Type.String(), Type.Object({ coordinates: Type.Array(Type.Array(Type.Number())) })]),
  ),
  legs: Type.Array(Leg),
});

const Rows = Type.Array(Type.Array(Type.Union([Type.Number(), Type.Null()])));

const Tracepoint = Type.Object({
  location: Location,
  matchings_index: Type.Optional(Type.Integer()),
  waypoint_index: Type.Optional(Type.Union([Type.Integer(), Type.Null()])),
  alternatives_count: Type.Optional(Type.Integer()),
});

/** What every service of OSRM's HTTP API (v5) may answer, https://project-osrm.org/docs/v5.24.0/api. */
const OsrmAnswer = Type.Object({
  code: Type.String(),
  message: Type.Optional(Type.String()),
  data_version: Type.Optional(Type.String()),
  routes: Type.Optional(Type.Array(Route)),
  matchings: Type.Optional(Type.Array(Route)),
  trips: Type.Optional(Type.Array(Route)),
  waypoints: Type.Optional(Type.Array(Type.Object({ location: Location, name: Type.Optional(Type.String()) }))),
  tracepoints: Type.Optional(Type.Array(Type.Union([Tracepoint, Type.Null()]))),
  durations: Type.Optional(Rows),
  distances: Type.Optional(Rows),
  fallback_speed_cells: Type.Optional(Type.Array(Type.Array(Type.Integer()))),
});

export type AnswerStep = Static<typeof Step>;
export type AnswerRoute = Static<typeof Route>;
export type OsrmAnswer = Static<typeof OsrmAnswer>;

/** The answer in a body, or a sentence about what is wrong with it. */
export function readAnswer(body: Uint8Array): OsrmAnswer | string {
  let value: unknown;
  try {
    value = JSON.parse(new TextDecoder().decode(body));
  } catch {
    return "the answer is no JSON";
  }
  if (Value.Check(OsrmAnswer, value)) return value;
  const [first] = Value.Errors(OsrmAnswer, value);
  return `the answer is not in OSRM's form: ${first?.instancePath ?? ""} ${first?.message ?? ""}`;
}
