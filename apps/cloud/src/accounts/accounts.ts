import { createHash, randomBytes, randomUUID, timingSafeEqual } from "node:crypto";
import type { Account, Caller } from "../http/route.ts";
import type { AccountRow, AccountStore, Role } from "./accounts.store.ts";
import { rememberLink } from "./auth.ts";
import type { Auth } from "./auth.ts";

export interface AccountsParts {
  readonly auth: Auth;
  readonly store: AccountStore;
  /** The secret in the data folder that makes its holder the supervisor. */
  readonly supervisorSecret: string;
  /** Where browsers reach the cloud, without a slash at the end. */
  readonly origin: string;
  readonly now: () => number;
}

/** What the cookie of a request says, and the renewed cookie that its answer should carry. */
export interface Recognised {
  readonly caller: Caller;
  readonly cookies: readonly string[];
}

export interface SignInLink {
  readonly account: string;
  readonly name: string;
  readonly role: Role;
  readonly url: string;
  readonly expiresAt: number;
}

export type SignInOutcome =
  | { readonly kind: "done"; readonly account: string; readonly cookies: readonly string[] }
  /** Unknown, used before, or too old: a stranger learns no more than that. */
  | { readonly kind: "refused" };

const linkLivesMs = 60 * 60 * 1_000;

/** Who people are: accounts, one-time links, sessions. */
export class Accounts {
  readonly #parts: AccountsParts;
  readonly #secretHash: Buffer;

  constructor(parts: AccountsParts) {
    this.#parts = parts;
    this.#secretHash = hash(parts.supervisorSecret);
  }

  /** The first account, made when there is none: it is an operator. */
  async first(): Promise<{ readonly account: string; readonly isNew: boolean }> {
    const found = await this.#parts.store.first();
    if (found !== undefined) return { account: found.id, isNew: false };
    return { account: (await this.#add("Operator", "operator")).id, isNew: true };
  }

  /** The account of that name, made with that role when there is none yet. */
  async named(name: string, role: Role): Promise<AccountRow> {
    return (await this.#parts.store.named(name)) ?? (await this.#add(name, role));
  }

  /** Whether there is an account of that identifier. */
  has(account: string): Promise<boolean> {
    return this.#parts.store.has(account);
  }

  /** A new link that signs the account in once, within an hour. Without an account: the first one. */
  async link(account?: AccountRow): Promise<SignInLink | undefined> {
    const { auth, store, origin, now } = this.#parts;
    const whose = account ?? (await store.first());
    if (whose === undefined) return undefined;
    const token = randomBytes(24).toString("base64url");
    const expiresAt = now() + linkLivesMs;
    await store.prune(new Date(now()));
    await rememberLink(auth, token, whose.id, new Date(expiresAt));
    const { id, name, role } = whose;
    return { account: id, name, role, url: `${origin}/sign-in?token=${token}`, expiresAt };
  }

  async signIn(token: string, headers: Headers): Promise<SignInOutcome> {
    const response = await this.#parts.auth.api.signInByLink({ body: { token }, headers, asResponse: true });
    if (!response.ok) return { kind: "refused" };
    const said: unknown = await response.json();
    const account = typeof said === "object" && said !== null && "account" in said ? String(said.account) : "";
    return { kind: "done", account, cookies: response.headers.getSetCookie() };
  }

  /** Ends the session of the request; the answer's cookies remove it from the browser. */
  async signOut(headers: Headers): Promise<readonly string[]> {
    const response = await this.#parts.auth.api.signOut({ headers, asResponse: true });
    return response.headers.getSetCookie();
  }

  /** Who calls, from the request's headers alone. */
  async recognise(headers: Headers): Promise<Recognised> {
    const bearer = /^Bearer (\S+)$/u.exec(headers.get("authorization") ?? "")?.[1];
    if (bearer !== undefined) {
      const holds = timingSafeEqual(hash(bearer), this.#secretHash);
      return { caller: holds ? { kind: "supervisor" } : { kind: "nobody" }, cookies: [] };
    }
    // Most requests without our cookie are strangers' or a page's first: no need to ask the database.
    if (!headers.get("cookie")?.includes("caravan-cloud")) return { caller: { kind: "nobody" }, cookies: [] };
    const answer = await this.#parts.auth.api.getSession({ headers, returnHeaders: true });
    if (answer.response === null) return { caller: { kind: "nobody" }, cookies: [] };
    return { caller: asAccount(answer.response.user), cookies: answer.headers.getSetCookie() };
  }

  async #add(name: string, role: Role): Promise<AccountRow> {
    const account = { id: randomUUID(), name, role };
    await this.#parts.store.add(account, new Date(this.#parts.now()));
    return account;
  }
}

function asAccount(user: { readonly id: string; readonly name: string; readonly role: string }): Account {
  return { kind: "account", account: user.id, name: user.name, role: user.role === "operator" ? "operator" : "owner" };
}

function hash(secret: string): Buffer {
  return createHash("sha256").update(secret).digest();
}
