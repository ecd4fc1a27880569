import type { Catalogue, Signal, Store } from "@caravan/signals";
import { failure, isFailure } from "./error.ts";
import type { Failure } from "./error.ts";
import type { Filters } from "./filter.ts";
import { metadataOf, serverCapabilities } from "./metadata.ts";
import { dotted, select } from "./select.ts";
import type { Selection } from "./select.ts";
import { dataPoint, timestamp, toWire } from "./wire.ts";
import type { DataPoint } from "./wire.ts";

export interface Data {
  readonly path: string;
  readonly dp: DataPoint | readonly DataPoint[];
}

export type Answer =
  | { readonly data: Data | readonly Data[]; readonly signals: number }
  | { readonly metadata: object; readonly signals: number };

/** In one answer; the newest are kept. */
const mostHistoryPoints = 20_000;

/** Answers a read request. `signals` says how many signals were looked at, which is what it cost. */
export function read(store: Store, now: number, path: string, { paths, operation }: Filters): Answer | Failure {
  const { catalogue } = store;
  if (operation?.kind === "dynamic-metadata" && operation.name === "server_capabilities") {
    return dotted(path) === "Vehicle" && !paths ? { metadata: serverCapabilities, signals: 1 } : failure("bad-path");
  }
  const selection = select(catalogue, path, paths);
  if (isFailure(selection)) return selection;
  switch (operation?.kind) {
    case undefined:
      return latest(store, selection);
    case "history":
      return history(store, selection, now - operation.ms);
    case "metadata":
      return {
        metadata: describe(catalogue, dotted(path), paths ? selection : undefined, operation.names),
        signals: selection.signals.length,
      };
    case "dynamic-metadata":
      return operation.name === "availability" ? availability(store, selection, now) : failure("bad-filter");
    case "timebased":
    case "range":
    case "change":
    case "curvelog":
      return failure("bad-filter");
  }
}

/** The latest data points of those signals that have one. */
export function readings(store: Store, signals: readonly Signal[]): readonly Data[] {
  return signals.flatMap((signal) => {
    const reading = store.get(signal);
    return reading ? [{ path: signal.path, dp: dataPoint(reading) }] : [];
  });
}

function latest(store: Store, { signals, isSingle }: Selection): Answer | Failure {
  return answer(readings(store, signals), signals.length, isSingle);
}

function answer(data: readonly Data[], signals: number, isSingle: boolean): Answer | Failure {
  const [first] = data;
  if (!first) return failure("no-data");
  return { data: isSingle ? first : data, signals };
}

function history(store: Store, { signals, isSingle }: Selection, since: number): Answer | Failure {
  const share = Math.max(1, Math.floor(mostHistoryPoints / signals.length));
  const data = signals.flatMap((signal) => {
    const kept = store.history(signal, since);
    if (!kept) return [];
    const isBoolean = signal.datatype === "boolean";
    const points = kept.at.map((at, i) => {
      const value = kept.values[i] ?? 0;
      return { value: toWire(isBoolean ? value === 1 : value), ts: timestamp(at) };
    });
    // The standard leaves the present value out.
    const past = points.slice(0, -1).slice(-share);
    return past.length === 0 ? [] : [{ path: signal.path, dp: past }];
  });
  return answer(data, signals.length * 8, isSingle);
}

function availability(store: Store, { signals, isSingle }: Selection, now: number): Answer | Failure {
  const ts = timestamp(now);
  const data = signals.map((signal) => ({
    path: signal.path,
    dp: { value: store.get(signal) ? "available" : "unavailable", ts },
  }));
  return answer(data, signals.length, isSingle);
}

function describe(
  catalogue: Catalogue,
  path: string,
  selection: Selection | undefined,
  names: readonly string[],
): object {
  if (!selection) return { [path.slice(path.lastIndexOf(".") + 1)]: metadataOf(catalogue, path, names) };
  return Object.fromEntries(
    selection.signals.map((signal) => [signal.path, metadataOf(catalogue, signal.path, names)]),
  );
}
