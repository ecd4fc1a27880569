import { readFile, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import type { History } from "@caravan/link";
import Type from "typebox";
import { bytes, events, json, problem } from "../http/reply.ts";
import { route } from "../http/route.ts";
import type { Route } from "../http/route.ts";
import { scopeOf } from "../vehicles/scope.ts";
import type { Vehicles } from "../vehicles/vehicles.ts";
import type { Telemetry } from "./telemetry.ts";

const VehicleId = Type.String({ pattern: "^[a-z0-9]{8,40}$" });
const Instant = Type.Integer({ minimum: 0, maximum: 253_402_300_799_999 });
const HistoryInput = Type.Object({
  /** Up to twelve, with commas between. */
  paths: Type.String({ minLength: 1, maxLength: 2_400 }),
  from: Instant,
  to: Instant,
  points: Type.Optional(Type.Integer({ minimum: 2, maximum: 4_000 })),
});
const mostPaths = 12;
const longestMs = 400 * 86_400_000;
const longestExportMs = 31 * 86_400_000;
const mostExportBytes = 256 * 1024 * 1024;
const noVehicle = () => problem(404, "not-found", "There is no such vehicle, or it is not yours.");

/** The addresses of what cars measured: history for charts, and the live stream. */
export function telemetryRoutes(parts: {
  readonly vehicles: Vehicles;
  readonly telemetry: Telemetry;
}): readonly Route[] {
  const { vehicles, telemetry } = parts;
  return [
    route({
      method: "GET",
      path: "/api/vehicles/:vehicle/history",
      who: "account",
      summary: "Numbers over time, thinned to the smallest and largest of each bucket",
      params: Type.Object({ vehicle: VehicleId }),
      query: HistoryInput,
      async handle({ caller, params, query }) {
        const { from, to, points = 600 } = query;
        const paths = [...new Set(query.paths.split(","))];
        if (paths.length > mostPaths) return problem(400, "bad-request", `At most ${mostPaths} paths at once.`);
        if (to <= from || to - from > longestMs)
          return problem(400, "bad-request", "`to` must come after `from`, by 400 days at most.");
        const row = await vehicles.find(params.vehicle, scopeOf(caller));
        if (row === undefined) return noVehicle();
        const found = await telemetry.history({ vehicle: row.number, paths, from, to, points });
        if (found === undefined)
          return problem(503, "too-much", "This is too much for one chart; ask for a shorter time.");
        const series = [...found].map(([path, list]) => ({
          path,
          at: list.map(({ at }) => at),
          values: list.map(({ value }) => value),
        }));
        const history: History = { from, to, series };
        return json(history);
      },
    }),
    route({
      method: "GET",
      path: "/api/vehicles/:vehicle/gaps",
      who: "account",
      summary: "Batches that did not come in their order: lost, filled later, or still waited for",
      params: Type.Object({ vehicle: VehicleId }),
      query: Type.Object({ from: Instant, to: Instant }),
      async handle({ caller, params, query }) {
        const row = await vehicles.find(params.vehicle, scopeOf(caller));
        if (row === undefined) return noVehicle();
        return json({ gaps: await telemetry.gaps(row, query.from, query.to) });
      },
    }),
    route({
      method: "GET",
      path: "/api/vehicles/:vehicle/export",
      who: "account",
      summary: "Every sample of a car in some time, 31 days at most, as CSV or Parquet",
      params: Type.Object({ vehicle: VehicleId }),
      query: Type.Object({
        from: Instant,
        to: Instant,
        format: Type.Union([Type.Literal("csv"), Type.Literal("parquet")]),
        /** All unless told. */
        paths: Type.Optional(Type.String({ minLength: 1, maxLength: 2_400 })),
      }),
      async handle({ caller, params, query }) {
        const { from, to, format } = query;
        if (to <= from || to - from > longestExportMs)
          return problem(400, "bad-request", "`to` must come after `from`, by 31 days at most.");
        const row = await vehicles.find(params.vehicle, scopeOf(caller));
        if (row === undefined) return noVehicle();
        const paths = query.paths === undefined ? [] : [...new Set(query.paths.split(","))];
        const made = await telemetry.export({ vehicle: row.number, from, to, format, paths });
        if (made === undefined) return problem(503, "no-archive", "This cloud makes no files of history.");
        const path = join(made.folder, made.name);
        try {
          if ((await stat(path)).size > mostExportBytes)
            return problem(413, "too-much", "This is too much for one file; ask for a shorter time.");
          const type = format === "csv" ? "text/csv; charset=utf-8" : "application/vnd.apache.parquet";
          const name = `${params.vehicle}.${format}`;
          return bytes(await readFile(path), type, { "content-disposition": `attachment; filename="${name}"` });
        } finally {
          await rm(path, { force: true });
        }
      },
    }),
    route({
      method: "GET",
      path: "/api/live",
      who: "account",
      summary: "Server-sent events: a snapshot, then what changes, at most five times a second",
      query: Type.Object({ vehicle: Type.Optional(VehicleId) }),
      handle({ caller, query, signal }) {
        const scope = scopeOf(caller);
        const list = async () => {
          const only = query.vehicle;
          if (only === undefined) return vehicles.summaries(scope);
          const row = await vehicles.find(only, scope);
          return row === undefined ? [] : [vehicles.summary(row)];
        };
        const stream = telemetry.live.open({ account: caller.account, list }, signal);
        return stream === undefined
          ? problem(503, "too-many-streams", "Too many live views are open; close one and try again.", {
              "retry-after": "10",
            })
          : events(stream);
      },
    }),
  ];
}
