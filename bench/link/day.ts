import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { standardCampaign } from "@caravan/link/campaigns";
import { catalogue, Store } from "@caravan/signals";
import type { Signal } from "@caravan/signals";
import { createUplink } from "../../apps/car/src/uplink/uplink.ts";
import { openLog } from "../../apps/car/src/vehicle/log.ts";
import { startTestCloud } from "../../apps/cloud/src/broker/test-cloud.ts";
import type { Database } from "../../apps/cloud/src/engines/database.ts";
import type { Row } from "../main.ts";
import { BadLine } from "./bad-line.ts";

const signals = { fast: 30, medium: 50, rare: 120 } as const;
const drivingSeconds = 90 * 60;
const heartbeatSeconds = 15 * 60;
const daySeconds = 86_400;
/** The car's MQTT keep-alive. */
const pingSeconds = 30;

/**
 * A day of one car, counted at the TCP socket with TLS: the car's real link to a real broker, an hour and a half of driving with 200 signals once a
 * second where they have changed, the rest of the day parked with a heartbeat. The clock runs fast; pings are measured once and counted for the day.
 */
export async function dayOnTheWire(database: Database, folder: string): Promise<readonly Row[]> {
  const cloud = await startTestCloud({ database, folder: join(folder, "authority") });
  const line = new BadLine(cloud.broker.port());
  const port = await line.start();
  const { code } = await cloud.vehicles.issueCode();
  const rules = [{ match: "Vehicle.*", everyMs: 1_000 }];
  const when = { kind: "time", refreshMs: heartbeatSeconds * 1_000 } as const;
  const { id: _id, revision: _revision, ...wish } = standardCampaign;
  await cloud.campaigns.revise("standard", { ...wish, rules, when }, "all");
  const start = Date.now() - daySeconds * 1_000;
  let second = 0;
  const clock = { now: () => start + second * 1_000 };
  const store = new Store({ catalogue, clock });
  const opened = openLog(folder, "day");
  const uplink = await createUplink({
    store,
    folder: join(folder, "car"),
    cloud: { url: cloud.url, mqtt: `mqtts://localhost:${port}` },
    enrolmentCode: code,
    car: { name: "Day", model: "Test", simulated: true },
    clock,
    random: Math.random,
    log: opened.log,
    monotonic: () => second * 1_000,
    uptime: () => second * 1_000,
  });
  await uplink.start();
  while (!uplink.isOnline()) await sleep(20);
  await sleep(500);
  const car = new Instruments(store);
  for (; second < drivingSeconds; second++) {
    car.drive(second);
    uplink.tick();
    await sleep(1);
  }
  await untilSent(uplink);
  const driving = line.bytes;
  for (; second < daySeconds; second += heartbeatSeconds) {
    uplink.tick();
    await untilSent(uplink);
  }
  const parked = line.bytes - driving;
  await uplink.stop();
  opened.close();
  await cloud.stop();
  line.stop();
  // A PINGREQ or PINGRESP is two bytes (MQTT 3.1.1, 3.12), a TLS 1.3 record of it 22 more; sent only where nothing else was.
  const pings = Math.floor((daySeconds - drivingSeconds) / pingSeconds) * 2 * (2 + 22);
  return [
    { name: "a day on the wire: driving, 200 signals on change", value: driving / 1e6, unit: "MB", better: "less" },
    { name: "a day on the wire: parked, with pings", value: (parked + pings) / 1e6, unit: "MB", better: "less" },
    {
      name: "a day of one car on the wire",
      value: (driving + parked + pings) / 1e6,
      unit: "MB",
      bar: 5,
      better: "less",
    },
  ];
}

async function untilSent(uplink: { waiting(): number }): Promise<void> {
  while (uplink.waiting() > 0) await sleep(20);
}

/** What 200 signals of a car show: some change each second, some now and then, most rarely. */
class Instruments {
  readonly #store: Store;
  readonly #fast: readonly Signal[];
  readonly #medium: readonly Signal[];
  readonly #rare: readonly Signal[];

  constructor(store: Store) {
    this.#store = store;
    const numbers = catalogue.signals.filter(
      ({ datatype, kind, allowed, max, min }) =>
        kind === "sensor" && datatype === "float" && allowed === undefined && (max ?? 1e9) >= 100 && (min ?? 0) <= 0,
    );
    const switches = catalogue.signals.filter(({ datatype }) => datatype === "boolean");
    this.#fast = numbers.slice(0, signals.fast);
    this.#medium = numbers.slice(signals.fast, signals.fast + signals.medium);
    this.#rare = switches.slice(
      0,
      signals.fast + signals.medium + signals.rare - this.#fast.length - this.#medium.length,
    );
  }

  drive(second: number): void {
    const speed = speedAt(second % 1_800);
    const from = { source: "bench" };
    // To a hundredth, as a car's own bus has it; each a little different, so that none packs better than in a car.
    for (const [index, signal] of this.#fast.entries()) {
      const value = speed * (0.5 + index / 60) + (speed > 0 ? Math.sin(second * (index + 1)) : 0);
      this.#store.setByPath(signal.path, Math.max(0, Math.round(Math.min(value, 99) * 100) / 100), from);
    }
    for (const [index, signal] of this.#medium.entries()) {
      if ((second + index) % 10 === 0)
        this.#store.setByPath(signal.path, Math.round(40 + 30 * Math.sin(second / 300 + index)), from);
    }
    for (const [index, signal] of this.#rare.entries()) {
      if ((second + index * 7) % 300 === 0) this.#store.setByPath(signal.path, (second + index) % 600 < 300, from);
    }
  }
}

/** The four phases of WLTC class 3 by their lengths and top speeds (UN GTR 15, annex 1), in km/h: hills of speed with a stop between them. */
const phases = [
  { seconds: 589, top: 56.5, hills: 8 },
  { seconds: 433, top: 76.6, hills: 4 },
  { seconds: 455, top: 97.4, hills: 3 },
  { seconds: 323, top: 131.3, hills: 2 },
] as const;

function speedAt(second: number): number {
  let since = second;
  for (const { seconds, top, hills } of phases) {
    if (since < seconds) {
      const hill = ((since / seconds) * hills) % 1;
      return Math.max(0, Math.sin(Math.PI * (hill * 1.15 - 0.07)) * top);
    }
    since -= seconds;
  }
  return 0;
}
