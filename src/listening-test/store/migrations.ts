import { CellistError } from "../../errors.ts";
import type { Database } from "./database.ts";

/** One step of the schema. Written once and never changed: the next change is the next step. */
interface Migration {
  readonly version: number;
  readonly both: string;
  /** Guards that the two databases spell differently. */
  readonly sqlite: string;
  readonly postgres: string;
}

const FIRST: Migration = {
  version: 1,
  both: `
CREATE TABLE study (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  name TEXT NOT NULL,
  protocol_sha256 TEXT NOT NULL,
  manifest_sha256 TEXT NOT NULL,
  seed INTEGER NOT NULL,
  created_ms DOUBLE PRECISION NOT NULL,
  frozen_ms DOUBLE PRECISION,
  answers_sha256 TEXT,
  withdrawn INTEGER NOT NULL DEFAULT 0
);
CREATE TABLE participant (
  id TEXT PRIMARY KEY,
  code_sha256 TEXT NOT NULL UNIQUE,
  withdrawal_sha256 TEXT UNIQUE,
  cell INTEGER NOT NULL,
  seed INTEGER NOT NULL,
  language TEXT NOT NULL,
  mode TEXT NOT NULL,
  consent_version TEXT NOT NULL,
  consent_sha256 TEXT NOT NULL,
  background TEXT,
  headphones TEXT,
  started_ms DOUBLE PRECISION NOT NULL,
  finished_ms DOUBLE PRECISION,
  withdrawing INTEGER NOT NULL DEFAULT 0
);
CREATE TABLE trial (
  participant TEXT NOT NULL REFERENCES participant (id),
  position INTEGER NOT NULL,
  block INTEGER NOT NULL,
  method TEXT NOT NULL,
  role TEXT NOT NULL,
  item TEXT NOT NULL,
  slots TEXT NOT NULL,
  PRIMARY KEY (participant, position)
);
CREATE TABLE answer (
  participant TEXT NOT NULL,
  position INTEGER NOT NULL,
  answer_id TEXT NOT NULL,
  response TEXT NOT NULL,
  stimulus_sha256 TEXT NOT NULL,
  played_ms DOUBLE PRECISION NOT NULL,
  received_ms DOUBLE PRECISION NOT NULL,
  previous_sha256 TEXT NOT NULL,
  sha256 TEXT NOT NULL,
  PRIMARY KEY (participant, position),
  FOREIGN KEY (participant, position) REFERENCES trial (participant, position)
);
CREATE TABLE event (
  participant TEXT NOT NULL REFERENCES participant (id),
  number INTEGER NOT NULL,
  kind TEXT NOT NULL,
  detail TEXT NOT NULL,
  at_ms DOUBLE PRECISION NOT NULL,
  PRIMARY KEY (participant, number)
);
`,
  sqlite: `
CREATE TRIGGER answer_never_changes BEFORE UPDATE ON answer
BEGIN SELECT RAISE(ABORT, 'answers are append-only'); END;
CREATE TRIGGER answer_never_goes BEFORE DELETE ON answer
WHEN (SELECT withdrawing FROM participant WHERE id = OLD.participant) = 0
BEGIN SELECT RAISE(ABORT, 'answers are append-only'); END;
CREATE TRIGGER answer_not_after_freeze BEFORE INSERT ON answer
WHEN (SELECT frozen_ms FROM study WHERE id = 1) IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'the study is frozen'); END;
`,
  postgres: `
CREATE FUNCTION answer_guard() RETURNS trigger LANGUAGE plpgsql AS $guard$
BEGIN
  IF TG_OP = 'UPDATE' THEN RAISE EXCEPTION 'answers are append-only'; END IF;
  IF TG_OP = 'DELETE' THEN
    IF (SELECT withdrawing FROM participant WHERE id = OLD.participant) = 0 THEN
      RAISE EXCEPTION 'answers are append-only';
    END IF;
    RETURN OLD;
  END IF;
  IF (SELECT frozen_ms FROM study WHERE id = 1) IS NOT NULL THEN RAISE EXCEPTION 'the study is frozen'; END IF;
  RETURN NEW;
END $guard$;
CREATE TRIGGER answer_guard BEFORE INSERT OR UPDATE OR DELETE ON answer FOR EACH ROW EXECUTE FUNCTION answer_guard();
`,
};

export const MIGRATIONS: readonly Migration[] = [FIRST];

/**
 * Brings a database to the newest schema, step by step, each in one transaction.
 *
 * @throws CellistError `study-invalid` for a database made by a newer version of this program
 */
export async function migrate(
  database: Database,
  migrations: readonly Migration[] = MIGRATIONS,
): Promise<void> {
  await database.script(
    "CREATE TABLE IF NOT EXISTS schema_step (version INTEGER PRIMARY KEY, applied_ms DOUBLE PRECISION NOT NULL)",
  );
  const [row] = await database.all<{ version: number | null }>(
    "SELECT MAX(version) AS version FROM schema_step",
  );
  const at = row?.version ?? 0;
  const newest = migrations.at(-1)!.version;
  if (at > newest)
    throw new CellistError(
      "study-invalid",
      `the study's database has schema ${at}, this program knows up to ${newest}; use the newer version of it`,
      { at, newest },
    );
  for (const step of migrations.filter((m) => m.version > at)) {
    const own = database.kind === "sqlite" ? step.sqlite : step.postgres;
    const note = `INSERT INTO schema_step VALUES (${step.version}, ${Date.now()});`;
    await database.script(`${step.both} ${own} ${note}`);
  }
}
