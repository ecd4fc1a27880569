import type { Asker } from "@caravan/drivers";
import { refusalSentences } from "@caravan/drivers";
import type { ActuateOutcome } from "@caravan/link";
import type { Catalogue, SignalValue } from "@caravan/signals";
import type { Authority } from "./authority.ts";
import { failure, isFailure } from "./error.ts";
import type { Failure } from "./error.ts";
import { dotted } from "./select.ts";
import { fromWire } from "./wire.ts";

/** The gate: the only door to any actuation. */
export type Actuate = (path: string, value: SignalValue, asker: Asker) => Promise<ActuateOutcome>;

const sentences: ReadonlyMap<string, string> = new Map(Object.entries(refusalSentences));

/** Asks the gate for what a client wants set. Undefined: it was done. */
export async function set(
  parts: {
    readonly catalogue: Catalogue;
    readonly actuate: Actuate;
    readonly asker: Asker;
    readonly authority: Authority;
  },
  path: string,
  wire: unknown,
): Promise<Failure | undefined> {
  const { catalogue, actuate, asker, authority } = parts;
  const signal = catalogue.find(dotted(path));
  if (!signal) return failure(catalogue.isBranch(dotted(path)) ? "branch" : "unknown-path");
  if (signal.kind !== "actuator") return failure("read-only");
  if (!authority.rights.actuate.has(signal.slot)) return authority.lacking;
  const accepted = fromWire(signal, wire);
  if (isFailure(accepted)) return accepted;
  const outcome = await actuate(signal.path, accepted.value, {
    ...asker,
    ...(authority.rights.isByToken && { isGranted: true }),
  });
  return outcome.kind === "done" ? undefined : refused(outcome.why);
}

function refused(why: string): Failure {
  const sentence = sentences.get(why);
  switch (why) {
    case "bad-value":
      return failure("outside-limit");
    case "not-an-actuator":
      return failure("read-only");
    case "busy":
      return failure("too-many", sentence);
    case "no-answer":
      return failure("no-answer", sentence);
    case "not-available":
      return failure("no-provider");
    case "denied":
      return failure("denied");
    default:
      return failure("refused", sentence);
  }
}
