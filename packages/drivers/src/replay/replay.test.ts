import { createReadStream } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { Store, Vehicle, catalogue } from "@caravan/signals";
import { assert, asyncProperty, array, string } from "fast-check";
import { expect, test } from "vitest";
import { nmeaFields } from "../gps/nmea.ts";
import { openReplay } from "./replay.ts";
import type { ReplayParts } from "./replay.ts";

async function* linesOf(lines: readonly string[]): AsyncGenerator<string> {
  for (const line of lines) yield await Promise.resolve(line);
}

function replayOf(lines: AsyncIterable<string>, more: Partial<ReplayParts> = {}) {
  const clock = {
    at: 1_000,
    now: () => clock.at,
    sleep: async (ms: number) => {
      clock.at += ms;
      await Promise.resolve();
    },
  };
  const store = new Store({ catalogue, clock });
  const source = openReplay({ name: "drive.log", lines, store, clock, ...more });
  return { store, clock, source };
}

test("a Caravan recording plays in its own time and says that it is one", async () => {
  const { store, clock, source } = replayOf(
    linesOf([
      '{"recording":"caravan","version":1,"car":"any"}',
      '{"at":10,"path":"Vehicle.Speed","value":30}',
      '{"at":12.5,"path":"Vehicle.Cabin.Door.Row1.DriverSide.IsOpen","value":true}',
    ]),
  );
  expect(await source.start()).toEqual({
    kind: "finished",
    format: "caravan",
    played: 2,
    broken: 0,
    unknown: 0,
    seconds: 2.5,
  });
  expect(clock.at).toBe(3_500);
  expect(store.get(Vehicle.Speed)).toMatchObject({ value: 30, at: 1_000 });
  expect(store.value(Vehicle.Cabin.Door.Row1.DriverSide.IsOpen)).toBe(true);
});

test("readings are marked as replayed while the recording plays, and as stale when it is over", async () => {
  const during: unknown[] = [];
  const { store, clock, source } = replayOf(linesOf(["seconds,path,value", "0,Vehicle.Speed,1", "5,Vehicle.Speed,2"]));
  store.set(Vehicle.Exterior.AirTemperature, 20, { source: "test" });
  store.subscribe([Vehicle.Speed], () => during.push(store.get(Vehicle.Speed)?.quality));
  await source.start();
  expect(during).toEqual(["replayed", "replayed", "stale"]);
  expect(store.get(Vehicle.Speed)).toMatchObject({ value: 2, quality: "stale", at: clock.at });
  expect(store.get(Vehicle.Exterior.AirTemperature)?.quality).toBe("good");
});

test("what a log does not tell stays unknown", async () => {
  const { store, source } = replayOf(
    linesOf([withChecksum("$GPGGA,225447.00,4916.46000,N,12311.10000,W,1,08,0.9,,M,46.9,M,,*00")]),
  );
  expect(await source.start()).toMatchObject({ kind: "finished", played: 2 });
  const known = catalogue.signals.filter((signal) => store.get(signal) !== undefined).map(({ path }) => path);
  expect(known.toSorted()).toEqual(["Vehicle.CurrentLocation.Latitude", "Vehicle.CurrentLocation.Longitude"]);
});

test("twice the speed takes half the time", async () => {
  const { clock, source } = replayOf(linesOf(["seconds,path,value", "0,Vehicle.Speed,1", "8,Vehicle.Speed,2"]), {
    speed: 2,
  });
  await source.start();
  expect(clock.at).toBe(5_000);
});

test("a table with a time column and VSS paths plays; empty cells are no readings", async () => {
  const { store, source } = replayOf(
    linesOf([
      "time,Vehicle.Speed,note,Vehicle.Powertrain.Transmission.PerformanceMode",
      "0,10,hello,ECONOMY",
      '1,,"a, b",',
      "2026-01-01T00:00:00Z,20,,SPORT",
    ]),
  );
  expect(await source.start()).toMatchObject({ kind: "finished", format: "csv", played: 4, broken: 0 });
  expect(store.value(Vehicle.Speed)).toBe(20);
  expect(store.value(Vehicle.Powertrain.Transmission.PerformanceMode)).toBe("SPORT");
});

test("broken lines and unknown signals are left out, counted and told", async () => {
  const skipped: unknown[] = [];
  const { store, source } = replayOf(
    linesOf([
      "seconds,path,value",
      "0,Vehicle.Speed,1",
      "soon,Vehicle.Speed,2",
      "1,Vehicle.Speed",
      "2,Vehicle.NoSuchThing,3",
      "3,Vehicle.Speed,fast",
      "4,Vehicle.Speed,5",
    ]),
    { onSkipped: (line, why) => skipped.push([line, why]) },
  );
  expect(await source.start()).toMatchObject({ played: 2, broken: 3, unknown: 1 });
  expect(skipped).toEqual([
    [3, "broken"],
    [4, "broken"],
    [5, "unknown signal"],
    [6, "broken"],
  ]);
  expect(store.value(Vehicle.Speed)).toBe(5);
});

