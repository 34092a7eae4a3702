/** What a database takes and gives: text, numbers, nothing. Times are milliseconds since 1970, JSON is text. */
export type Value = string | number | null;

/** Queries, inside or outside a transaction. `?` stands for a value, in order. */
export interface Queries {
  all<Row>(sql: string, values?: readonly Value[]): Promise<readonly Row[]>;
  /** @returns how many rows were changed */
  run(sql: string, values?: readonly Value[]): Promise<number>;
}

/**
 * The only door to a database. One suite of cases runs on every implementation (`test/listening-test/store`).
 *
 * A transaction that has resolved is on the disk; one that throws left nothing. Transactions run one at a time.
 */
export interface Database extends Queries {
  readonly kind: "sqlite" | "postgres";
  transaction<T>(work: (queries: Queries) => Promise<T>): Promise<T>;
  /** Runs several statements that give nothing back, all or none, as in a migration. */
  script(sql: string): Promise<void>;
  close(): Promise<void>;
}
