import { Kysely, PostgresDialect } from "kysely";
import { Pool } from "pg";
import { startCluster } from "./embedded/cluster.ts";
import { StartProblem } from "./problem.ts";

/** The cloud's PostgreSQL: our own from npm, or another server. */
export interface Database {
  /** Holds the password: never log it. */
  readonly url: string;
  readonly embedded: boolean;
  /** The embedded server was left running by a run that was killed. */
  readonly adopted: boolean;
  readonly pool: Pool;
  /** Typed SQL over the one shared pool; each store names the tables it uses. */
  readonly tables: <Tables>() => Kysely<Tables>;
  /** Closes the connections and stops the embedded server; nothing committed is lost. */
  readonly stop: () => Promise<void>;
}

export interface DatabaseParts {
  /** The data folder; the embedded server lives in its `database` folder. */
  readonly data: string;
  /** Another server to use instead. */
  readonly databaseUrl?: string | undefined;
  readonly connections?: number;
  /** For tests: nothing is flushed to disk. */
  readonly disposable?: boolean;
  /** Told when an idle connection breaks, such as when the server is restarted. The pool heals by itself. */
  readonly onConnectionLost?: (error: Error) => void;
  /** Told when the embedded server died and when it runs again. */
  readonly onServerChange?: (change: "lost" | "back") => void;
}

/** Starts or adopts the embedded server, or reaches the other one. Throws StartProblem with one sentence for the person who starts it. */
export async function openDatabase(parts: DatabaseParts): Promise<Database> {
  const cluster =
    parts.databaseUrl === undefined
      ? await startCluster({
          data: parts.data,
          disposable: parts.disposable ?? false,
          onChange: (change) => parts.onServerChange?.(change),
        })
      : undefined;
  const url = cluster?.url ?? checkedUrl(parts.databaseUrl ?? "");
  const connection = connect(url, parts);
  try {
    const { rows } = await connection.pool.query<{ version: string }>(
      "select current_setting('server_version_num') as version",
    );
    if (Number(rows[0]?.version) < 150_000) {
      throw new StartProblem("old-database", "The database server is too old; Caravan needs PostgreSQL 15 or newer.");
    }
  } catch (error) {
    await connection.pool.end();
    await cluster?.stop();
    throw error instanceof StartProblem ? error : new StartProblem("database-unreachable", sentence(url, error), error);
  }
  return {
    ...connection,
    embedded: cluster !== undefined,
    adopted: cluster?.adopted ?? false,
    async stop() {
      await connection.pool.end();
      await cluster?.stop();
    },
  };
}

/** A pool of connections to a server that is already known to run. */
export function connect(
  url: string,
  options: Pick<DatabaseParts, "connections" | "onConnectionLost"> = {},
): Pick<Database, "url" | "pool" | "tables"> {
  const pool = new Pool({
    connectionString: url,
    max: options.connections ?? 12,
    connectionTimeoutMillis: 5_000,
    idleTimeoutMillis: 30_000,
    application_name: "caravan",
  });
  pool.on("error", (error) => options.onConnectionLost?.(error));
  // The pool listens to idle connections only; one that breaks within a transaction, between two statements, would end the process.
  pool.on("connect", (client) => client.on("error", (error) => options.onConnectionLost?.(error)));
  return { url, pool, tables: <Tables>() => new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) }) };
}

function checkedUrl(text: string): string {
  const url = URL.parse(text);
  if (url === null || !["postgres:", "postgresql:"].includes(url.protocol)) {
    throw new StartProblem(
      "bad-database-url",
      "DATABASE_URL is not a PostgreSQL address; it looks like postgres://user:password@host:5432/name.",
    );
  }
  return text;
}

function sentence(address: string, error: unknown): string {
  const url = URL.parse(address);
  const where = `${url?.hostname ?? "the server"}:${url?.port === undefined || url.port === "" ? "5432" : url.port}`;
  switch (codeOf(error)) {
    case "ECONNREFUSED":
      return `No database server answers at ${where}; check DATABASE_URL.`;
    case "ENOTFOUND":
    case "EAI_AGAIN":
      return `The host name in DATABASE_URL (${url?.hostname ?? ""}) is not known.`;
    case "28P01":
    case "28000":
      return `The database server at ${where} refuses the user or password of DATABASE_URL.`;
    case "3D000":
      return `The database named in DATABASE_URL (${url?.pathname.slice(1) ?? ""}) does not exist on ${where}.`;
    default:
      return `The database at ${where} cannot be used: ${error instanceof Error ? error.message : String(error)}.`;
  }
}

function codeOf(error: unknown): string | undefined {
  if (error instanceof AggregateError && error.errors.length > 0) return codeOf(error.errors[0]);
  if (typeof error === "object" && error !== null && "code" in error && typeof error.code === "string")
    return error.code;
  return undefined;
}
