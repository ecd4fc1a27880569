import type { Journey, RoadHere, RouteProgress } from "@caravan/link";
import { Vehicle } from "@caravan/signals";
import type { Signal, SignalValue, Store } from "@caravan/signals";

const states = {
  idle: "IDLE",
  planned: "PLANNED",
  driving: "DRIVING",
  stopping: "STOPPING",
  arrived: "ARRIVED",
  manual: "MANUAL",
  replay: "REPLAY",
} as const;

const from = { source: "car computer", quality: "estimated" } as const;

/** Writes what the car computer itself knows into the Store, so that cloud and VISS clients see it too; unchanged values are left alone. */
export class OwnSignals {
  readonly #store: Store;

  constructor(parts: { store: Store }) {
    this.#store = parts.store;
  }

  road(road: RoadHere): void {
    this.#put(Vehicle.Caravan.Road.Name, road.street);
    this.#put(Vehicle.Caravan.Road.Ref, road.ref);
    this.#put(Vehicle.Caravan.Road.SpeedLimit, road.limit);
  }

  journey(journey: Journey): void {
    this.#put(Vehicle.Caravan.Journey.State, states[journey.kind]);
  }

  progress(progress: RouteProgress | undefined): void {
    this.#put(Vehicle.Caravan.Journey.RemainingDistance, progress && Math.round(progress.remaining));
    this.#put(Vehicle.Caravan.Journey.RemainingTime, progress && Math.round(progress.remainingTime));
  }

  link(isOnline: boolean, waiting: number): void {
    this.#put(Vehicle.Caravan.Link.IsConnected, isOnline);
    this.#put(Vehicle.Caravan.Link.OutboxLength, waiting);
  }

  computer(loopDelayMs: number, memoryBytes: number): void {
    this.#put(Vehicle.Caravan.Computer.EventLoopDelay, Math.round(loopDelayMs * 10) / 10);
    this.#put(Vehicle.Caravan.Computer.MemoryUsed, memoryBytes);
  }

  #put<T extends SignalValue>(signal: Signal<T>, value: NoInfer<T> | undefined): void {
    if (value === this.#store.value(signal)) return;
    if (value === undefined) this.#store.remove(signal);
    else this.#store.set(signal, value, from);
  }
}
