import { setTimeout as wait } from "node:timers/promises";

import { Sources, Supervisor } from "@caravan/drivers";
import type { Driver, DriverClock, DriverHealth, SignalSources } from "@caravan/drivers";
import type { Store } from "@caravan/signals";

import type { HealthFigure } from "../health/health.ts";
import type { Feed } from "./feed.ts";
import type { Log } from "./log.ts";

/** The clock of drivers, over that of the car. */
export function driverClock(clock: { now(): number }): DriverClock {
  return {
    now: () => clock.now(),
    sleep: async (ms, signal) => {
      try {
        await wait(ms, undefined, { signal });
      } catch (error) {
        if (!signal.aborted) throw error;
      }
    },
  };
}

/** The drivers of one car, put together and supervised: buses and receivers, or a recording of them. */
export class DrivenFeed implements Feed {
  readonly name: string;
  readonly isRecording: boolean;
  readonly #drivers: readonly Driver[];
  readonly #sources: Sources;
  readonly #supervisor: Supervisor;
  readonly #log: Log;

  constructor(parts: {
    name: string;
    isRecording: boolean;
    drivers: readonly Driver[];
    store: Store;
    clock: { now(): number };
    log: Log;
  }) {
    const clock = driverClock(parts.clock);
    this.name = parts.name;
    this.isRecording = parts.isRecording;
    this.#drivers = parts.drivers;
    this.#log = parts.log;
    this.#sources = new Sources({ store: parts.store, clock });
    this.#supervisor = new Supervisor({
      sources: this.#sources,
      clock,
      onChange: (driver, state) => {
        const fields = { driver, state: state.kind, ...("why" in state && { why: state.why }) };
        if (state.kind === "given up") this.#log.error(fields, "a driver was given up");
        else if (state.kind === "waiting") this.#log.warn(fields, "a driver is started anew");
        else this.#log.info(fields, "a driver's state has changed");
      },
    });
  }

  start(onEnd: () => void): Promise<void> {
    for (const driver of this.#drivers) this.#supervisor.start(driver);
    if (this.isRecording) {
      Promise.all(this.#drivers.map(({ name }) => this.#supervisor.over(name))).then(
        () => onEnd(),
        (error: unknown) => this.#log.error({ error: String(error) }, "the replay failed"),
      );
    }
    return Promise.resolve();
  }

  async stop(): Promise<void> {
    await this.#supervisor.stop();
  }

  sources(): readonly SignalSources[] {
    return this.#sources.view();
  }

  drivers(): readonly DriverHealth[] {
    return this.#supervisor.health();
  }

  health(): readonly HealthFigure[] {
    return this.drivers().flatMap(figuresOf);
  }
}

function figuresOf(health: DriverHealth): readonly HealthFigure[] {
  const { name, state, why, startedAnew, taken, refused, dropped, silentMs, figures } = health;
  return [
    { name: `Driver ${name}`, value: why === undefined ? state : `${state}: ${why}` },
    ...(silentMs === undefined ? [] : [{ name: `${name}: silent for`, value: silentMs, unit: "ms" }]),
    { name: `${name}: started anew`, value: startedAnew, unit: "times" },
    { name: `${name}: readings`, value: taken },
    { name: `${name}: readings outside of a signal's limits`, value: refused },
    { name: `${name}: readings dropped`, value: dropped },
    ...figures.map((figure) => ({ ...figure, name: `${name}: ${figure.name.toLowerCase()}` })),
  ];
}
