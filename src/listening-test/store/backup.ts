import { existsSync } from "node:fs";
import { CellistError } from "../../errors.ts";
import type { Database, Value } from "./database.ts";
import { migrate } from "./migrations.ts";
import { openSqlite } from "./sqlite-database.ts";
import { refuseDamage } from "./study-contents.ts";

/** Parents before children. */
const TABLES = ["study", "participant", "trial", "answer", "event"] as const;

/**
 * Copies a study, while it runs, into a new SQLite file: also from PostgreSQL, so that an archive needs no server. The
 * copy is read back and checked.
 *
 * @throws CellistError `file-unwritable` where the file exists, `study-invalid` where the copy is damaged
 */
export async function backUp(database: Database, path: string): Promise<void> {
  if (existsSync(path))
    throw new CellistError("file-unwritable", `${path} exists already; a backup never overwrites anything`, {
      path,
    });
  const copy = await openSqlite(path);
  try {
    await migrate(copy);
    const rows = await database.transaction(async (from) => {
      const found: (readonly Record<string, Value>[])[] = [];
      for (const table of TABLES) found.push(await from.all(`SELECT * FROM ${table}`));
      return found;
    });
    await copy.transaction(async (into) => {
      // The guard against answers after a freeze must not refuse those that came before it.
      const frozen = rows[0]!.map((r) => [r["frozen_ms"] ?? null, r["answers_sha256"] ?? null] as const);
      for (const [i, table] of TABLES.entries())
        for (const row of rows[i]!) {
          const bare = table === "study" ? { ...row, frozen_ms: null, answers_sha256: null } : row;
          const columns = Object.keys(bare);
          await into.run(
            `INSERT INTO ${table} (${columns.join(", ")}) VALUES (${columns.map(() => "?").join(", ")})`,
            Object.values(bare),
          );
        }
      for (const values of frozen)
        await into.run("UPDATE study SET frozen_ms = ?, answers_sha256 = ? WHERE id = 1", values);
    });
    await refuseDamage(copy);
    // One file without a log beside it, so that its hash can be taken.
    await copy.all("PRAGMA wal_checkpoint(TRUNCATE)");
    await copy.all("PRAGMA journal_mode = DELETE");
  } finally {
    await copy.close();
  }
}
