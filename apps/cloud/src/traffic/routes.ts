import { readSegmentSpeeds } from "@caravan/roads/traffic";
import Type from "typebox";
import { bytes, empty, json, problem } from "../http/reply.ts";
import { route } from "../http/route.ts";
import type { Route } from "../http/route.ts";
import type { LiveStretch } from "./live-speeds.ts";
import type { Traffic } from "./traffic.ts";
import type { StoredIncident } from "./traffic.store.ts";

const Kind = Type.Union([
  Type.Literal("accident"),
  Type.Literal("works"),
  Type.Literal("closure"),
  Type.Literal("hazard"),
]);
const Instant = Type.Integer({ minimum: 0, maximum: 253_402_300_799_999 });
const Node = Type.Integer({ minimum: 1, maximum: Number.MAX_SAFE_INTEGER });
const times = {
  /** UTC ms; now unless told, and until further notice. */
  from: Type.Optional(Instant),
  until: Type.Optional(Instant),
};
const AtPlace = Type.Object(
  {
    kind: Kind,
    lat: Type.Number({ minimum: -90, maximum: 90 }),
    lon: Type.Number({ minimum: -180, maximum: 180 }),
    /** Degrees clockwise from north of the traffic it holds up; both directions unless told. */
    heading: Type.Optional(Type.Number({ minimum: 0, maximum: 360 })),
    ...times,
  },
  { additionalProperties: false },
);
const OnSegment = Type.Object(
  {
    kind: Kind,
    /** OpenStreetMap's nodes. */
    segment: Type.Object({ from: Node, to: Node }, { additionalProperties: false }),
    /** `one`: only those who drive from the first node to the second. */
    direction: Type.Optional(Type.Union([Type.Literal("one"), Type.Literal("both")])),
    ...times,
  },
  { additionalProperties: false },
);
const mostFileBytes = 16 * 1024 * 1024;
/** How long other people's speeds hold where nobody says. */
const holdsMinutes = 15;
const fresh = { "cache-control": "no-store" };

/** The addresses of traffic: what cars measured, and what operators tell of the roads. */
export function trafficRoutes({
  traffic,
  now,
}: {
  readonly traffic: Traffic;
  readonly now: () => number;
}): readonly Route[] {
  return [
    route({
      method: "GET",
      path: "/api/traffic.csv",
      who: "account",
      summary: "Speeds of the last five minutes in OSRM's segment-speed format",
      query: Type.Object({ typical: Type.Optional(Type.Boolean()) }),
      handle: ({ query }) =>
        bytes(new TextEncoder().encode(traffic.csv(query.typical ?? false)), "text/csv; charset=utf-8", fresh),
    }),
    route({
      method: "PUT",
      path: "/api/traffic.csv",
      who: "operator",
      summary: "Other people's speeds in OSRM's segment-speed format, in place of the last ones",
      query: Type.Object({ minutes: Type.Optional(Type.Integer({ minimum: 1, maximum: 1_440 })) }),
      body: Type.String({ maxLength: mostFileBytes }),
      bodyLimit: mostFileBytes,
      handle({ body, query }) {
        const { speeds, problems, problemCount } = readSegmentSpeeds(body);
        if (speeds.length === 0 && problemCount > 0)
          return problem(
            400,
            "bad-request",
            `Line ${problems[0]?.line ?? 1}: ${problems[0]?.why ?? "cannot be read"}.`,
          );
        traffic.feed(speeds, now() + (query.minutes ?? holdsMinutes) * 60_000);
        return json({ segments: speeds.length, problems, problemCount });
      },
    }),
    route({
      method: "GET",
      path: "/api/traffic",
      who: "account",
      summary: "The traffic now as GeoJSON: roads with their level, and incidents",
      handle: () => {
        const features = [...traffic.stretches().map(roadFeature), ...traffic.incidents().map(incidentFeature)];
        return json({ type: "FeatureCollection", features }, { headers: fresh });
      },
    }),
    route({
      method: "GET",
      path: "/api/incidents",
      who: "account",
      summary: "What happened on the roads and has not ended",
      handle: () => json(traffic.incidents(), { headers: fresh }),
    }),
    route({
      method: "POST",
      path: "/api/incidents",
      who: "operator",
      summary: "Tells all cars of an accident, works, a closure or a hazard, by place or by segment",
      body: Type.Union([AtPlace, OnSegment]),
      async handle({ body }) {
        const from = body.from ?? now();
        if (body.until !== undefined && body.until <= Math.max(from, now()))
          return problem(400, "bad-request", "`until` must lie ahead, and after `from`.");
        const place = "segment" in body ? await traffic.locate(body.segment.from, body.segment.to) : body;
        if (place === undefined) return problem(404, "no-segment", "The map has no such segment that a car may drive.");
        const isOneWay = "segment" in body ? body.direction === "one" : body.heading !== undefined;
        const incident = await traffic.report({
          kind: body.kind,
          lat: place.lat,
          lon: place.lon,
          ...(isOneWay && place.heading !== undefined ? { heading: Math.round(place.heading) % 360 } : {}),
          from,
          ...(body.until === undefined ? {} : { until: body.until }),
        });
        return incident === undefined
          ? problem(409, "too-many", "There are too many incidents at once; end some first.")
          : json(incident, { status: 201 });
      },
    }),
    route({
      method: "DELETE",
      path: "/api/incidents/:incident",
      who: "operator",
      summary: "Ends an incident",
      params: Type.Object({ incident: Type.String({ pattern: "^[0-9a-f-]{36}$" }) }),
      async handle({ params }) {
        return (await traffic.end(params.incident))
          ? empty()
          : problem(404, "not-found", "There is no such incident, or it has ended.");
      },
    }),
  ];
}

function roadFeature({ level, speed, at, probes, lines }: LiveStretch) {
  const coordinates = lines.map(([lon1, lat1, lon2, lat2]) => [
    [lon1, lat1],
    [lon2, lat2],
  ]);
  return {
    type: "Feature",
    properties: { kind: "road", level, kmh: Math.round(speed * 3.6), at, probes },
    geometry: { type: "MultiLineString", coordinates },
  };
}

function incidentFeature({ lat, lon, ...properties }: StoredIncident) {
  return { type: "Feature", properties, geometry: { type: "Point", coordinates: [lon, lat] } };
}
