import { PerformanceObserver, performance } from "node:perf_hooks";
import { setImmediate as nextTurn } from "node:timers/promises";
import { Store, catalogue } from "@caravan/signals";
import type { Signal } from "@caravan/signals";
import type { BenchOptions, Row } from "./main.ts";
import { canRows } from "./signals/can-rows.ts";
import { grpcRows } from "./signals/grpc.ts";
import { streamRows } from "./signals/stream.ts";

/** Signals that a driving car updates again and again. */
const moving = catalogue.signals.filter(
  (signal): signal is Signal<number> => signal.datatype === "float" && signal.allowed === undefined,
);

const from = { source: "bench", at: 1, quality: "good" } as const;

/** Millions a second, the best of three runs after one to warm up. */
function rate(updates: number, update: (i: number) => void): number {
  let best = 0;
  for (let run = 0; run < 4; run++) {
    const start = performance.now();
    for (let i = 0; i < updates; i++) update(i);
    const perSecond = updates / (performance.now() - start) / 1_000;
    if (run > 0) best = Math.max(best, perSecond);
  }
  return best;
}

const signalOf = (i: number): Signal<number> => moving[i % moving.length] ?? raise();
const raise = (): never => {
  throw new Error("the catalogue has no signals to update");
};

/** A value within every signal's limits, different each time round. */
const valueOf = (i: number): number => (i % 89) + 0.5;

async function collections(work: () => void): Promise<number> {
  let count = 0;
  const observer = new PerformanceObserver((list) => {
    count += list.getEntries().length;
  });
  observer.observe({ entryTypes: ["gc"] });
  work();
  await nextTurn();
  await nextTurn();
  observer.disconnect();
  return count;
}

/** What the Store does in a second, beside a plain Map that checks nothing and tells nobody. */
export async function run({ quick, data }: BenchOptions): Promise<readonly Row[]> {
  const updates = quick ? 300_000 : 2_000_000;
  const createStore = (): Store => new Store({ catalogue, clock: { now: () => 1 } });

  const alone = createStore();
  const set = rate(updates, (i) => alone.set(signalOf(i), valueOf(i), from));

  const edge = createStore();
  const setByPath = rate(updates, (i) => edge.setByPath(signalOf(i).path, valueOf(i), from));

  const map = new Map<string, object>();
  const mapSet = rate(updates, (i) =>
    map.set(signalOf(i).path, { value: valueOf(i), at: 1, source: "bench", quality: "good" }),
  );

  const heard = createStore();
  let deliveries = 0;
  for (let listener = 0; listener < 10; listener++) heard.subscribe("all", () => (deliveries += 1));
  const delivered = rate(updates / 10, (i) => heard.set(signalOf(i), valueOf(i), from)) * 10;
  if (deliveries !== (updates / 10) * 4 * 10) throw new Error("a listener was not told");

  const values = createStore();
  for (let i = 0; i < moving.length; i++) values.set(signalOf(i), valueOf(i), from);
  let sum = 0;
  const read = rate(updates, (i) => {
    sum += values.value(signalOf(i)) ?? 0;
  });
  if (sum === 0) throw new Error("nothing was read");

  const garbage = await collections(() => {
    for (let i = 0; i < 1_000_000; i++) heard.set(signalOf(i), valueOf(i), from);
  });

  return [
    { name: "Store.set, checked", value: set, unit: "M/s", better: "more" },
    { name: "Store.setByPath, checked", value: setByPath, unit: "M/s", better: "more" },
    { name: "plain Map.set, unchecked", value: mapSet, unit: "M/s", better: "more" },
    { name: "Store.set against the plain Map", value: set / mapSet, unit: "x", better: "more" },
    { name: "deliveries to ten listeners", value: delivered, unit: "M/s", better: "more" },
    { name: "Store.value", value: read, unit: "M/s", better: "more" },
    { name: "garbage collections in 1 M updates, ten listeners", value: garbage, unit: "times", better: "less" },
    ...(await canRows({ quick, data })),
    ...(await streamRows({ quick })),
    ...(await grpcRows({ quick })),
  ];
}
