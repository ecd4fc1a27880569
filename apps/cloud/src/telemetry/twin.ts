// Hot: runs for every sample that arrives.
import type { Samples, SignalValue } from "@caravan/link";

/** A value and the car's own time of it (UTC ms). */
export interface TwinValue {
  readonly value: SignalValue;
  readonly at: number;
}

/** A vehicle's latest values, as they came over its link. */
export interface TwinReader {
  /** By path; empty for a car that never sent any. */
  values(vehicle: string): ReadonlyMap<string, TwinValue>;
}

/** Told after the commit: which paths of a vehicle have new values (or none any more). */
export type TwinListener = (vehicle: string, paths: readonly string[], now: number) => void;

/**
 * The latest value of each signal of each car, in memory. Later arrival wins, since a car sends in the order in which it measured,
 * whatever its clock did. One entry for each enrolled car, one value for each path of the dictionary: at most 8,192.
 */
export class Twin implements TwinReader {
  readonly #vehicles = new Map<string, Map<string, TwinValue>>();
  #listener: TwinListener = () => {};

  /** The one listener is the live hub. */
  listen(listener: TwinListener): void {
    this.#listener = listener;
  }

  /** `known` tells the paths that the dictionary holds; others were not stored and are not shown either. */
  apply(vehicle: string, samples: Samples, now: number, known: (path: string) => boolean = () => true): void {
    const values = this.#of(vehicle);
    for (let index = 0; index < samples.path.length; index++) {
      const path = samples.paths[samples.path[index] ?? 0];
      if (path === undefined || !known(path)) continue;
      const value = samples.value[index];
      if (value === undefined) values.delete(path);
      else values.set(path, { value, at: samples.at[index] ?? now });
    }
    this.#listener(vehicle, samples.paths, now);
  }

  restore(vehicle: string, path: string, value: TwinValue): void {
    this.#of(vehicle).set(path, value);
  }

  forget(vehicle: string, path: string): void {
    this.#of(vehicle).delete(path);
  }

  values(vehicle: string): ReadonlyMap<string, TwinValue> {
    return this.#vehicles.get(vehicle) ?? none;
  }

  #of(vehicle: string): Map<string, TwinValue> {
    let values = this.#vehicles.get(vehicle);
    if (values === undefined) this.#vehicles.set(vehicle, (values = new Map()));
    return values;
  }
}

const none: ReadonlyMap<string, TwinValue> = new Map();
