import { hostname } from "node:os";
import { join } from "node:path";
import { AccountStore } from "./src/accounts/accounts.store.ts";
import type { AccountTables } from "./src/accounts/accounts.store.ts";
import { Accounts } from "./src/accounts/accounts.ts";
import { createAuth } from "./src/accounts/auth.ts";
import { accountRoutes, asHeaders } from "./src/accounts/routes.ts";
import { SignInLimit } from "./src/accounts/sign-in-limit.ts";
import { pageStyleHash } from "./src/accounts/sign-in-page.ts";
import { openAuthority } from "./src/authority/authority.ts";
import { Broker } from "./src/broker/broker.ts";
import { Campaigns } from "./src/campaigns/campaigns.ts";
import { campaignRoutes } from "./src/campaigns/routes.ts";
import type { CampaignTables } from "./src/campaigns/tables.ts";
import { openDatabase } from "./src/engines/database.ts";
import { migrate, readMigrations } from "./src/engines/migrations.ts";
import { StartProblem } from "./src/engines/problem.ts";
import { readSecret } from "./src/engines/secrets.ts";
import { isLoopback, originOf, readSettings } from "./src/engines/settings.ts";
import type { CloudSettings } from "./src/engines/settings.ts";
import { cacheHealth } from "./src/http/cache-health.ts";
import { createHealth } from "./src/http/health.ts";
import { openLog } from "./src/http/log.ts";
import type { LogFile } from "./src/http/log.ts";
import { docsRoute } from "./src/http/openapi.ts";
import type { Route } from "./src/http/route.ts";
import { screenRoutes } from "./src/http/screens.ts";
import { createHttpServer } from "./src/http/server.ts";
import { openCityFiles } from "./src/map/city-files.ts";
import { mapRoutes } from "./src/map/routes.ts";
import { Archive } from "./src/telemetry/archive.ts";
import type { TelemetryTables } from "./src/telemetry/tables.ts";
import { telemetryRoutes } from "./src/telemetry/routes.ts";
import { Telemetry } from "./src/telemetry/telemetry.ts";
import { MatchThread } from "./src/traffic/match-thread.ts";
import { trafficRoutes } from "./src/traffic/routes.ts";
import type { TrafficTables } from "./src/traffic/tables.ts";
import { Traffic } from "./src/traffic/traffic.ts";
import type { VehicleTables } from "./src/vehicles/tables.ts";
import { vehicleRoutes } from "./src/vehicles/routes.ts";
import { Vehicles } from "./src/vehicles/vehicles.ts";

interface Running {
  readonly account: string;
  readonly isFirstStart: boolean;
  readonly adoptedDatabase: boolean;
  readonly stop: () => Promise<void>;
}

/** One JSON line for the supervisor. */
function say(line: Readonly<Record<string, unknown>>): void {
  process.stdout.write(`${JSON.stringify(line)}\n`);
}

