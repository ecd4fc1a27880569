import { createServer } from "node:net";
import type { Server } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { catalogue, Store, Vehicle } from "@caravan/signals";
import fc from "fast-check";
import { expect, test } from "vitest";

import { openerOf } from "../byte-link/open.ts";
import { linesOf } from "../byte-link/lines.ts";
import type { Driver, DriverClock } from "../driver.ts";
import { Sources } from "../sources/sources.ts";
import { Supervisor } from "../supervision/supervisor.ts";
import { createGpsdDriver } from "./gpsd-driver.ts";
import { createNmeaDriver } from "./nmea-driver.ts";
import type { ReceiverDriverParts } from "./receiver-driver.ts";

const { CurrentLocation } = Vehicle;
const clock: DriverClock = {
  now: () => Date.now(),
  sleep: (ms, signal) => sleep(ms, undefined, { signal }).catch(() => undefined),
};

/** A receiver on a TCP port of this machine that says `lines` to whoever comes, after `greeting` where it waits for one. */
async function receiver(lines: readonly string[], greeting?: RegExp): Promise<{ server: Server; port: number }> {
  const server = createServer((socket) => {
    const say = (): void => void socket.write(lines.map((line) => `${line}\r\n`).join(""));
    if (greeting === undefined) say();
    else socket.on("data", (data) => greeting.test(data.toString()) && say());
    socket.on("error", () => undefined);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  return { server, port: typeof address === "object" && address !== null ? address.port : 0 };
}

async function heard(
  create: (parts: ReceiverDriverParts) => Driver,
  lines: readonly string[],
  until: (store: Store) => boolean,
  greeting?: RegExp,
) {
  const { server, port } = await receiver(lines, greeting);
  const store = new Store({ catalogue, clock });
  const supervisor = new Supervisor({ sources: new Sources({ store, clock }), clock });
  supervisor.start(create({ name: "gps", open: openerOf({ kind: "tcp", host: "127.0.0.1", port }) }));
  while (!until(store)) await sleep(2);
  const health = supervisor.health()[0];
  await supervisor.stop();
  server.close();
  return { store, health };
}

const withSum = (text: string): string => {
  let sum = 0;
  for (const letter of text) sum ^= letter.charCodeAt(0);
  return `$${text}*${sum.toString(16).toUpperCase().padStart(2, "0")}`;
};

test("a receiver that speaks NMEA is the car's position, and broken lines are counted", async () => {
  const { store, health } = await heard(
    createNmeaDriver,
    [
      withSum("GPGSA,A,3,04,05,,09,12,,,24,,,,,2.5,1.3,2.1"),
      withSum("GPRMC,123519,A,5742.1234,N,01158.5678,E,022.4,084.4,230394,,"),
      "$GPRMC,123519,A,0000.0000,N,00000.0000,E,022.4,084.4,230394,,*00",
      "garbage",
      withSum("GPGGA,123520,5742.1234,N,01158.5678,E,1,08,0.9,545.4,M,46.9,M,,"),
    ],
    (now) => now.value(CurrentLocation.Altitude) !== undefined,
  );
  expect(store.value(CurrentLocation.Latitude)).toBeCloseTo(57.702057, 6);
  expect(store.value(CurrentLocation.Longitude)).toBeCloseTo(11.97613, 6);
  expect(store.value(CurrentLocation.Heading)).toBeCloseTo(84.4, 6);
  expect(store.value(Vehicle.Speed)).toBeCloseTo(22.4 * 1.852, 3);
  expect(store.value(CurrentLocation.GNSSReceiver.FixType)).toBe("THREE_D");
  expect(health?.figures).toEqual([
    { name: "Lines", value: 5 },
    { name: "Lines that make no sense", value: 2 },
  ]);
});

test("gpsd is asked to watch, and its fixes are the car's position", async () => {
  const { store, health } = await heard(
    createGpsdDriver,
    [
      '{"class":"VERSION","release":"3.25","rev":"3.25","proto_major":3,"proto_minor":15}',
      '{"class":"TPV","device":"/dev/ttyACM0","mode":3,"time":"2026-01-01T10:00:00.000Z","lat":57.7,"lon":11.97,"altMSL":12.5,"track":90.5,"speed":10.0,"eph":3.2,"epv":5.1}',
      '{"class":"TPV","mode":3,"lat":95,"lon":11}',
      "{broken",
      '{"class":"SKY","satellites":[]}',
    ],
    (now) => now.value(CurrentLocation.Latitude) !== undefined,
    /\?WATCH=.*"json":true/,
  );
  expect(store.value(Vehicle.Speed)).toBeCloseTo(36, 6);
  expect(store.value(CurrentLocation.Heading)).toBeCloseTo(90.5, 6);
  expect(store.value(CurrentLocation.HorizontalAccuracy)).toBeCloseTo(3.2, 6);
  expect(store.value(CurrentLocation.GNSSReceiver.FixType)).toBe("THREE_D");
  expect(health?.state).toBe("running");
});

test("a receiver without a fix says so, and its position is not made up", async () => {
  const { store } = await heard(
    createGpsdDriver,
    ['{"class":"TPV","mode":1}'],
    (now) => now.value(CurrentLocation.GNSSReceiver.FixType) !== undefined,
    /WATCH/,
  );
  expect(store.value(CurrentLocation.GNSSReceiver.FixType)).toBe("NONE");
  expect(store.value(CurrentLocation.Latitude)).toBeUndefined();
});

test("lines come whole whatever the pieces, and one that never ends is left out", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.stringMatching(/^[a-z]{0,20}$/)),
      fc.integer({ min: 1, max: 9 }),
      async (lines, piece) => {
        const bytes = new TextEncoder().encode(lines.map((line) => `${line}\n`).join(""));
        async function* pieces() {
          for (let at = 0; at < bytes.length; at += piece) yield await Promise.resolve(bytes.subarray(at, at + piece));
        }
        const found: string[] = [];
        for await (const line of linesOf(pieces(), 10)) found.push(line);
        expect(found).toEqual(lines.filter(({ length }) => length <= 10));
      },
    ),
  );
});
