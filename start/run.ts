import { existsSync, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { Type } from "typebox";
import { Value } from "typebox/value";
import type { StartOptions } from "./arguments.ts";
import { prepareCityInChild } from "./city.ts";
import { mostCities } from "./city-shelf.ts";
import { CloudApi } from "./cloud-api.ts";
import type { Lock } from "./lock.ts";
import type { ProcessMark } from "./processes.ts";
import { checkPorts } from "./ports.ts";
import { Problem } from "./problem.ts";
import type { Progress } from "./progress.ts";
import { buildScreens, buildsKept, findScreens } from "./screens.ts";
import { Supervisor } from "./supervisor.ts";

export interface RunParts {
  readonly root: string;
  readonly version: string;
  readonly options: StartOptions;
  readonly lock: Lock;
  readonly progress: Progress;
  /** Ends everything that is still being prepared. */
  readonly signal: AbortSignal;
}

export interface RunningCaravan {
  readonly cloud?: { readonly origin: string; readonly signIn?: string };
  /** Addresses of the cockpits. */
  readonly cars: readonly string[];
  readonly stop: () => Promise<void>;
}

const CloudReady = Type.Object({
  account: Type.String(),
  isFirstStart: Type.Boolean(),
  adoptedDatabase: Type.Boolean(),
  origin: Type.String(),
});

/** Starts all parts, side by side where they do not need each other, and gives what runs. Stops what was started when a part fails. */
export async function run(given: RunParts): Promise<RunningCaravan> {
  const { root, options, lock, progress } = given;
  const failing = new AbortController();
  const parts = { ...given, signal: AbortSignal.any([given.signal, failing.signal]) };
  let built: Promise<unknown> = Promise.resolve();
  let children: readonly ProcessMark[] = [];
  let cloud: string | undefined;
  const note = () => lock.note({ children, cloud });
  const supervisor = new Supervisor({
    root,
    tell: (line) => progress.say(line),
    changed: (now) => {
      children = now;
      note();
    },
  });
  const compose = async (): Promise<RunningCaravan> => {
    await checkPorts(options);
    boundStrippedCode(options.data);
    const screens = findScreens({ root, data: options.data });
    if (screens.isBuilt) progress.done("screens", "ready");
    else built = settle(build(parts, screens.folder));
    const map = await prepareMap(parts);
    const started =
      options.only === "car" ? undefined : await startCloud(parts, supervisor, { map, screens: screens.folder });
    cloud = started?.local;
    note();
    const cars =
      options.only === "cloud"
        ? []
        : await startCars(parts, supervisor, { map, screens: screens.folder, cloud: started });
    if (cars.length > 0) progress.done("car", cars.length === 1 ? "driving" : `${cars.length} driving`);
    const failed = await built;
    if (failed !== undefined) throw failed;
    const signIn = started?.isFirstStart === true ? (await started.api.signInLink({})).url : undefined;
    return {
      ...(started === undefined
        ? {}
        : { cloud: { origin: started.origin, ...(signIn === undefined ? {} : { signIn }) } }),
      cars,
      stop: () => supervisor.stop(),
    };
  };
  const stopped = Promise.withResolvers<never>();
  const giveUp = () => stopped.reject(new Problem("Stopped."));
  given.signal.addEventListener("abort", giveUp);
  try {
    return await Promise.race([compose(), stopped.promise]);
  } catch (error) {
    failing.abort();
    await Promise.all([supervisor.stop(), built]);
    throw error;
  } finally {
    given.signal.removeEventListener("abort", giveUp);
  }
}

async function build({ root, progress, signal }: RunParts, folder: string): Promise<void> {
  progress.doing("screens", "building");
  await buildScreens({ root, folder, signal });
  progress.done("screens", "built");
}

async function prepareMap({ options, progress, signal }: RunParts): Promise<string> {
  progress.doing("map", "reading");
  const { folder, drawn } = await prepareCityInChild({
    data: options.data,
    ...(options.map === undefined ? {} : { map: options.map }),
    onProgress: (fraction, what) => progress.doing("map", what, fraction),
    signal,
  });
  progress.done("map", "ready");
  drawn.catch((error: unknown) => {
    if (!signal.aborted)
      progress.say(`The map could not be drawn: ${error instanceof Error ? error.message : "unknown"}`);
  });
  return folder;
}

/** A failure kept as a value until somebody has time for it. */
async function settle(task: Promise<void>): Promise<unknown> {
  try {
    await task;
    return undefined;
  } catch (error) {
    return error;
  }
}

interface StartedCloud {
  readonly api: CloudApi;
  readonly account: string;
  readonly isFirstStart: boolean;
  /** For browsers. */
  readonly origin: string;
  /** For this machine. */
  readonly local: string;
}

async function startCloud(
  parts: RunParts,
  supervisor: Supervisor,
  needs: { map: string; screens: string },
): Promise<StartedCloud> {
  const { root, version, options, progress } = parts;
  const { host, port, data, publicUrl, databaseUrl } = options;
  progress.doing("cloud", databaseUrl === undefined ? "starting, with its database" : "starting");
  const settings = {
    host,
    port,
    mqttPort: port + 803,
    data,
    map: needs.map,
    screens: needs.screens,
    version,
    caches: [
      { name: "cities", folder: join(data, "maps"), most: mostCities },
      { name: "screens", folder: join(data, "screens"), most: buildsKept },
    ],
    ...(publicUrl === undefined ? {} : { publicUrl }),
    ...(databaseUrl === undefined ? {} : { databaseUrl }),
  };
  const said = await supervisor.start({
    name: "cloud",
    script: join(root, "apps", "cloud", "main.ts"),
    environment: { CARAVAN_CLOUD: JSON.stringify(settings), ...strippedCode(data) },
  });
  if (!Value.Check(CloudReady, said)) throw new Problem("The cloud did not say what it serves.");
  progress.done("cloud", said.adoptedDatabase ? "ready, with the database that was left running" : "ready");
  const local = `http://${localName(host)}:${port}`;
  return {
    api: new CloudApi(local, data),
    account: said.account,
    isFirstStart: said.isFirstStart,
    origin: said.origin,
    local,
  };
}

async function startCars(
  parts: RunParts,
  supervisor: Supervisor,
  needs: { readonly map: string; readonly screens: string; readonly cloud: StartedCloud | undefined },
): Promise<readonly string[]> {
  const { root, version, options, progress } = parts;
  progress.doing("car", options.cars === 1 ? "starting" : `starting ${options.cars}`);
  const { cloud } = needs;
  const uplink =
    cloud !== undefined
      ? { url: cloud.local, mqtt: `mqtts://${localName(options.host)}:${options.port + 803}` }
      : options.cloudUrl === undefined
        ? undefined
        : { url: options.cloudUrl };
  const codes = cloud === undefined ? [options.enrol ?? []].flat() : await cloud.api.codes(cloud.account, options.cars);
  const launch = (name: string, first: number, count: number) => {
    const settings = {
      first,
      count,
      host: options.host,
      port: options.port + 10 + first - 1,
      data: options.data,
      map: needs.map,
      version,
      screens: needs.screens,
      seed: 1,
      ...(uplink === undefined ? {} : { cloud: uplink }),
      ...(codes.length === 0 ? {} : { enrolment: codes.slice(first - 1, first - 1 + count) }),
      ...(options.replay === undefined || first !== 1 ? {} : { replay: options.replay }),
      ...(options.translation === undefined || first !== 1 ? {} : { translation: options.translation }),
      ...(options.can === undefined || first !== 1 ? {} : { can: options.can }),
      ...(options.canBitrate === undefined || first !== 1 ? {} : { canBitrate: options.canBitrate }),
      ...(options.obd === undefined || first !== 1 ? {} : { obd: options.obd }),
      ...(options.gps === undefined || first !== 1 ? {} : { gps: options.gps }),
      ...(options.at === undefined ? {} : { at: options.at.slice(first - 1, first - 1 + count) }),
    };
    return supervisor.start({
      name,
      script: join(root, "apps", "car", "main.ts"),
      // A car allocates little: the usual room for young objects, and an arena of glibc's for each thread, would cost it 20 MB each.
      environment: { CARAVAN_CAR: JSON.stringify(settings), ...strippedCode(options.data), ...thriftyMemory },
      flags: carFlags(count),
    });
  };
  // The first car has a process of its own, so that its screen stays quick beside a fleet.
  await Promise.all([launch("car", 1, 1), ...(options.cars > 1 ? [launch("fleet", 2, options.cars - 1)] : [])]);
  return Array.from(
    { length: options.cars },
    (_, index) => `http://${localName(options.host)}:${options.port + 10 + index}`,
  );
}

/** For Node. One car computes next to nothing, so its code may be small rather than fast. */
export const carFlags = (cars: number): readonly string[] => [
  "--max-semi-space-size=4",
  ...(cars === 1 ? ["--optimize-for-size"] : []),
];

/** For glibc: one arena for all threads, and what is as big as an answer about a route goes back to the system when it is freed. */
export const thriftyMemory = {
  MALLOC_ARENA_MAX: "1",
  MALLOC_MMAP_THRESHOLD_: "8192",
  MALLOC_TRIM_THRESHOLD_: "65536",
} as const;

/** Code without its types is kept between starts: a child is up half a second sooner and 20 MB smaller. */
export function strippedCode(data: string): Readonly<Record<string, string>> {
  return { CARAVAN_STRIPPED: join(data, "cache", "code") };
}

const mostStrippedFiles = 5_000;

/** Sources change with each update. */
function boundStrippedCode(data: string): void {
  const folder = join(data, "cache", "code");
  if (!existsSync(folder)) return;
  const files = readdirSync(folder, { recursive: true });
  if (files.length > mostStrippedFiles) rmSync(folder, { recursive: true, force: true });
}

/** How this machine reaches what listens on `host`. */
function localName(host: string): string {
  if (["0.0.0.0", "::", "127.0.0.1", "::1"].includes(host)) return "localhost";
  return host.includes(":") ? `[${host}]` : host;
}
