import { fork } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import Type from "typebox";
import type { Static, TSchema } from "typebox";
import { Value } from "typebox/value";
import type { Row } from "../main.ts";
import { batchSignals } from "./readings.ts";

const Listening = Type.Object({ type: Type.Literal("listening"), port: Type.Number(), token: Type.String() });
const Ready = Type.Object({ type: Type.Literal("ready") });
const Sent = Type.Object({ type: Type.Literal("sent"), messages: Type.Number(), errors: Type.Number() });
const Heard = Type.Object({
  type: Type.Literal("heard"),
  values: Type.Number(),
  wrong: Type.Number(),
  seconds: Type.Number(),
});
const Figures = Type.Object({ type: Type.Literal("figures"), cpuMs: Type.Number() });

interface Run {
  /** Decoded values a second. */
  readonly perSecond: number;
  /** Values that gave way to newer ones. */
  readonly passedOver: number;
  readonly hubMicrosecondsEach: number;
}

const start = (name: string, ...args: readonly (string | number)[]): ChildProcess =>
  fork(join(import.meta.dirname, `${name}.ts`), args.map(String), { execArgv: [] });

/** @throws where the process ends before it says this */
async function heard<Shape extends TSchema>(child: ChildProcess, shape: Shape): Promise<Static<Shape>> {
  const ended = once(child, "exit").then((): never => {
    throw new Error("a process of the measurement ended too early");
  });
  for (;;) {
    const [message]: unknown[] = await Promise.race([once(child, "message"), ended]);
    if (Value.Check(shape, message)) return message;
  }
}

/** One producer, one hub, one subscriber. @throws where a value was changed, doubled or refused on the way */
async function through(kind: "car" | "pass-through", seconds: number): Promise<Run> {
  const hub = start("grpc-hub", kind);
  const children = [hub];
  try {
    const { port, token } = await heard(hub, Listening);
    const subscriber = start("grpc-subscriber", port, token, kind);
    children.push(subscriber);
    await heard(subscriber, Ready);
    hub.send("figures");
    const before = await heard(hub, Figures);
    const producer = start("grpc-producer", port, token, seconds);
    children.push(producer);
    const sent = await heard(producer, Sent);
    await sleep(500);
    hub.send("figures");
    const after = await heard(hub, Figures);
    subscriber.send("end");
    const got = await heard(subscriber, Heard);
    if (sent.errors > 0) throw new Error(`${sent.errors} messages were refused`);
    if (got.wrong > 0) throw new Error(`${got.wrong} values came wrong or out of turn`);
    const brought = sent.messages * batchSignals.length;
    return {
      perSecond: got.values / got.seconds,
      passedOver: brought - got.values,
      hubMicrosecondsEach: ((after.cpuMs - before.cpuMs) * 1_000) / brought,
    };
  } finally {
    for (const child of children) child.kill();
  }
}

const medianBy = (runs: readonly Run[], figure: (run: Run) => number): number =>
  runs.map(figure).toSorted((a, b) => a - b)[Math.floor(runs.length / 2)] ?? Number.NaN;

/** kuksa.val.v2: one provider's stream of 101 values a message to one subscriber by number, tokens and all; beside a hub that only forwards. */
export async function grpcRows({ quick }: { readonly quick: boolean }): Promise<readonly Row[]> {
  const runs: Run[] = [];
  const passed: Run[] = [];
  for (let run = 0; run < (quick ? 1 : 5); run++) {
    runs.push(await through("car", quick ? 1 : 2));
    passed.push(await through("pass-through", quick ? 1 : 2));
  }
  const perSecond = (of: readonly Run[]): number => medianBy(of, (run) => run.perSecond);
  return [
    {
      name: "gRPC, one provider to one subscriber, decoded",
      value: perSecond(runs) / 1_000,
      unit: "k/s",
      bar: 150,
      better: "more",
    },
    {
      name: "... values that gave way to newer ones",
      value: medianBy(runs, (run) => run.passedOver),
      unit: "",
      better: "less",
    },
    {
      name: "... car's processor time for each",
      value: medianBy(runs, (run) => run.hubMicrosecondsEach),
      unit: "us",
      better: "less",
    },
    {
      name: "... through a hub that only forwards",
      value: perSecond(passed) / 1_000,
      unit: "k/s",
      better: "more",
    },
  ];
}
