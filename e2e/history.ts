import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { Client } from "pg";

/** The cloud's stored history, read straight from its database. */
export class History {
  readonly #client: Client;

  private constructor(client: Client) {
    this.#client = client;
  }

  /** Finds the embedded server of a data folder by its own files. */
  static async open(data: string): Promise<History> {
    const folder = join(data, "database");
    const password = (await readFile(join(folder, "password"), "utf8")).trim();
    // PostgreSQL's own file: the fourth line is the port.
    const port = (await readFile(join(folder, "cluster", "postmaster.pid"), "utf8")).split("\n")[3]?.trim();
    const client = new Client({ connectionString: `postgres://caravan:${password}@127.0.0.1:${port}/caravan` });
    await client.connect();
    return new History(client);
  }

  async count(path: string): Promise<number> {
    const { rows } = await this.#client.query<{ count: string }>(
      "select count(*) from sample join signal_path using (signal) where path = $1",
      [path],
    );
    return Number(rows[0]?.count ?? 0);
  }

  /** The newest stored number of a signal, `at` in UTC ms. */
  async latest(path: string): Promise<{ value: number; at: number } | undefined> {
    const { rows } = await this.#client.query<{ number: number; at: Date }>(
      "select number, at from sample join signal_path using (signal) where path = $1 order by at desc limit 1",
      [path],
    );
    const row = rows[0];
    return row === undefined ? undefined : { value: row.number, at: row.at.getTime() };
  }

  async holds(path: string, value: number): Promise<boolean> {
    const { rows } = await this.#client.query(
      "select 1 from sample join signal_path using (signal) where path = $1 and number = $2 limit 1",
      [path, value],
    );
    return rows.length > 0;
  }

  close(): Promise<void> {
    return this.#client.end();
  }
}
