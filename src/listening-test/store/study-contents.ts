import { createHash } from "node:crypto";
import { CellistError } from "../../errors.ts";
import { groupedBy } from "../statistics/grouped-by.ts";
import type { Trial } from "../design/trial-plan.ts";
import { brokenLink, type StoredAnswer } from "./answer-chain.ts";
import type { Database, Queries } from "./database.ts";
import type { ParticipantRow } from "./participant.ts";

/** All that listeners left, in order of their random ids: no order of arrival. */
export interface StudyContents {
  readonly participants: readonly ParticipantRow[];
  readonly trials: readonly (Trial & { readonly participant: string })[];
  readonly answers: readonly StoredAnswer[];
  readonly withdrawn: number;
  readonly frozenMs: number | null;
  /** Of all answers as frozen; null before. */
  readonly answersSha256: string | null;
}

export async function readStudy(queries: Queries): Promise<StudyContents> {
  const [study] = await queries.all<{
    withdrawn: number;
    frozen_ms: number | null;
    answers_sha256: string | null;
  }>("SELECT withdrawn, frozen_ms, answers_sha256 FROM study WHERE id = 1");
  const participants = await queries.all<ParticipantRow>(
    `SELECT id, cell, seed, language, mode, consent_version, consent_sha256, background, headphones, started_ms,
     finished_ms FROM participant WHERE withdrawing = 0 ORDER BY id`,
  );
  const trials = await queries.all<Omit<Trial, "slots"> & { participant: string; slots: string }>(
    "SELECT participant, position, block, method, role, item, slots FROM trial ORDER BY participant, position",
  );
  const answers = await queries.all<StoredAnswer>("SELECT * FROM answer ORDER BY participant, position");
  return {
    participants,
    trials: trials.map((t) => ({ ...t, slots: JSON.parse(t.slots) as string[] })),
    answers,
    withdrawn: study?.withdrawn ?? 0,
    frozenMs: study?.frozen_ms ?? null,
    answersSha256: study?.answers_sha256 ?? null,
  };
}

/** Hash over every answer, in order of listener and position. */
export const answersHash = (answers: readonly StoredAnswer[]): string =>
  createHash("sha256")
    .update(answers.map((a) => a.sha256).join("\n"))
    .digest("hex");

/**
 * Closes a study for ever: no answer is taken after this, codes are forgotten (so nobody can be told from the answers),
 * and the hash of all answers is kept. Frozen again, it says the same.
 */
export async function freezeStudy(
  database: Database,
  nowMs: number,
): Promise<{ readonly answersSha256: string }> {
  return database.transaction(async (queries) => {
    const contents = await readStudy(queries);
    if (contents.answersSha256 !== null) return { answersSha256: contents.answersSha256 };
    const answersSha256 = answersHash(contents.answers);
    await queries.run("UPDATE study SET frozen_ms = ?, answers_sha256 = ? WHERE id = 1", [
      nowMs,
      answersSha256,
    ]);
    await queries.run("UPDATE participant SET withdrawal_sha256 = NULL, code_sha256 = id");
    return { answersSha256 };
  });
}

/** What is wrong with a study's database, one sentence each; none where all holds. */
export async function findDamage(database: Database): Promise<readonly string[]> {
  const damage: string[] = [];
  if (database.kind === "sqlite") {
    const check = await database.all<{ integrity_check: string }>("PRAGMA integrity_check");
    damage.push(...check.map((row) => row.integrity_check).filter((text) => text !== "ok"));
    const keys = await database.all<{ table: string }>("PRAGMA foreign_key_check");
    damage.push(...keys.map((row) => `a row of ${row.table} belongs to nothing`));
  }
  const contents = await readStudy(database);
  for (const answers of groupedBy(contents.answers, (a) => a.participant).values()) {
    const broken = brokenLink(answers);
    if (broken)
      damage.push(
        `answer ${broken.position} of listener ${broken.participant} was changed, or one before it is gone`,
      );
  }
  if (contents.answersSha256 !== null && contents.answersSha256 !== answersHash(contents.answers))
    damage.push("the answers are not those that were frozen");
  return damage;
}

/** @throws CellistError `study-invalid` with the first damage */
export async function refuseDamage(database: Database): Promise<void> {
  const [first, ...more] = await findDamage(database);
  if (first !== undefined)
    throw new CellistError(
      "study-invalid",
      `the study's database is damaged: ${first}${more.length > 0 ? ` (and ${more.length} more)` : ""}`,
    );
}