/** Builds every part, in the order in which they need each other; what was started is stopped again when a later one cannot start. */
async function start(settings: CloudSettings, log: LogFile): Promise<Running> {
  const undo: (() => Promise<void> | void)[] = [];
  const stop = async () => {
    for (const step of undo.splice(0).toReversed()) await step();
  };
  try {
    return { ...(await compose(settings, log, (step) => undo.push(step))), stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function compose(settings: CloudSettings, log: LogFile, undo: (step: () => Promise<void> | void) => void) {
  const clock = { now: () => Date.now() };
  const startedAt = clock.now();
  const origin = originOf(settings);
  const city = await openCityFiles(settings.map);
  undo(() => city.close());
  const database = await openDatabase({
    data: settings.data,
    databaseUrl: settings.databaseUrl,
    onConnectionLost: (error) => log.info("database connection lost", { error }),
    onServerChange: (change) =>
      change === "lost" ? log.warn("the database died; starting it again") : log.warn("the database runs again"),
  });
  undo(() => database.stop());
  const { applied } = await migrate(database.pool, await readMigrations());
  if (applied.length > 0) log.info("database brought up to date", { applied });

  const authority = await openAuthority({ folder: join(settings.data, "authority"), clock });
  const retention = { days: settings.limits?.telemetryDays, bytes: settings.limits?.telemetryBytes };
  const history = database.tables<TelemetryTables>();
  const archive = new Archive({ db: history, pool: database.pool, folder: join(settings.data, "history"), clock, log });
  const telemetry = new Telemetry({ db: history, clock, log, retention, archive });
  const vehicles = new Vehicles({
    db: database.tables<VehicleTables>(),
    authority,
    twin: telemetry.twin,
    clock,
    log,
    mqtt: () => `mqtts://${new URL(origin).hostname}:${settings.mqttPort}`,
  });
  vehicles.onChange(() => telemetry.live.factsChanged());
  vehicles.presence.listen((vehicle, online, at) => telemetry.live.presence(vehicle, online, at));
  await telemetry.start();
  undo(() => telemetry.stop());
  await vehicles.start();
  undo(() => vehicles.stop());

  const auth = createAuth({
    db: database.tables<unknown>(),
    secret: readSecret(settings.data, "session"),
    origin,
    log: (level, message) => log[level](`accounts: ${message}`),
  });
  const accounts = new Accounts({
    auth,
    store: new AccountStore(database.tables<AccountTables>()),
    supervisorSecret: readSecret(settings.data, "supervisor"),
    origin,
    now: clock.now,
  });
  const first = await accounts.first();

  const campaigns = new Campaigns({ db: database.tables<CampaignTables>(), authority, clock, log });
  await campaigns.start();
  const broker = new Broker({
    authority,
    host: settings.host,
    port: settings.mqttPort,
    names: [...new Set(["localhost", "127.0.0.1", "::1", hostname(), new URL(origin).hostname])],
    vehicles,
    telemetry,
    campaigns,
    clock,
    log,
  });
  const traffic = new Traffic({
    db: database.tables<TrafficTables>(),
    matching: new MatchThread({ map: settings.map }),
    publish: (topic, message) => broker.tellAll(topic, message),
    clock,
    log,
  });
  telemetry.ingest.listen((vehicle, samples) => traffic.hear(vehicle, samples));
  const health = createHealth({
    version: settings.version,
    open: settings.publicUrl === undefined && isLoopback(settings.host),
    startedAt,
    now: clock.now,
    sections: {
      database: async () => {
        const { rows } = await database.pool.query("select pg_database_size(current_database())::float8 as bytes");
        return { embedded: database.embedded, connections: database.pool.totalCount, ...rows[0] };
      },
      telemetry: () => telemetry.health(),
      broker: async () => broker.health(),
      traffic: () => traffic.health(),
      log: async () => log.size(),
      caches: () => cacheHealth(settings.caches ?? []),
    },
  });
  undo(() => health.stop());
  const routes: readonly Route[] = [
    ...accountRoutes({
      accounts,
      limit: new SignInLimit(),
      async giveVehicle(vehicle, account) {
        if ((await vehicles.find(vehicle, { kind: "all" })) === undefined) return false;
        await vehicles.giveTo(vehicle, account);
        return true;
      },
    }),
    ...vehicleRoutes({ vehicles, hasAccount: (account) => accounts.has(account) }),
    ...telemetryRoutes({ vehicles, telemetry }),
    ...campaignRoutes({ campaigns, vehicles }),
    ...mapRoutes(city),
    ...trafficRoutes({ traffic, now: clock.now }),
    ...screenRoutes(settings.screens),
    ...health.routes,
  ];
  const server = await createHttpServer({
    routes: [...routes, docsRoute(routes, settings.version)],
    recognise: (headers) => accounts.recognise(asHeaders(headers)),
    host: settings.host,
    publicUrl: settings.publicUrl,
    styleHashes: [pageStyleHash],
    log,
    liveReaders: settings.limits?.liveReaders ?? 500,
  });
  undo(() => server.stop());
  await broker.start();
  undo(() => broker.stop());
  await traffic.start();
  undo(() => traffic.stop());
  await server.listen(settings.port);
  return { account: first.account, isFirstStart: first.isNew, adoptedDatabase: database.adopted };
}

function writableLog(data: string): LogFile {
  try {
    return openLog({ folder: join(data, "logs"), name: "cloud", tell: (line) => process.stderr.write(`${line}\n`) });
  } catch (error) {
    throw new StartProblem(
      "unwritable-data",
      `The data folder ${data} cannot be written; choose another with --data.`,
      error,
    );
  }
}

async function main(): Promise<void> {
  let log: LogFile | undefined;
  try {
    const settings = readSettings(process.env["CARAVAN_CLOUD"]);
    log = writableLog(settings.data);
    const opened = log;
    const starting = start(settings, opened);
    let stopping = false;
    const finish = async (why: string) => {
      if (stopping) return;
      stopping = true;
      opened.info("stopping", { why });
      try {
        await (await starting).stop();
      } catch (error) {
        opened.error("stopping failed", { error });
      }
      opened.close();
      process.exit(0);
    };
    process.on("SIGTERM", () => void finish("SIGTERM"));
    process.on("SIGINT", () => void finish("SIGINT"));
    const { account, isFirstStart, adoptedDatabase } = await starting;
    opened.info("ready", { adoptedDatabase });
    say({ ready: true, origin: originOf(settings), account, isFirstStart, adoptedDatabase });
  } catch (error) {
    // The sentence goes to the person; what is behind it to the file.
    log?.info("cannot start", { error });
    const sentence =
      error instanceof StartProblem
        ? error.message
        : `The cloud met a fault while it started: ${error instanceof Error ? error.message : String(error)}`;
    say({ failed: sentence });
    process.exit(1);
  }
}

await main();
