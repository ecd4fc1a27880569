import type { Catalogue, Signal, Store } from "@caravan/signals";
import { mayRead } from "./authority.ts";
import type { Authority } from "./authority.ts";
import { failure, isFailure } from "./error.ts";
import type { Failure, VissVersion } from "./error.ts";
import type { Filters, Operation } from "./filter.ts";
import { metadataOf, serverCapabilities } from "./metadata.ts";
import { dotted, select } from "./select.ts";
import type { Pay, Selection } from "./select.ts";
import { dataPoint, timestamp, toWire } from "./wire.ts";
import type { DataPoint } from "./wire.ts";

export interface Data {
  readonly path: string;
  readonly dp: DataPoint | readonly DataPoint[];
}

export type Answer = { readonly data: Data | readonly Data[] } | { readonly metadata: object };

/** In one answer; the newest are kept. */
const mostHistoryPoints = 20_000;
const pointsPerRequest = 20;

/** Answers a read request and pays for what it took. */
export function read(
  store: Store,
  now: number,
  path: string,
  { paths, operation }: Filters,
  pay: Pay,
  authority: Authority,
  version: VissVersion,
): Answer | Failure {
  const { catalogue } = store;
  if (operation?.kind === "dynamic-metadata" && operation.name === "server_capabilities") {
    if (dotted(path) !== "Vehicle" || paths) return failure("bad-path");
    return { metadata: serverCapabilities(authority.isRestricted) };
  }
  const selection = select(catalogue, path, paths, pay, version);
  if (isFailure(selection)) return selection;
  const isAboutRules = operation?.kind === "dynamic-metadata" && operation.name === "validate";
  const refusal = isAboutRules ? undefined : mayRead(authority, selection.signals);
  if (refusal) return refusal;
  switch (operation?.kind) {
    case undefined:
      return latest(store, selection);
    case "history":
      return history(store, selection, now - operation.ms, pay);
    case "metadata":
      return {
        metadata: describe(catalogue, dotted(path), paths ? selection : undefined, operation),
      };
    case "dynamic-metadata":
      return dynamic(store, selection, now, operation.name, authority);
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

function latest(store: Store, selection: Selection): Answer | Failure {
  return answer(readings(store, selection.signals), selection.isSingle);
}

function answer(data: readonly Data[], isSingle: boolean): Answer | Failure {
  const [first] = data;
  if (!first) return failure("no-data");
  return { data: isSingle ? first : data };
}

function history(store: Store, { signals, isSingle }: Selection, since: number, pay: Pay): Answer | Failure {
  const share = Math.max(1, Math.floor(mostHistoryPoints / signals.length));
  let points = 0;
  const data = signals.flatMap((signal) => {
    const kept = store.history(signal, since);
    if (!kept) return [];
    const isBoolean = signal.datatype === "boolean";
    // The standard leaves the present value out.
    const past: DataPoint[] = [];
    for (let i = Math.max(0, kept.at.length - 1 - share); i < kept.at.length - 1; i++) {
      const value = kept.values[i];
      past.push({ value: toWire(isBoolean ? value === 1 : value), ts: timestamp(kept.at[i]) });
    }
    points += past.length;
    return past.length === 0 ? [] : [{ path: signal.path, dp: past }];
  });
  pay(points / pointsPerRequest);
  return answer(data, isSingle);
}

/** Core, "Dynamic Metadata Filter Operation": what is told of each signal besides its value. */
function dynamic(
  store: Store,
  selection: Selection,
  now: number,
  name: string,
  authority: Authority,
): Answer | Failure {
  const ts = timestamp(now);
  const tell = told(store, name, authority);
  if (!tell) return failure("bad-filter");
  const data = selection.signals.flatMap((signal) => {
    const value = tell(signal);
    return value === undefined ? [] : [{ path: signal.path, dp: { value, ts } }];
  });
  return answer(data, selection.isSingle);
}

function told(store: Store, name: string, authority: Authority): ((signal: Signal) => string | undefined) | undefined {
  switch (name) {
    case "availability":
      return (signal) => (store.get(signal) ? "available" : "unavailable");
    case "samplerate":
      return (signal) => sampleRate(store, signal);
    case "validate":
      // Nothing is tagged where nobody needs a token.
      return ({ slot }) => (authority.isRestricted && !authority.open.read.has(slot) ? "read-write" : undefined);
    default:
      return undefined;
  }
}

/** Hertz, of the samples that are kept; unknown where none are. */
function sampleRate(store: Store, signal: Signal): string | undefined {
  const at = store.history(signal)?.at ?? [];
  const spanMs = (at.at(-1) ?? 0) - (at[0] ?? 0);
  return spanMs > 0 ? String(Number((((at.length - 1) * 1_000) / spanMs).toPrecision(3))) : undefined;
}

function describe(
  catalogue: Catalogue,
  path: string,
  selection: Selection | undefined,
  { names, generations }: Extract<Operation, { kind: "metadata" }>,
): object {
  if (!selection) return { [path.slice(path.lastIndexOf(".") + 1)]: metadataOf(catalogue, path, names, generations) };
  return Object.fromEntries(
    selection.signals.map((signal) => [signal.path, metadataOf(catalogue, signal.path, names)]),
  );
}