test("a file that is no recording gets one clear sentence", async () => {
  const { source } = replayOf(linesOf(["hello", "world"]));
  const outcome = await source.start();
  expect(outcome).toEqual({ kind: "unreadable", sentence: expect.stringMatching(/^drive\.log is no recording .*\.$/) });
});

test("an empty file is no recording either", async () => {
  expect((await replayOf(linesOf([])).source.start()).kind).toBe("unreadable");
});

test("a replay stops when told, in the middle of waiting", async () => {
  const clock = {
    now: () => 0,
    sleep: (_: number, signal: AbortSignal) =>
      new Promise<void>((resolve) => signal.addEventListener("abort", () => resolve(), { once: true })),
  };
  const { source } = replayOf(linesOf(["seconds,path,value", "0,Vehicle.Speed,1", "1000,Vehicle.Speed,2"]), { clock });
  const running = source.start();
  source.stop();
  expect((await running).kind).toBe("stopped");
});

test("GPS sentences become position, speed and heading", async () => {
  const { store, source } = replayOf(
    linesOf(
      [
        "$GPRMC,225446.00,A,4916.45000,N,12311.12000,W,040.5,054.7,191194,020.3,E*7D",
        "$GPGGA,225447.00,4916.46000,N,12311.10000,W,1,08,0.9,545.4,M,46.9,M,,*72",
        "$GPRMC,225448.00,A,4916.45000,N,12311.12000,W,040.5,054.7,191194,020.3,E*00",
      ].map((line, i) => (i === 2 ? line : withChecksum(line))),
    ),
  );
  expect(await source.start()).toMatchObject({ kind: "finished", format: "nmea", broken: 1, seconds: 1 });
  expect(store.value(Vehicle.CurrentLocation.Latitude)).toBeCloseTo(49 + 16.46 / 60, 9);
  expect(store.value(Vehicle.CurrentLocation.Longitude)).toBeCloseTo(-(123 + 11.1 / 60), 9);
  expect(store.value(Vehicle.Speed)).toBeCloseTo(40.5 * 1.852, 9);
  expect(store.value(Vehicle.CurrentLocation.Heading)).toBe(54.7);
  expect(store.value(Vehicle.CurrentLocation.Altitude)).toBe(545.4);
});

test("a log over midnight goes on", async () => {
  const at = (clock: string) => withChecksum(`$GPGGA,${clock},4916.45,N,12311.12,W,1,08,0.9,545.4,M,46.9,M,,*00`);
  const { source } = replayOf(linesOf([at("235958"), at("000002")]));
  expect(await source.start()).toMatchObject({ seconds: 4, played: 6 });
});

function withChecksum(line: string): string {
  const body = line.slice(1, line.lastIndexOf("*"));
  let sum = 0;
  for (const sign of body) sum ^= sign.charCodeAt(0);
  return `$${body}*${sum.toString(16).padStart(2, "0").toUpperCase()}`;
}

test("one changed sign in a sentence is noticed", () => {
  const line = withChecksum("$GPVTG,054.7,T,034.4,M,005.5,N,010.2,K*00");
  expect(nmeaFields(line)).toHaveLength(9);
  expect(nmeaFields(line.replace("054.7", "055.7"))).toBeUndefined();
});

test("no text can make a replay fail", async () => {
  await assert(
    asyncProperty(array(string({ unit: "binary" })), async (lines) => {
      for (const first of [
        "",
        "seconds,path,value",
        '{"recording":"caravan","version":1}',
        "time,Vehicle.Speed",
        withChecksum("$GPVTG,,T,,M,,N,,K*00"),
      ]) {
        const outcome = await replayOf(linesOf([first, ...lines])).source.start();
        expect(["finished", "unreadable"]).toContain(outcome.kind);
      }
    }),
  );
});

test("the example in the documents plays to its end, and every line of it counts", async () => {
  const file = join(import.meta.dirname, "../../../../docs/examples/drive.csv");
  const { store, source } = replayOf(createInterface({ input: createReadStream(file) }));
  expect(await source.start()).toMatchObject({ kind: "finished", format: "csv", broken: 0, unknown: 0, seconds: 201 });
  expect(store.value(Vehicle.CurrentLocation.Latitude)).toBeCloseTo(57.7, 2);
  expect(store.value(Vehicle.Speed)).toBeLessThan(1);
  expect(store.value(Vehicle.Powertrain.TractionBattery.StateOfCharge.Displayed)).toBeGreaterThan(80);
});

const data = process.env["CARAVAN_TESTDATA"];

test.skipIf(!data)("a real GPS log of twenty minutes plays to its end", async () => {
  const lines = createInterface({ input: createReadStream(join(data ?? "", "gps", "signalk-gps.log")) });
  const { store, source } = replayOf(lines);
  const outcome = await source.start();
  expect(outcome).toMatchObject({ kind: "finished", format: "nmea", unknown: 0 });
  const { played, broken, seconds } = source.progress();
  expect(played).toBeGreaterThan(4_000);
  expect(broken).toBeLessThan(10);
  expect(seconds).toBeGreaterThan(1_000);
  expect(seconds).toBeLessThan(1_400);
  expect(store.value(Vehicle.CurrentLocation.Latitude)).toBeCloseTo(52.4, 0);
});
