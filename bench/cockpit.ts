import { setTimeout as wait } from "node:timers/promises";
import { brotliCompressSync } from "node:zlib";
import { openBrowser } from "../e2e/browser.ts";
import { startCaravan } from "../e2e/caravan.ts";
import type { BenchOptions, Row } from "./main.ts";
import { framesOf, longestTask, percentile, type TraceEvent } from "./cockpit/trace.ts";

const port = 18_690;
const settleMs = 12_000;

/**
 * What the cockpit's main thread does while the map follows a driving car at 1280 x 720, from Chromium's own trace. Processor time of the thread,
 * so waits for the graphics are not in it. `CARAVAN_COCKPIT` names the address of a running cockpit; without it a Caravan of our own is started.
 */
export async function run({ quick }: BenchOptions): Promise<readonly Row[]> {
  const running = process.env["CARAVAN_COCKPIT"];
  const caravan = running === undefined ? await startCaravan({ port, flags: ["--car-only"] }) : undefined;
  const address = running ?? caravan?.cockpit ?? "";
  try {
    const bytes = await scriptBytes(address);
    return [
      ...(await watch(address, quick ? 15_000 : 60_000)),
      { name: "JavaScript without the map, brotli", value: bytes / 1_000, unit: "KB", bar: 200, better: "less" },
    ];
  } finally {
    await caravan?.stop();
  }
}

async function watch(address: string, ms: number): Promise<Row[]> {
  const opened = await openBrowser();
  if (opened === undefined) throw new Error("there is no browser to measure in");
  try {
    const page = await opened.browser.newPage({ viewport: { width: 1_280, height: 720 }, locale: "en-US" });
    await page.goto(address);
    await page.waitForSelector(".maplibregl-canvas", { timeout: 60_000 });
    await page.evaluate(driveSomewhere);
    const renderer = await page.evaluate(() => {
      const gl = document.createElement("canvas").getContext("webgl2");
      const names = gl?.getExtension("WEBGL_debug_renderer_info");
      return names ? String(gl?.getParameter(names.UNMASKED_RENDERER_WEBGL)) : "no WebGL";
    });
    console.log(`Renderer: ${renderer}`);
    await wait(settleMs);
    await opened.browser.startTracing(page, { categories: ["devtools.timeline", "toplevel"] });
    await wait(ms);
    const trace: { traceEvents: TraceEvent[] } = JSON.parse((await opened.browser.stopTracing()).toString());
    const { frames, seconds } = framesOf(trace.traceEvents);
    if (frames.length < 20)
      throw new Error(`only ${frames.length} frames were drawn: the map did not follow a moving car`);
    const times = frames.map((frame) => frame.ms);
    return [
      {
        name: "main thread per frame, 95th percentile",
        value: percentile(times, 0.95),
        unit: "ms",
        bar: 8,
        better: "less",
      },
      { name: "longest task", value: longestTask(trace.traceEvents), unit: "ms", bar: 50, better: "less" },
      { name: "main thread per frame, median", value: percentile(times, 0.5), unit: "ms", better: "less" },
      { name: "frames drawn on this renderer", value: frames.length / seconds, unit: "/s", better: "more" },
    ];
  } finally {
    await opened.close();
  }
}

interface Answer {
  readonly type: string;
  readonly id?: number;
  readonly journey?: { readonly kind: string };
  readonly result?: readonly { readonly lat: number; readonly lon: number; readonly name: string }[];
}

/** Runs in the page: makes sure that a route is driven, by the cockpit's own messages. */
function driveSomewhere(): Promise<void> {
  return new Promise((done, fail) => {
    const socket = new WebSocket(`${location.origin.replace("http", "ws")}/cockpit`, "caravan.cockpit.v1");
    const finish = () => {
      socket.close();
      done();
    };
    const ask = (request: object) => socket.send(JSON.stringify(request));
    setTimeout(() => fail(new Error("no journey began")), 30_000);
    socket.addEventListener("message", ({ data }) => {
      if (typeof data !== "string") return;
      const message: Answer = JSON.parse(data);
      if (message.type === "hello") {
        if (message.journey?.kind === "driving") finish();
        else ask({ id: 1, do: "search", text: "gatan" });
      } else if (message.id === 1 && message.result?.[0] !== undefined) {
        ask({ id: 2, do: "plan", to: message.result[0] });
      } else if (message.id === 2) {
        ask({ id: 3, do: "drive" });
      } else if (message.id === 3) {
        finish();
      }
    });
  });
}

/** Brotli size of every script that the page can come to load, except the map's chunk and its worker. */
async function scriptBytes(address: string): Promise<number> {
  const start = await (await fetch(address)).text();
  const waiting = [...start.matchAll(/(?:src|href)="([^"]+\.m?js)"/g)].map(
    (found) => new URL(found[1] ?? "", address).href,
  );
  const seen = new Set<string>();
  let bytes = 0;
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    if (seen.has(next) || /\/(start-map|maplibre)[^/]*$/.test(next)) continue;
    seen.add(next);
    const answer = await fetch(next);
    if (!answer.ok) continue;
    const text = await answer.text();
    bytes += brotliCompressSync(text).length;
    const here = next;
    for (const found of text.matchAll(/["'`]([^"'`\s]{1,120}\.m?js)["'`]/g)) {
      const name = found[1] ?? "";
      waiting.push(new URL(name.startsWith("assets/") ? `/${name}` : name, here).href);
    }
  }
  return bytes;
}
