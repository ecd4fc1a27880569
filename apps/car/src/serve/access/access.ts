import type { KeyObject } from "node:crypto";
import type { Catalogue, Clock } from "@caravan/signals";
import { allRights, publicRights, rightsOf } from "./rights.ts";
import type { Rights } from "./rights.ts";
import { leewaySeconds, verifyToken } from "./token.ts";
import type { Claims } from "./token.ts";

export type AccessOutcome =
  | { readonly kind: "rights"; readonly rights: Rights }
  | { readonly kind: "refused"; readonly why: "missing" | "expired" | "invalid" };

export interface AccessParts {
  readonly catalogue: Catalogue;
  readonly clock: Clock;
  /** What tokens are checked against; without it nobody asks for a token. */
  readonly key: KeyObject | undefined;
  /** This car's own, if it knows it: a token for another car is refused. */
  readonly vin: () => string | undefined;
}

/** Tokens whose rights are kept compiled; the one used longest ago goes first. */
const mostKept = 64;
/** A shorter identity could be guessed; a UUID has 36 characters. */
const shortestId = 32;

interface Kept {
  readonly rights: Rights;
  readonly token: string;
}

/** Turns tokens into rights, each token once. */
export class Access {
  readonly #parts: AccessParts;
  readonly #all: Rights;
  /** What needs no token. */
  readonly open: Rights;
  /** By the token's text, and by its `jti`, which a client may send in its place; at most `mostKept` each. */
  readonly #byToken = new Map<string, Kept>();
  readonly #byId = new Map<string, Kept>();

  constructor(parts: AccessParts) {
    this.#parts = parts;
    this.#all = allRights(parts.catalogue);
    this.open = publicRights(parts.catalogue);
  }

  /** Does a client need a token here? */
  get isRestricted(): boolean {
    return this.#parts.key !== undefined;
  }

  /** True where `of` has to check a signature, which takes the time of some twenty simple requests. */
  isNew(token: string | undefined): boolean {
    return this.isRestricted && token !== undefined && !this.#byToken.has(token) && !this.#byId.has(token);
  }

  /** What the bearer of this token may do now. Without tokens set up everybody may ask for everything, and the gate decides. */
  of(token: string | undefined): AccessOutcome {
    const { key, clock, catalogue, vin } = this.#parts;
    if (key === undefined) return { kind: "rights", rights: this.#all };
    if (token === undefined) return { kind: "refused", why: "missing" };
    const now = clock.now();
    const kept = this.#byToken.get(token) ?? this.#byId.get(token);
    if (kept !== undefined) {
      if (now <= kept.rights.until) return { kind: "rights", rights: kept.rights };
      this.#forget(kept.token);
      return { kind: "refused", why: "expired" };
    }
    const outcome = verifyToken(token, key, now);
    if (outcome.kind === "refused") return outcome;
    const { claims } = outcome;
    if (claims.vin !== undefined && claims.vin !== vin()) return { kind: "refused", why: "invalid" };
    const rights = rightsOf(catalogue, scopeOf(claims), (claims.exp + leewaySeconds) * 1_000);
    if (rights === undefined) return { kind: "refused", why: "invalid" };
    this.#keep({ rights, token }, claims.jti);
    return { kind: "rights", rights };
  }

  #keep(kept: Kept, id: string | undefined): void {
    if (this.#byToken.size >= mostKept) {
      const [oldest] = this.#byToken.keys();
      if (oldest !== undefined) this.#forget(oldest);
    }
    this.#byToken.set(kept.token, kept);
    if (id !== undefined && id.length >= shortestId) this.#byId.set(id, kept);
  }

  #forget(token: string): void {
    this.#byToken.delete(token);
    for (const [id, kept] of this.#byId) if (kept.token === token) this.#byId.delete(id);
  }
}

/** Kuksa's words, and VISS's list of signals in the same words. */
function scopeOf({ scope = "", scp = [] }: Claims): string {
  const listed = scp.map(({ path, access_permission: permission }) =>
    permission === "read-only" ? `read:${path}` : `actuate:${path}`,
  );
  return [scope, ...listed].join(" ");
}

/** The token of an `Authorization: Bearer ...` header (RFC 6750, section 2.1). */
export function bearer(header: string | undefined): string | undefined {
  return /^Bearer +(\S+) *$/i.exec(header ?? "")?.[1];
}
