import type { Database } from "./database.ts";
import { openPostgres } from "./postgres-database.ts";
import { openSqlite } from "./sqlite-database.ts";

/** A study's database, by where it is: `postgres://…`, or the path of an SQLite file. */
export const openDatabase = (where: string): Promise<Database> =>
  /^postgres(ql)?:\/\//.test(where) ? openPostgres(where) : openSqlite(where);
