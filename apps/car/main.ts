import { randomUUID } from "node:crypto";
import { fstatSync } from "node:fs";
import { hostname } from "node:os";
import { join } from "node:path";

import { openCity } from "@caravan/roads";
import { Vehicle } from "@caravan/signals";
import { createTraffic } from "@caravan/world";
import type { Traffic } from "@caravan/world";

import { judge } from "./src/health/health.ts";
import { LoopDelay } from "./src/health/loop-delay.ts";
import { chargersOf } from "./src/journey/map/chargers.ts";
import { WorkerThread } from "./src/journey/map/worker-thread.ts";
import { languageOf } from "./src/people/language.ts";
import { Access } from "./src/serve/access/access.ts";
import { readAccessKey } from "./src/serve/access/key-files.ts";
import { CarServer } from "./src/serve/car-server.ts";
import { openCityFiles } from "./src/serve/city-files.ts";
import { Kuksa } from "./src/serve/kuksa/kuksa.ts";
import { openKuksa } from "./src/serve/open-kuksa.ts";
import type { OpenKuksa } from "./src/serve/open-kuksa.ts";
import { openMqtt } from "./src/serve/open-mqtt.ts";
import { readServeSettings } from "./src/serve/serve-settings.ts";
import { SignalStream } from "./src/serve/stream/stream.ts";
import { streamTiming } from "./src/serve/stream/websocket.ts";
import { realScheduler } from "./src/serve/viss/scheduler.ts";
import { Viss } from "./src/serve/viss/viss.ts";
import { RoutingDoor } from "./src/serve/routing.ts";
import { findProgram, Voice } from "./src/serve/voice.ts";
import { createUplink } from "./src/uplink/uplink.ts";
import { beatAt, stepMs } from "./src/vehicle/beat.ts";
import { Car } from "./src/vehicle/car.ts";
import { readCityExtras, readCityFile } from "./src/vehicle/city.ts";
import { openCarDatabase } from "./src/vehicle/database.ts";
import { failureSentence } from "./src/vehicle/failure.ts";
import { makeFolder } from "./src/vehicle/folder.ts";
import { Hindrances } from "./src/vehicle/hindrances.ts";
import { openLog } from "./src/vehicle/log.ts";
import type { OpenLog } from "./src/vehicle/log.ts";
import type { Log } from "./src/vehicle/log.ts";
import { feedOf } from "./src/vehicle/feed-of.ts";
import { readSettings } from "./src/vehicle/settings.ts";
import type { CarSettings } from "./src/vehicle/settings.ts";
import { isLoopback } from "./src/vehicle/standing.ts";
import { TrafficNews } from "./src/vehicle/traffic-news.ts";

/** Bytes of memory beyond which the health page says that something is wrong: 200 MB for one car, a little for each more. */
const memoryBound = (cars: number): number => (200 + 10 * (cars - 1)) * 1e6;
const measureEveryMs = 5_000;
const lookEveryMs = 1_000;

/** Tells the supervisor, which reads one JSON line for each event. */
function tell(line: Record<string, unknown>): void {
  process.stdout.write(`${JSON.stringify(line)}\n`);
}

interface Running {
  readonly ports: readonly number[];
  stop(): Promise<void>;
}

