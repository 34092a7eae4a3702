import Libsql from "libsql";
import { CellistError } from "../../errors.ts";
import type { Database, Queries, Value } from "./database.ts";

/**
 * SQLite in one file, write-ahead log, synchronous = FULL: what was committed survives a killed process and a power
 * cut. `":memory:"` keeps nothing.
 *
 * @throws CellistError `study-invalid` for a file that is no database
 */
export async function openSqlite(path: string): Promise<Database> {
  try {
    const file = new Libsql(path, { timeout: 5000 });
    file.pragma("journal_mode = WAL");
    file.pragma("synchronous = FULL");
    file.pragma("foreign_keys = ON");
    return await Promise.resolve(new SqliteDatabase(file));
  } catch (cause) {
    const { message } = cause as Error;
    throw new CellistError(
      "study-invalid",
      `${path} cannot be opened as a database: ${message}`,
      { path },
      cause,
    );
  }
}

class SqliteDatabase implements Database {
  readonly kind = "sqlite";
  readonly #file: Libsql.Database;
  readonly #statements = new Map<string, Libsql.Statement>();
  /** The connection is one: whoever wants it waits for the one before. */
  #turn: Promise<unknown> = Promise.resolve();

  constructor(file: Libsql.Database) {
    this.#file = file;
  }

  all<Row>(sql: string, values: readonly Value[] = []): Promise<readonly Row[]> {
    return this.#inTurn(() => Promise.resolve(this.#all<Row>(sql, values)));
  }

  run(sql: string, values: readonly Value[] = []): Promise<number> {
    return this.#inTurn(() => Promise.resolve(this.#run(sql, values)));
  }

  transaction<T>(work: (queries: Queries) => Promise<T>): Promise<T> {
    return this.#inTurn(async () => {
      this.#file.exec("BEGIN IMMEDIATE");
      try {
        const result = await work({
          all: <Row>(sql: string, values: readonly Value[] = []) =>
            Promise.resolve(this.#all<Row>(sql, values)),
          run: (sql, values = []) => Promise.resolve(this.#run(sql, values)),
        });
        this.#file.exec("COMMIT");
        return result;
      } catch (error) {
        this.#file.exec("ROLLBACK");
        throw error;
      }
    });
  }

  script(sql: string): Promise<void> {
    return this.#inTurn(() => {
      this.#file.exec("BEGIN IMMEDIATE");
      try {
        this.#file.exec(sql);
        this.#file.exec("COMMIT");
      } catch (error) {
        this.#file.exec("ROLLBACK");
        throw error;
      }
      return Promise.resolve();
    });
  }

  close(): Promise<void> {
    return this.#inTurn(() => {
      this.#statements.clear();
      this.#file.close();
      return Promise.resolve();
    });
  }

  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const mine = this.#turn.then(work);
    this.#turn = mine.catch(() => undefined);
    return mine;
  }

  #all<Row>(sql: string, values: readonly Value[]): readonly Row[] {
    return this.#prepared(sql).all(...values) as readonly Row[];
  }

  #run(sql: string, values: readonly Value[]): number {
    return this.#prepared(sql).run(...values).changes;
  }

  #prepared(sql: string): Libsql.Statement {
    const known = this.#statements.get(sql);
    if (known) return known;
    const statement = this.#file.prepare(sql);
    this.#statements.set(sql, statement);
    return statement;
  }
}
