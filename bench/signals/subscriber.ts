/** Process that hears readings over so many connections and decodes each of them. */
import { setTimeout as sleep } from "node:timers/promises";
import { readFrame } from "@caravan/link/frames";
import { WebSocket } from "ws";

import { batchSignals, sharedNow } from "./readings.ts";
import type { FromSubscriber, ToSubscriber } from "./readings.ts";

const [, , port = "", connectionsText = "1"] = process.argv;
const connections = Number(connectionsText);

const sums = Array.from({ length: connections }, () => 0);
const latencies = new Float64Array(1_000_000);
let measured = 0;
let readings = 0;
let passedOver = 0;
let outOfTurn = 0;
let begun = 0;
let last = 0;
let open = 0;

function connect(index: number): void {
  const socket = new WebSocket(`ws://127.0.0.1:${port}/signals`, { perMessageDeflate: false });
  let sequence = -1;
  socket.on("open", () =>
    socket.send(
      JSON.stringify({ type: "subscribe", id: 1, paths: batchSignals.map(({ path }) => path), mode: "each" }),
    ),
  );
  socket.on("message", (data: Buffer, isBinary) => {
    if (!isBinary) {
      open += 1;
      if (open === connections) process.send?.({ type: "ready" } satisfies FromSubscriber);
      return;
    }
    const frame = readFrame(data);
    if (frame === undefined) throw new Error("what came is no frame");
    if (sequence >= 0 && frame.sequence !== sequence + 1 && frame.passedOver === 0) outOfTurn += 1;
    ({ sequence } = frame);
    passedOver += frame.passedOver;
    const { values, slots, qualities } = frame;
    let sum = 0;
    for (let i = 0; i < values.length; i++) {
      if (qualities[i] !== 1 || slots[i] === undefined) throw new Error("a reading arrived damaged");
      sum += values[i] ?? 0;
    }
    sums[index] = (sums[index] ?? 0) + sum;
    readings += values.length;
    last = sharedNow();
    if (measured < latencies.length && values.length > 0) {
      latencies[measured++] = last - frame.base - (frame.offsets[values.length - 1] ?? 0);
    }
  });
}

const waitsMs = 15_000;

process.on("message", (message: ToSubscriber) => {
  if (message.type === "begin") begun = sharedNow();
  else void tell(message.expected);
});

/** Waits for what is on its way, then tells what came. */
async function tell(expected: number): Promise<void> {
  const isThere = (): boolean => readings + passedOver >= expected;
  for (let waited = 0; !isThere() && waited < waitsMs; waited += 20) await sleep(20);
  const sorted = latencies.subarray(0, measured).toSorted();
  const quantile = (share: number): number => sorted[Math.floor((sorted.length - 1) * share)] ?? Number.NaN;
  process.send?.({
    type: "heard",
    readings,
    passedOver,
    outOfTurn,
    sums,
    latencyMs: { median: quantile(0.5), p99: quantile(0.99) },
    seconds: (last - begun) / 1_000,
  } satisfies FromSubscriber);
}
process.on("disconnect", () => process.exit(0));
for (let index = 0; index < connections; index++) connect(index);
