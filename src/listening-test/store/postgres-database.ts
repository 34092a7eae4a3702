import pg from "pg";
import { CellistError } from "../../errors.ts";
import type { Database, Queries, Value } from "./database.ts";

/** Any number will do, as long as every server of a study takes the same. */
const ONE_AT_A_TIME = 5_310_772;

/**
 * A PostgreSQL server, for one study of many labs. Writing transactions take one advisory lock, so that they run one
 * at a time as in SQLite, whichever server process they come from.
 *
 * @param url `postgres://user:password@host:port/database`
 * @throws CellistError `study-invalid` where no server answers
 */
export async function openPostgres(url: string): Promise<Database> {
  const pool = new pg.Pool({ connectionString: url, max: 8 });
  // A connection lost while idle is replaced at the next query, which fails by itself where the server is gone.
  pool.on("error", () => undefined);
  try {
    await pool.query("SELECT 1");
  } catch (cause) {
    await pool.end();
    const { message } = cause as Error;
    const where = url.replace(/\/\/[^@]*@/, "//");
    throw new CellistError(
      "study-invalid",
      `no PostgreSQL database answers at ${where}: ${message}`,
      {},
      cause,
    );
  }
  return new PostgresDatabase(pool);
}

class PostgresDatabase implements Database {
  readonly kind = "postgres";
  readonly #pool: pg.Pool;

  constructor(pool: pg.Pool) {
    this.#pool = pool;
  }

  all = <Row>(sql: string, values: readonly Value[] = []): Promise<readonly Row[]> =>
    all(this.#pool, sql, values);
  run = (sql: string, values: readonly Value[] = []): Promise<number> => run(this.#pool, sql, values);

  async transaction<T>(work: (queries: Queries) => Promise<T>): Promise<T> {
    const client = await this.#pool.connect();
    try {
      await client.query("BEGIN");
      await client.query("SELECT pg_advisory_xact_lock($1)", [ONE_AT_A_TIME]);
      const result = await work({
        all: (sql, values = []) => all(client, sql, values),
        run: (sql, values = []) => run(client, sql, values),
      });
      await client.query("COMMIT");
      return result;
    } catch (error) {
      await client.query("ROLLBACK").catch(() => undefined);
      throw error;
    } finally {
      client.release();
    }
  }

  async script(sql: string): Promise<void> {
    await this.#pool.query(sql);
  }

  close = (): Promise<void> => this.#pool.end();
}

type Queryable = Pick<pg.Pool, "query"> | Pick<pg.PoolClient, "query">;

async function all<Row>(on: Queryable, sql: string, values: readonly Value[]): Promise<readonly Row[]> {
  const { rows } = await on.query(numbered(sql), [...values]);
  return (rows as Record<string, unknown>[]).map((row) =>
    // Counts come as text because they may exceed 2^53; ours do not.
    Object.fromEntries(Object.entries(row).map(([k, v]) => [k, typeof v === "bigint" ? Number(v) : v])),
  ) as Row[];
}

async function run(on: Queryable, sql: string, values: readonly Value[]): Promise<number> {
  return (await on.query(numbered(sql), [...values])).rowCount ?? 0;
}

function numbered(sql: string): string {
  let n = 0;
  return sql.replaceAll("?", () => `$${++n}`);
}
