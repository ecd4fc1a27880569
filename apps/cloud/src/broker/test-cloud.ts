import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openAuthority } from "../authority/authority.ts";
import type { Authority } from "../authority/authority.ts";
import { Campaigns } from "../campaigns/campaigns.ts";
import type { CampaignTables } from "../campaigns/tables.ts";
import type { Database } from "../engines/database.ts";
import type { Log } from "../telemetry/log.ts";
import type { TelemetryTables } from "../telemetry/tables.ts";
import type { Ingest } from "../telemetry/ingest.ts";
import { Telemetry } from "../telemetry/telemetry.ts";
import { vehicleRoutes } from "../vehicles/routes.ts";
import type { VehicleTables } from "../vehicles/tables.ts";
import { Vehicles } from "../vehicles/vehicles.ts";
import { Broker } from "./broker.ts";

export const quiet: Log = { debug() {}, info() {}, warn() {}, error() {} };

/** The cloud's part that speaks with cars, for tests: real database, real broker on loopback, and the one HTTP address a car needs. */
export interface TestCloud {
  readonly authority: Authority;
  readonly telemetry: Telemetry;
  readonly vehicles: Vehicles;
  readonly broker: Broker;
  readonly campaigns: Campaigns;
  /** `mqtts://localhost:port` */
  readonly mqtt: string;
  /** `http://localhost:port` */
  readonly url: string;
  readonly stop: () => Promise<void>;
}

export interface TestCloudParts {
  readonly database: Database;
  /** The authority's folder; a cloud restarted on the same one knows its cars. */
  readonly folder: string;
  readonly clock?: { now(): number };
  readonly mqttPort?: number;
  readonly httpPort?: number;
  /** Takes the place of the history, to tell what the way there costs alone. */
  readonly ingest?: Pick<Ingest, "take">;
}

export async function startTestCloud(parts: TestCloudParts): Promise<TestCloud> {
  const { database, folder, clock = Date } = parts;
  const authority = await openAuthority({ folder, clock });
  const telemetry = new Telemetry({ db: database.tables<TelemetryTables>(), clock, log: quiet });
  await telemetry.start();
  let mqtt = "";
  const vehicles = new Vehicles({
    db: database.tables<VehicleTables>(),
    authority,
    twin: telemetry.twin,
    clock,
    log: quiet,
    mqtt: () => mqtt,
  });
  vehicles.onChange(() => telemetry.live.factsChanged());
  vehicles.presence.listen((vehicle, online, at) => telemetry.live.presence(vehicle, online, at));
  await vehicles.start();
  const campaigns = new Campaigns({ db: database.tables<CampaignTables>(), authority, clock, log: quiet });
  await campaigns.start();
  const names = ["localhost", "127.0.0.1"];
  const broker = new Broker({
    authority,
    host: "127.0.0.1",
    port: parts.mqttPort ?? 0,
    names,
    vehicles,
    telemetry: { ingest: parts.ingest ?? telemetry.ingest },
    campaigns,
    clock,
    log: quiet,
  });
  await broker.start();
  mqtt = `mqtts://localhost:${broker.port()}`;
  const http = await serveEnrolment(vehicles, parts.httpPort ?? 0);
  return {
    authority,
    telemetry,
    vehicles,
    broker,
    campaigns,
    mqtt,
    url: http.url,
    async stop() {
      await http.stop();
      await broker.stop();
      await vehicles.stop();
      await telemetry.stop();
    },
  };
}

/** Asks every car for all signals each second, as the test drive of apps/car does by itself. */
export async function askForEverySecond({ campaigns }: TestCloud): Promise<void> {
  const standard = await campaigns.find("standard");
  if (standard?.revision !== 1) return;
  const rules = [{ match: "Vehicle.*", everyMs: 1_000 }];
  const when = { kind: "time", refreshMs: 86_400_000 } as const;
  await campaigns.revise("standard", { ...standard.wish, rules, when }, "all");
}

export async function temporaryFolder(): Promise<{ readonly folder: string; readonly remove: () => Promise<void> }> {
  const folder = await mkdtemp(join(tmpdir(), "caravan-link-"));
  return { folder, remove: () => rm(folder, { recursive: true, force: true }) };
}

async function serveEnrolment(vehicles: Vehicles, port: number): Promise<{ url: string; stop: () => Promise<void> }> {
  const enrol = vehicleRoutes({ vehicles, hasAccount: async () => true }).find(
    ({ path }) => path === "/api/vehicles/enrol",
  );
  const server = createServer((request, response) => {
    const answer = async () => {
      let text = "";
      for await (const chunk of request) text += String(chunk);
      const body: unknown = JSON.parse(text);
      const caller = { kind: "nobody" as const };
      const { signal } = new AbortController();
      const reply = await enrol?.run({ caller, params: {}, query: {}, body, headers: {}, ip: "127.0.0.1", signal });
      if (reply?.kind !== "json") throw new Error("enrolment answers JSON");
      response.writeHead(reply.status, { "content-type": "application/json" }).end(JSON.stringify(reply.value));
    };
    answer().catch(() => response.destroy());
  });
  await new Promise<void>((resolve) => {
    server.listen(port, "127.0.0.1", resolve);
  });
  const address: AddressInfo | string | null = server.address();
  const bound = typeof address === "object" && address !== null ? address.port : port;
  return {
    url: `http://localhost:${bound}`,
    stop: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}
