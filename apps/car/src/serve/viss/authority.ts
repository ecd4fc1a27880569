import type { Signal } from "@caravan/signals";
import type { Access } from "../access/access.ts";
import type { Rights } from "../access/rights.ts";
import { failure } from "./error.ts";
import type { Failure } from "./error.ts";
import type { Pay } from "./select.ts";

/** What a client may do, and what to tell it where that is not enough. */
export interface Authority {
  readonly rights: Rights;
  readonly lacking: Failure;
  /** Does anybody need a token here, and what needs none? */
  readonly isRestricted: boolean;
  readonly open: Rights;
}

/** In simple requests. */
const signatureCost = 20;

/** Where a token is missing or bad, what needs none is still there. To check a new one is paid for. */
export function authorityOf(access: Access, token: string | undefined, pay: Pay): Authority {
  if (access.isNew(token)) pay(signatureCost);
  const outcome = access.of(token);
  const { open, isRestricted } = access;
  return outcome.kind === "rights"
    ? { rights: outcome.rights, lacking: failure("token-insufficient"), isRestricted, open }
    : { rights: open, lacking: failure(`token-${outcome.why}`), isRestricted, open };
}

/** All of them, or the whole request is refused (Core, "Access Control Server"). */
export function mayRead({ rights, lacking }: Authority, signals: readonly Signal[]): Failure | undefined {
  for (const { slot } of signals) if (!rights.read.has(slot)) return lacking;
  return undefined;
}
