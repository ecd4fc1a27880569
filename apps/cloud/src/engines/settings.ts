import { Type } from "typebox";
import type { Static } from "typebox";
import { Value } from "typebox/value";
import { StartProblem } from "./problem.ts";

const Port = Type.Integer({ minimum: 1, maximum: 65_535 });

/** What the supervisor tells the cloud, as JSON in the environment variable CARAVAN_CLOUD. */
export const CloudSettings = Type.Object({
  /** What to listen on; `localhost` is both of its addresses. */
  host: Type.String({ minLength: 1, maxLength: 253 }),
  port: Port,
  mqttPort: Port,
  data: Type.String({ minLength: 1 }),
  /** The prepared city. */
  map: Type.String({ minLength: 1 }),
  /** Holds the built phone and console; absent where there are none. */
  screens: Type.Optional(Type.String()),
  publicUrl: Type.Optional(Type.String()),
  databaseUrl: Type.Optional(Type.String()),
  version: Type.String(),
  /** What the supervisor keeps built beside us: how many entries each folder may hold, for the health page. */
  caches: Type.Optional(
    Type.Array(Type.Object({ name: Type.String(), folder: Type.String(), most: Type.Integer({ minimum: 1 }) }), {
      maxItems: 8,
    }),
  ),
  limits: Type.Optional(
    Type.Object({
      liveReaders: Type.Optional(Type.Integer({ minimum: 1 })),
      telemetryDays: Type.Optional(Type.Integer({ minimum: 1 })),
      telemetryBytes: Type.Optional(Type.Integer({ minimum: 1 })),
    }),
  ),
});
export type CloudSettings = Static<typeof CloudSettings>;

export function readSettings(text: string | undefined): CloudSettings {
  if (text === undefined) {
    throw new StartProblem(
      "no-settings",
      "The cloud is started by npm start, which tells it what to do in CARAVAN_CLOUD.",
    );
  }
  let given: unknown;
  try {
    given = JSON.parse(text);
  } catch (error) {
    throw new StartProblem("bad-settings", "CARAVAN_CLOUD is not JSON.", error);
  }
  if (Value.Check(CloudSettings, given)) return given;
  const first = Value.Errors(CloudSettings, given)[0];
  throw new StartProblem(
    "bad-settings",
    `CARAVAN_CLOUD does not fit: ${first?.instancePath ?? ""} ${first?.message ?? ""}.`,
  );
}

/** Where browsers on this machine, or everybody if there is a public name, reach the cloud. */
export function originOf({ host, port, publicUrl }: Pick<CloudSettings, "host" | "port" | "publicUrl">): string {
  if (publicUrl !== undefined) return publicUrl.replace(/\/$/u, "");
  const everywhere = host === "0.0.0.0" || host === "::";
  return `http://${everywhere ? "localhost" : bracketed(host)}:${port}`;
}

export function isLoopback(host: string): boolean {
  return ["localhost", "127.0.0.1", "::1"].includes(host);
}

function bracketed(host: string): string {
  return host.includes(":") ? `[${host}]` : host;
}