/** Starts all cars of this process over one map; whatever was started is stopped again when one of them cannot start. */
async function start(settings: CarSettings, opened: OpenLog): Promise<Running> {
  const { log } = opened;
  const undo: (() => Promise<void> | void)[] = [];
  const stop = async (): Promise<void> => {
    for (const each of undo.toReversed()) await each();
    undo.length = 0;
  };
  try {
    const clock = { now: () => Date.now() };
    const cityBytes = await readCityFile(settings.map);
    const city = openCity(cityBytes);
    const files = await openCityFiles(settings.map, city);
    undo.push(() => files.close());
    const extras = await readCityExtras(settings.map);
    const chargers = chargersOf(city, extras.chargers);
    const map = new WorkerThread({ data: { city: cityBytes, ...extras }, clock });
    undo.push(() => map.stop());
    const news = new TrafficNews({ hear: (picture) => map.hear(picture) });
    const traffic = createTraffic({ city, seed: settings.seed + settings.first });
    const hindrances = new Hindrances({ file: join(settings.data, "cars", "hindrances.json"), clock, log });
    const voice = new Voice({ program: findProgram("espeak-ng", process.env["PATH"]) });
    undo.push(() => voice.stop());
    const loopDelay = new LoopDelay();
    loopDelay.start();
    undo.push(() => loopDelay.stop());

    const warn = (number: number, why: string): void => {
      log.warn({ car: number }, why);
      // Lines that are no JSON are for whoever started this.
      process.stdout.write(`${settings.count > 1 ? `${number}: ` : ""}${why}\n`);
    };
    const cars: Car[] = [];
    const ports: number[] = [];
    for (let i = 0; i < settings.count; i++) {
      const number = settings.first + i;
      const port = settings.port + i;
      const folder = join(settings.data, "cars", String(number));
      makeFolder(folder, 0o700);
      const database = openCarDatabase(join(folder, "car.sqlite"));
      undo.push(() => database.close());
      const car = new Car({
        number,
        version: settings.version,
        seed: settings.seed + 7_919 * number,
        at: settings.at?.[i],
        database,
        city,
        map,
        traffic,
        chargers,
        hindrances,
        clock,
        newId: randomUUID,
        log,
        language: languageOf(process.env),
        listensBeyondMachine: !isLoopback(settings.host),
        feed: number === 1 ? await feedOf(settings, clock, log) : undefined,
        link: (store, facts, feed) =>
          createUplink({
            store,
            folder,
            cloud: settings.cloud,
            enrolmentCode: settings.enrolment?.[i],
            car: facts,
            feed,
            clock,
            random: Math.random,
            log,
            // All cars of the process share one map, and the cloud tells them all the same.
            onTraffic: i === 0 ? (message) => news.fromCloud(message) : undefined,
            // Lines that are no JSON are for whoever started this.
            needsHelp: (why) => process.stdout.write(`${settings.count > 1 ? `${number}: ` : ""}${why}\n`),
          }),
      });
      undo.push(() => car.stop());
      const served = readServeSettings(folder);
      const access = new Access({
        catalogue: car.store.catalogue,
        clock,
        key: readAccessKey(folder),
        vin: () => car.store.value(Vehicle.VehicleIdentification.VIN),
      });
      const viss = new Viss({
        store: car.store,
        access,
        clock,
        scheduler: realScheduler,
        actuate: (path, value, asker) => car.gate.actuate(path, value, asker),
        report: (error) => log.error({ car: number, error }, "a VISS request failed"),
      });
      let kuksa: OpenKuksa | undefined;
      const server = new CarServer({
        host: settings.host,
        port,
        ownNames: isLoopback(settings.host) ? [] : [hostname().toLowerCase(), `${hostname().toLowerCase()}.local`],
        title: `Car ${number}`,
        files,
        screens: settings.screens === undefined ? undefined : join(settings.screens, "cockpit"),
        health: () =>
          judge(settings.version, clock.now(), [
            {
              name: "Memory of the process",
              value: process.memoryUsage.rss(),
              unit: "bytes",
              bound: memoryBound(settings.count),
            },
            { name: "Cars in this process", value: settings.count },
            { name: "Delay of the process's own tasks (p99)", value: loopDelay.last(), unit: "ms", bound: 100 },
            { name: "Log", value: opened.size().bytes, unit: "bytes", bound: opened.size().bound },
            { name: "Map", value: `${city.name}, version ${city.version.slice(0, 12)}` },
            { name: "Programs on VISS", value: viss.connections, bound: 32 },
            { name: "Streams on gRPC", value: kuksa?.streams() ?? "shut", bound: 256 },
            ...car.health(),
          ]),
        sources: () => ({ at: clock.now(), signals: car.sources() }),
        onScreen: (socket) => car.screens.add(socket),
        viss,
        stream: new SignalStream({ store: car.store, clock, timing: streamTiming }),
        access,
        voice,
        routing: new RoutingDoor({
          ask: (address) => map.ask({ kind: "osrm", address }, { urgency: "others" }),
          giveBack: (body) => map.giveBack(body),
          onFault: (error) => log.error({ car: number, error }, "a routing request failed"),
        }),
        tls: served.tls,
        listensBeyondMachine: !isLoopback(settings.host),
        onFault: (error) => log.error({ car: number, error }, "a request failed"),
      });
      // The port first: a car whose port is taken must not touch its place in the world.
      await server.start();
      undo.push(() => server.stop());
      await car.start();
      const report = (error: unknown): void => log.error({ car: number, error }, "a gRPC request failed");
      const grpc = await openKuksa({
        kuksa: new Kuksa({
          store: car.store,
          clock,
          scheduler: realScheduler,
          access,
          gate: car.gate,
          providers: car.providers,
          version: settings.version,
          report,
        }),
        access,
        served,
        number,
        report,
      });
      if (typeof grpc === "string") warn(number, grpc);
      else if (grpc !== undefined) {
        kuksa = grpc;
        undo.push(() => grpc.stop());
      }
      const mqtt = openMqtt({
        viss,
        access,
        served,
        folder,
        report: (error) => log.warn({ car: number, error }, "the MQTT broker cannot be used"),
      });
      if (typeof mqtt === "string") warn(number, mqtt);
      else if (mqtt !== undefined) undo.push(() => mqtt.stop());
      cars.push(car);
      ports.push(port);
    }
    const world = (seconds: number): void => traffic.step(seconds, clock.now());
    undo.push(beat(cars, world, log), measure(cars, loopDelay), watch(hindrances, traffic, news, log));
    return { ports, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** Steps the world around the cars and all cars in real time, until the answer is called. */
function beat(cars: readonly Car[], world: (seconds: number) => void, log: Log): () => void {
  let state = { until: performance.now() };
  let timer: NodeJS.Timeout | undefined;
  const tick = (): void => {
    const due = beatAt(state, performance.now());
    state = due.beat;
    if (due.steps > 0) {
      const seconds = (due.steps * stepMs) / 1_000;
      for (const step of [() => world(seconds), ...cars.map((car) => () => car.step(due.steps))]) {
        try {
          step();
        } catch (error) {
          log.error({ error }, "a step of a car failed");
        }
      }
    }
    timer = setTimeout(tick, Math.max(1, state.until + stepMs - performance.now()));
  };
  tick();
  return () => clearTimeout(timer);
}

/** Looks at what holds up the simulated traffic, whichever process of this machine has written it. */
function watch(hindrances: Hindrances, traffic: Traffic, news: TrafficNews, log: Log): () => void {
  const timer = setInterval(() => {
    hindrances
      .look()
      .then((isNew) => {
        if (!isNew) return;
        traffic.hinder(hindrances.list());
        news.fromRoads(hindrances.list());
      })
      .catch((error: unknown) => log.error({ error }, "the hindrances of the simulated traffic cannot be read"));
  }, lookEveryMs);
  return () => clearInterval(timer);
}

function measure(cars: readonly Car[], loopDelay: LoopDelay): () => void {
  const timer = setInterval(() => {
    const delay = loopDelay.read();
    const memory = process.memoryUsage.rss();
    for (const car of cars) car.measured(delay, memory);
  }, measureEveryMs);
  return () => clearInterval(timer);
}

/** Calls back once when the supervisor asks this process to stop, or is gone. */
function whenToldToStop(callback: (why: string) => void): void {
  process.once("SIGTERM", () => callback("SIGTERM"));
  process.once("SIGINT", () => callback("SIGINT"));
  const input = fstatSync(0, { throwIfNoEntry: false });
  // Only a pipe ends when whoever holds its other end dies; a terminal or /dev/null says nothing about a parent.
  if (input !== undefined && (input.isFIFO() || input.isSocket())) {
    process.stdin.once("end", () => callback("the supervisor is gone"));
    process.stdin.once("error", () => callback("the supervisor is gone"));
    process.stdin.resume();
  }
}

async function main(): Promise<void> {
  const outcome = readSettings(process.env["CARAVAN_CAR"]);
  if (outcome.kind === "failed") {
    tell({ failed: outcome.why });
    process.exitCode = 1;
    return;
  }
  const { settings } = outcome;
  let closeLog = (): void => undefined;
  try {
    makeFolder(settings.data);
    const opened = openLog(settings.data, settings.first === 1 ? "car" : `cars-${settings.first}`);
    const { log } = opened;
    closeLog = () => opened.close();
    const running = await start(settings, opened);
    let isStopping = false;
    whenToldToStop((why) => {
      if (isStopping) return;
      isStopping = true;
      log.info({ why }, "stopping");
      running
        .stop()
        .catch((error: unknown) => log.error({ error }, "stopping failed"))
        .finally(() => {
          opened.close();
          process.exit(0);
        });
    });
    log.info({ cars: settings.count, ports: running.ports }, "ready");
    tell({ ready: true, ports: running.ports });
  } catch (error) {
    tell({ failed: failureSentence(error, settings) });
    closeLog();
    process.exitCode = 1;
  }
}

await main();
