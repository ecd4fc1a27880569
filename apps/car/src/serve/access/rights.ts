import type { Catalogue } from "@caravan/signals";
import { Slots, signalsAt } from "./slots.ts";

/** What a client may do, compiled once, when its token is first seen. */
export interface Rights {
  readonly read: Slots;
  /** Ask for a new value. */
  readonly actuate: Slots;
  /** Say what a signal is now. */
  readonly publish: Slots;
  /** Carry out what others ask of an actuator. */
  readonly carry: Slots;
  /** UTC ms after which nothing of this holds. */
  readonly until: number;
  /** True where the owner's token says so; false where nobody asks for one. */
  readonly isByToken: boolean;
}

/** Everything, for ever: the rights of programs on the car's own machine where no tokens are set up. */
export function allRights(catalogue: Catalogue): Rights {
  const all = new Slots(catalogue.signals.length);
  all.add(catalogue.signals);
  return { read: all, actuate: all, publish: all, carry: all, until: Infinity, isByToken: false };
}

/** Reading what access control leaves out (VISS version 2, Core, "Access Control Model"): the version of the vocabulary. */
export function publicRights(catalogue: Catalogue): Rights {
  return noRights(catalogue, Infinity, false);
}

function noRights(catalogue: Catalogue, until: number, isByToken: boolean): Rights {
  const empty = (): Slots => new Slots(catalogue.signals.length);
  const rights = { read: empty(), actuate: empty(), publish: empty(), carry: empty(), until, isByToken };
  rights.read.add(catalogue.match("Vehicle.VersionVSS"));
  return rights;
}

const mostScopes = 256;
const longestPattern = 400;
const pathWords = /^(?:[^\s.:*]+|\*\*?)(?:\.(?:[^\s.:*]+|\*\*?))*$/;

/**
 * Compiles a scope as Kuksa writes it, words with blanks between: `read:Vehicle.Speed`, `actuate:Vehicle.Cabin`, `provide`,
 * `provide:data:Vehicle.Width`, `provide:actuation:Vehicle.Cabin.**`. To actuate or provide a signal includes to read it. `create` is
 * understood and gives nothing, because a car's vocabulary is fixed. Undefined where a word is none of these.
 */
export function rightsOf(catalogue: Catalogue, scope: string, until: number): Rights | undefined {
  const words = scope.split(" ").filter((word) => word !== "");
  if (words.length > mostScopes) return undefined;
  const rights = noRights(catalogue, until, true);
  for (const word of words) {
    const [, action, only, path = ""] =
      /^(read|actuate|provide|create)(?::(data|actuation))?(?::(.*))?$/.exec(word) ?? [];
    if (action === undefined || (only !== undefined && action !== "provide")) return undefined;
    if (path.length > longestPattern || (path !== "" ? !pathWords.test(path) : word.endsWith(":"))) return undefined;
    if (action === "create") continue;
    const signals = signalsAt(catalogue, path);
    rights.read.add(signals);
    if (action === "actuate") rights.actuate.add(signals);
    if (action === "provide" && only !== "actuation") rights.publish.add(signals);
    if (action === "provide" && only !== "data") rights.carry.add(signals);
  }
  return rights;
}
