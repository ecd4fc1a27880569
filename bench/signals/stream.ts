import { fork } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import type { Row } from "../main.ts";
import type { FromHub, FromProducer, FromSubscriber } from "./readings.ts";

interface Run {
  /** Decoded readings a second, of all connections together. */
  readonly heardPerSecond: number;
  readonly passedOver: number;
  readonly median: number;
  readonly p99: number;
  readonly hubMicrosecondsEach: number;
  readonly hubMemory: number;
}

interface Wanted {
  readonly hub: "car" | "pass-through";
  readonly subscribers: number;
  /** Readings a second; 0 is as many as are taken. */
  readonly rate: number;
  readonly seconds: number;
}

const start = (name: string, ...args: readonly (string | number)[]): ChildProcess =>
  fork(join(import.meta.dirname, `${name}.ts`), args.map(String), { execArgv: [] });

async function heard<Message extends { readonly type: string }, Type extends Message["type"]>(
  child: ChildProcess,
  type: Type,
): Promise<Extract<Message, { type: Type }>> {
  const ended = once(child, "exit").then((): never => {
    throw new Error(`a process of the measurement ended before it said "${type}"`);
  });
  for (;;) {
    if (child.exitCode !== null) return ended;
    const [message]: unknown[] = await Promise.race([once(child, "message"), ended]);
    if (isOf<Message, Type>(message, type)) return message;
  }
}

function isOf<Message extends { readonly type: string }, Type extends Message["type"]>(
  message: unknown,
  type: Type,
): message is Extract<Message, { type: Type }> {
  return typeof message === "object" && message !== null && "type" in message && message.type === type;
}

/** One producer, one hub, one process of subscribers. @throws where a reading was lost, doubled or changed on the way */
async function through(wanted: Wanted): Promise<Run> {
  const hub = start("hub", wanted.hub);
  const children = [hub];
  try {
    const { port } = await heard<FromHub, "listening">(hub, "listening");
    const subscriber = start("subscriber", port, wanted.subscribers);
    children.push(subscriber);
    await heard<FromSubscriber, "ready">(subscriber, "ready");
    hub.send({ type: "figures" });
    const before = await heard<FromHub, "figures">(hub, "figures");
    const producer = start("producer", port, wanted.rate, wanted.seconds);
    children.push(producer);
    subscriber.send({ type: "begin" });
    const sent = await heard<FromProducer, "sent">(producer, "sent");
    hub.send({ type: "figures" });
    const after = await heard<FromHub, "figures">(hub, "figures");
    subscriber.send({ type: "end", expected: sent.readings * wanted.subscribers });
    const got = await heard<FromSubscriber, "heard">(subscriber, "heard");
    if (sent.refused > 0) throw new Error(`${sent.refused} readings were refused`);
    if (got.outOfTurn > 0) throw new Error(`${got.outOfTurn} frames came out of turn`);
    if (got.readings + got.passedOver !== sent.readings * wanted.subscribers)
      throw new Error(
        `of ${sent.readings * wanted.subscribers} readings ${got.readings} came, ${got.passedOver} gave way`,
      );
    if (got.passedOver === 0 && got.sums.some((sum) => sum !== sent.sum)) throw new Error("a value changed on the way");
    return {
      heardPerSecond: got.readings / Math.max(sent.seconds, got.seconds),
      passedOver: got.passedOver,
      median: got.latencyMs.median,
      p99: got.latencyMs.p99,
      hubMicrosecondsEach: ((after.cpuMs - before.cpuMs) * 1_000) / sent.readings,
      hubMemory: after.memoryBytes / 1e6,
    };
  } finally {
    for (const child of children) child.kill();
  }
}

const medianBy = (runs: readonly Run[], figure: (run: Run) => number): number =>
  runs.map(figure).toSorted((a, b) => a - b)[Math.floor(runs.length / 2)] ?? Number.NaN;

/** Three processes: what one producer brings is decoded at one subscriber, and at a hundred; beside a hub that only forwards. */
export async function streamRows({ quick }: { readonly quick: boolean }): Promise<readonly Row[]> {
  const times = quick ? 1 : 5;
  const seconds = quick ? 1 : 2;
  const measure = async (wanted: Omit<Wanted, "seconds">): Promise<readonly Run[]> => {
    const runs: Run[] = [];
    for (let run = 0; run < times; run++) runs.push(await through({ ...wanted, seconds }));
    return runs;
  };
  const one = await measure({ hub: "car", subscribers: 1, rate: 0 });
  const onePassed = await measure({ hub: "pass-through", subscribers: 1, rate: 0 });
  const hundred = await measure({ hub: "car", subscribers: 100, rate: 140_000 });
  const hundredPassed = await measure({ hub: "pass-through", subscribers: 100, rate: 140_000 });
  const paced = await measure({ hub: "car", subscribers: 1, rate: 84_000 });
  const pacedPassed = await measure({ hub: "pass-through", subscribers: 1, rate: 84_000 });
  const perSecond = (runs: readonly Run[]): number => medianBy(runs, (run) => run.heardPerSecond) / 1e6;
  return [
    { name: "one producer to one subscriber, decoded", value: perSecond(one), unit: "M/s", bar: 1, better: "more" },
    {
      name: "... readings that gave way to newer ones",
      value: medianBy(one, (run) => run.passedOver),
      unit: "",
      better: "less",
    },
    {
      name: "... car's processor time for each",
      value: medianBy(one, (run) => run.hubMicrosecondsEach),
      unit: "us",
      better: "less",
    },
    { name: "... through a hub that only forwards", value: perSecond(onePassed), unit: "M/s", better: "more" },
    { name: "... to a hundred subscribers", value: perSecond(hundred), unit: "M/s", bar: 10, better: "more" },
    {
      name: "... memory of the car's process",
      value: medianBy(hundred, (run) => run.hubMemory),
      unit: "MB",
      better: "less",
    },
    { name: "... through a hub that only forwards", value: perSecond(hundredPassed), unit: "M/s", better: "more" },
    {
      name: "latency at 84,000 readings/s, median",
      value: medianBy(paced, (run) => run.median),
      unit: "ms",
      bar: 0.2,
      better: "less",
    },
    { name: "... 99th percentile", value: medianBy(paced, (run) => run.p99), unit: "ms", bar: 1, better: "less" },
    {
      name: "... through a hub that only forwards, median",
      value: medianBy(pacedPassed, (run) => run.median),
      unit: "ms",
      better: "less",
    },
    {
      name: "... through a hub that only forwards, 99th percentile",
      value: medianBy(pacedPassed, (run) => run.p99),
      unit: "ms",
      better: "less",
    },
  ];
}
