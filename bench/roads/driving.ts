import { setTimeout as wait } from "node:timers/promises";

import { readCityFile } from "../../apps/car/src/vehicle/city.ts";
import { WorkerThread } from "../../apps/car/src/journey/map/worker-thread.ts";
import type { Row } from "../main.ts";
import { Asker } from "./asker.ts";
import { startCarComputer } from "./car-computer.ts";
import { share } from "./figures.ts";
import { passThroughMs } from "./pass-through.ts";
import { driveAndStray } from "./on-the-road.ts";

interface Pair {
  readonly from: { readonly lat: number; readonly lon: number };
  readonly to: { readonly lat: number; readonly lon: number };
}

function pairOf(line: string): Pair {
  const [fromLon = 0, fromLat = 0, toLon = 0, toLat = 0] = line.split(",").map(Number);
  return { from: { lat: fromLat, lon: fromLon }, to: { lat: toLat, lon: toLon } };
}

/** A new way from where a car is, as the car asks its map for one when a fix has proved that it left the old one. */
export async function rerouteRow(folder: string, lines: readonly string[]): Promise<Row> {
  const map = new WorkerThread({ data: { city: await readCityFile(folder) }, clock: { now: () => Date.now() } });
  const times: number[] = [];
  try {
    for (const [i, line] of lines.entries()) {
      const { from, to } = pairOf(line);
      const start = performance.now();
      await map.ask(
        { kind: "ways", stops: [{ ...from, heading: (i * 77) % 360 }, to], avoid: [], most: 1 },
        { urgency: "guidance" },
      );
      times.push(performance.now() - start);
    }
  } finally {
    await map.stop();
  }
  return {
    name: "re-route from the fix that proves it, 99th percentile",
    value: share(times.slice(20), 0.99),
    unit: "ms",
    bar: 50,
    better: "less",
  };
}

/** What makes the car computer's map use all the memory that it has a use for. */
function furtherQuestions(lines: readonly string[]): readonly string[] {
  const pairs = lines.slice(0, 20).map(pairOf);
  const ways = pairs.map(
    ({ from, to }) => `/route/v1/driving/${from.lon},${from.lat};${to.lon},${to.lat}?steps=true&alternatives=3`,
  );
  const places = pairs.map(({ from }) => `${from.lon},${from.lat}`).join(";");
  return [
    `/search?q=rua%20santa&near=${pairs[0]?.from.lon},${pairs[0]?.from.lat}`,
    ...ways,
    `/table/v1/driving/${places}`,
  ];
}

/** The whole car computer: its answers over HTTP, and its memory when it has given them. */
export async function carComputerRows(
  parts: { readonly data: string; readonly folder: string; readonly port: number },
  lines: readonly string[],
): Promise<{ readonly answer: readonly Row[]; readonly memory: readonly Row[] }> {
  const { data, folder, port } = parts;
  // As in daily life, its code lost its types at an earlier start: that makes it 20 MB smaller.
  const earlier = await startCarComputer({ data, map: folder, port });
  await fetch(`${earlier.url}/route/v1/driving/${lines[0]?.split(",").slice(0, 2).join(",")};0,0`);
  await wait(3_000);
  await earlier.stop();
  const car = await startCarComputer({ data, map: folder, port });
  try {
    const resting = car.megabytes();
    const paths = lines.map((line) => {
      const { from, to } = pairOf(line);
      return `/route/v1/driving/${from.lon},${from.lat};${to.lon},${to.lat}?steps=true&overview=full&annotations=true`;
    });
    const asker = new Asker(car.url);
    const spentAtFirst = car.processorMs();
    const first = await asker.times(paths);
    const spent = car.processorMs();
    const again = await asker.times(paths);
    const spentAgain = car.processorMs();
    asker.stop();
    const answered = car.megabytes();
    const size = Math.round(first.bytes / lines.length);
    for (const ask of furtherQuestions(lines)) await (await fetch(`${car.url}${ask}`)).arrayBuffer();
    const asked = car.megabytes();
    await driveAndStray(car.url, pairOf(lines[3] ?? "").to);
    return {
      answer: [
        {
          name: `whole HTTP answer (${Math.round(size / 1_000)} kB), median`,
          value: share(again.times, 0.5),
          unit: "ms",
          bar: 2,
          better: "less",
        },
        {
          name: "... when each is asked for the first time",
          value: share(first.times.slice(50), 0.5),
          unit: "ms",
          better: "less",
        },
        {
          name: "... of it a pass-through of as many bytes over HTTP",
          value: await passThroughMs(size, 1_000),
          unit: "ms",
          better: "less",
        },
        {
          name: "... processor time of all threads for each",
          value: (spentAgain - spent) / lines.length,
          unit: "ms",
          better: "less",
        },
        {
          name: "... while they warm up",
          value: (spent - spentAtFirst) / lines.length,
          unit: "ms",
          better: "less",
        },
      ],
      memory: [
        {
          name: "memory of the whole car computer after these answers",
          value: answered,
          unit: "MB",
          bar: 200,
          better: "less",
        },
        {
          name: "... after a search, ways to choose from and a table as well",
          value: asked,
          unit: "MB",
          bar: 200,
          better: "less",
        },
        {
          name: "... after a route planned, driven and left for another as well",
          value: car.megabytes(),
          unit: "MB",
          bar: 200,
          better: "less",
        },
        { name: "... before the first of them", value: resting, unit: "MB", better: "less" },
      ],
    };
  } finally {
    await car.stop();
  }
}
