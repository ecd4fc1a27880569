import { isLoopback } from "../vehicle/standing.ts";
import type { Access } from "./access/access.ts";
import type { Kuksa } from "./kuksa/kuksa.ts";
import { KuksaServer } from "./kuksa/kuksa-server.ts";
import type { Served } from "./serve-settings.ts";

/** Port of the first car, as Kuksa's own; car n has the n-th from there. */
const firstPort = 55_555;

export interface OpenKuksaParts {
  readonly kuksa: Kuksa;
  readonly access: Pick<Access, "isRestricted">;
  readonly served: Served;
  /** Number of the car. */
  readonly number: number;
  readonly report: (error: unknown) => void;
}

export interface OpenKuksa {
  readonly port: number;
  /** Subscriptions and providers now. */
  streams(): number;
  stop(): Promise<void>;
}

/** Opens this car's gRPC port; a sentence instead where it stays shut, undefined where its owner wants it shut. */
export async function openKuksa(parts: OpenKuksaParts): Promise<OpenKuksa | string | undefined> {
  const { kuksa, access, served, number, report } = parts;
  if (served.grpc === false) return undefined;
  const { host = "localhost", port = firstPort + number - 1 } = served.grpc ?? {};
  if (port > 65_535) return undefined;
  if (!isLoopback(host) && (!access.isRestricted || served.tls === undefined)) {
    return "This car speaks no gRPC: beyond its own machine that needs tokens (npm run token) and a certificate (tls in serve.json).";
  }
  const server = new KuksaServer({ kuksa, host, port, tls: served.tls, report });
  const outcome = await server.start();
  return outcome.kind === "failed" ? outcome.why : { port, streams: () => server.streams, stop: () => server.stop() };
}
