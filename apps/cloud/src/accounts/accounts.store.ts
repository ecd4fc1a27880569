import type { Kysely } from "kysely";

export type Role = "owner" | "operator";

export interface AccountTables {
  account: {
    id: string;
    name: string;
    email: string;
    email_verified: boolean;
    role: Role;
    created_at: Date;
  };
  account_proof: { expires_at: Date };
  account_session: { expires_at: Date };
}

export interface AccountRow {
  readonly id: string;
  readonly name: string;
  readonly role: Role;
}

export class AccountStore {
  readonly #db: Kysely<AccountTables>;

  constructor(db: Kysely<AccountTables>) {
    this.#db = db;
  }

  /** The account that the first start made. */
  first(): Promise<AccountRow | undefined> {
    return this.#db
      .selectFrom("account")
      .select(["id", "name", "role"])
      .orderBy("created_at")
      .orderBy("id")
      .limit(1)
      .executeTakeFirst();
  }

  named(name: string): Promise<AccountRow | undefined> {
    return this.#db.selectFrom("account").select(["id", "name", "role"]).where("name", "=", name).executeTakeFirst();
  }

  async has(account: string): Promise<boolean> {
    const found = await this.#db.selectFrom("account").select("id").where("id", "=", account).executeTakeFirst();
    return found !== undefined;
  }

  async add(account: AccountRow, at: Date): Promise<void> {
    await this.#db
      .insertInto("account")
      .values({
        ...account,
        // better-auth insists on an address; this one is reserved to reach nobody (RFC 2606).
        email: `${account.id}@account.invalid`,
        email_verified: false,
        created_at: at,
      })
      .execute();
  }

  /** Removes sessions and proofs that can no longer be used. */
  async prune(at: Date): Promise<void> {
    await this.#db.deleteFrom("account_proof").where("expires_at", "<", at).execute();
    await this.#db.deleteFrom("account_session").where("expires_at", "<", at).execute();
  }
}
