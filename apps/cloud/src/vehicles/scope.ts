import type { Account, Supervisor } from "../http/route.ts";
import type { Scope } from "./vehicles.store.ts";

/** What this caller may see: an operator all vehicles, an owner their own. */
export function scopeOf(caller: Account | Supervisor): Scope {
  return caller.kind === "supervisor" || caller.role === "operator"
    ? { kind: "all" }
    : { kind: "owner", account: caller.account };
}
