import { randomBytes, randomInt } from "node:crypto";
import { CellistError } from "../../errors.ts";
import { leastFilledCell } from "../design/least-filled.ts";
import type { Stimulus } from "../design/manifest.ts";
import { cellCount, planTrials, type Design, type Trial } from "../design/trial-plan.ts";
import { answerHash, CHAIN_START, type StoredAnswer } from "./answer-chain.ts";
import type { Database, Queries } from "./database.ts";
import type { AnswerRefusal, Enrolment, ParticipantRow, SentAnswer } from "./participant.ts";
import { migrate } from "./migrations.ts";
import { codeHash, newCode } from "./secret-code.ts";

/** What a study's database belongs to. */
export interface StudyIdentity extends Design {
  readonly name: string;
  readonly protocolSha256: string;
  readonly manifestSha256: string;
}

/** A listener who has not finished frees her cell after this long [ms]. */
const MAY_COME_BACK_MS = 2 * 3600 * 1000;

/**
 * Everything a study remembers of its listeners. Codes are stored as hashes only; no name, address or browser is.
 * Whatever a method resolves for is on the disk.
 */
export class StudyStore {
  readonly #database: Database;
  readonly #study: StudyIdentity;
  readonly #stimuli: ReadonlyMap<string, Stimulus>;
  readonly #random: () => number;

  private constructor(database: Database, study: StudyIdentity, random: () => number) {
    this.#database = database;
    this.#study = study;
    this.#random = random;
    this.#stimuli = new Map(study.manifest.stimuli.map((s) => [s.id, s]));
  }

  /**
   * Opens the store, making its tables where there are none.
   *
   * @param random draws cells and orders, from 0 to under 1; nobody can guess the default's
   * @throws CellistError `study-invalid` where the database belongs to another protocol or other stimuli
   */
  static async open(
    database: Database,
    study: StudyIdentity,
    nowMs: number,
    random: () => number = () => randomInt(2 ** 31) / 2 ** 31,
  ): Promise<StudyStore> {
    await migrate(database);
    await database.transaction(async (queries) => {
      const [known] = await queries.all<{ protocol_sha256: string; manifest_sha256: string }>(
        "SELECT protocol_sha256, manifest_sha256 FROM study WHERE id = 1",
      );
      if (known === undefined)
        await queries.run(
          "INSERT INTO study (id, name, protocol_sha256, manifest_sha256, seed, created_ms) VALUES (1, ?, ?, ?, ?, ?)",
          [study.name, study.protocolSha256, study.manifestSha256, study.seed, nowMs],
        );
      else if (
        known.protocol_sha256 !== study.protocolSha256 ||
        known.manifest_sha256 !== study.manifestSha256
      )
        throw new CellistError(
          "study-invalid",
          `the database was begun with another ${known.manifest_sha256 === study.manifestSha256 ? "protocol" : "set of stimuli"}; ` +
            "answers of both cannot be put together, begin a new session for the new one",
        );
    });
    return new StudyStore(database, study, random);
  }

  /** A new listener in the least filled cell, with all her trials. The two codes are told here and never again. */
  async enrol(
    who: Enrolment,
    nowMs: number,
  ): Promise<{ readonly code: string; readonly withdrawalCode: string }> {
    const [code, withdrawalCode] = [newCode(), newCode()];
    await this.#database.transaction(async (queries) => {
      await refuseFrozen(queries);
      const cell = leastFilledCell(await this.#filledCells(queries, nowMs), this.#random());
      const id = randomBytes(8).toString("hex");
      const seed = Math.floor(this.#random() * 2 ** 31);
      await queries.run(
        `INSERT INTO participant (id, code_sha256, withdrawal_sha256, cell, seed, language, mode, consent_version,
         consent_sha256, started_ms) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
        [
          id,
          codeHash(code),
          codeHash(withdrawalCode),
          cell,
          seed,
          who.language,
          who.mode,
          who.consentVersion,
          who.consentSha256,
          nowMs,
        ],
      );
      for (const t of planTrials(this.#study, cell, seed))
        await queries.run(
          "INSERT INTO trial (participant, position, block, method, role, item, slots) VALUES (?, ?, ?, ?, ?, ?, ?)",
          [id, t.position, t.block, t.method, t.role, t.item, JSON.stringify(t.slots)],
        );
    });
    return { code, withdrawalCode };
  }

  async participantByCode(code: string): Promise<ParticipantRow | undefined> {
    const [row] = await this.#database.all<ParticipantRow>(
      "SELECT * FROM participant WHERE code_sha256 = ? AND withdrawing = 0",
      [codeHash(code)],
    );
    return row;
  }

  async trialsOf(participant: string): Promise<readonly Trial[]> {
    return trialsOf(this.#database, participant);
  }

  /** How many trials a listener has answered: the position of her next one. */
  async answeredBy(participant: string): Promise<number> {
    return answered(this.#database, participant);
  }

  async setBackground(participant: string, background: unknown): Promise<void> {
    await this.#database.run("UPDATE participant SET background = ? WHERE id = ? AND background IS NULL", [
      JSON.stringify(background),
      participant,
    ]);
  }

  async setHeadphones(participant: string, headphones: unknown): Promise<void> {
    await this.#database.run("UPDATE participant SET headphones = ? WHERE id = ?", [
      JSON.stringify(headphones),
      participant,
    ]);
  }

  /** Notes that something happened: a recording was started, the page was left. */
  async note(participant: string, kind: string, detail: unknown, nowMs: number): Promise<void> {
    await this.#database.transaction(async (queries) => {
      const [last] = await queries.all<{ number: number | null }>(
        "SELECT MAX(number) AS number FROM event WHERE participant = ?",
        [participant],
      );
      await queries.run(
        "INSERT INTO event (participant, number, kind, detail, at_ms) VALUES (?, ?, ?, ?, ?)",
        [participant, (last?.number ?? -1) + 1, kind, JSON.stringify(detail), nowMs],
      );
    });
  }

  /** When each slot of a trial was first started by a listener [ms]; slots not started are missing. */
  async firstPlays(participant: string, position: number): Promise<ReadonlyMap<number, number>> {
    const rows = await this.#database.all<{ detail: string; at_ms: number }>(
      "SELECT detail, at_ms FROM event WHERE participant = ? AND kind = 'play' ORDER BY number DESC",
      [participant],
    );
    const plays = new Map<number, number>();
    for (const row of rows) {
      const detail = JSON.parse(row.detail) as { position: number; slot: number };
      if (detail.position === position) plays.set(detail.slot, row.at_ms);
    }
    return plays;
  }

  /**
   * Stores an answer, once. Sent again with the same id it is acknowledged again and nothing changes; with another id
   * (a second tab) it is refused.
   */
  async answer(participant: string, sent: SentAnswer, nowMs: number): Promise<AnswerRefusal | undefined> {
    return this.#database.transaction(async (queries) => {
      await refuseFrozen(queries);
      const [stands] = await queries.all<{ answer_id: string }>(
        "SELECT answer_id FROM answer WHERE participant = ? AND position = ?",
        [participant, sent.position],
      );
      if (stands)
        return stands.answer_id === sent.answerId
          ? undefined
          : { kind: "other-answer-stands", position: sent.position };
      const trials = await trialsOf(queries, participant);
      const next = await answered(queries, participant);
      const trial = trials[sent.position];
      if (trial === undefined || sent.position !== next)
        return { kind: "not-this-trial", position: sent.position, next };
      await this.#insert(queries, participant, trial, sent, nowMs);
      if (next === trials.length - 1)
        await queries.run("UPDATE participant SET finished_ms = ? WHERE id = ?", [nowMs, participant]);
      return undefined;
    });
  }

  async #insert(queries: Queries, participant: string, trial: Trial, sent: SentAnswer, nowMs: number) {
    const [before] = await queries.all<{ sha256: string }>(
      "SELECT sha256 FROM answer WHERE participant = ? AND position = ?",
      [participant, sent.position - 1],
    );
    const bare: Omit<StoredAnswer, "sha256"> = {
      participant,
      position: sent.position,
      answer_id: sent.answerId,
      response: JSON.stringify(sent.response),
      stimulus_sha256: trial.slots.map((id) => this.#stimuli.get(id)!.sha256).join(" "),
      played_ms: sent.playedMs,
      received_ms: nowMs,
      previous_sha256: before?.sha256 ?? CHAIN_START,
    };
    await queries.run(
      `INSERT INTO answer (participant, position, answer_id, response, stimulus_sha256, played_ms, received_ms,
       previous_sha256, sha256) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      [
        bare.participant,
        bare.position,
        bare.answer_id,
        bare.response,
        bare.stimulus_sha256,
        bare.played_ms,
        bare.received_ms,
        bare.previous_sha256,
        answerHash(bare),
      ],
    );
  }

  /** Deletes all that a listener left, by her withdrawal code. Only that somebody withdrew is kept. */
  async withdraw(withdrawalCode: string): Promise<boolean> {
    return this.#database.transaction(async (queries) => {
      await refuseFrozen(queries);
      const [row] = await queries.all<{ id: string }>(
        "SELECT id FROM participant WHERE withdrawal_sha256 = ?",
        [codeHash(withdrawalCode)],
      );
      if (row === undefined) return false;
      await queries.run("UPDATE participant SET withdrawing = 1 WHERE id = ?", [row.id]);
      for (const table of ["answer", "event", "trial"])
        await queries.run(`DELETE FROM ${table} WHERE participant = ?`, [row.id]);
      await queries.run("DELETE FROM participant WHERE id = ?", [row.id]);
      await queries.run("UPDATE study SET withdrawn = withdrawn + 1 WHERE id = 1");
      return true;
    });
  }

  /** Listeners in each cell who finished or may still come back. */
  async filledCells(nowMs: number): Promise<readonly number[]> {
    return this.#filledCells(this.#database, nowMs);
  }

  async #filledCells(queries: Queries, nowMs: number): Promise<number[]> {
    const filled = new Array<number>(cellCount(this.#study)).fill(0);
    const rows = await queries.all<{ cell: number; n: number | string }>(
      "SELECT cell, COUNT(*) AS n FROM participant WHERE finished_ms IS NOT NULL OR started_ms > ? GROUP BY cell",
      [nowMs - MAY_COME_BACK_MS],
    );
    for (const row of rows) filled[row.cell] = Number(row.n);
    return filled;
  }
}

async function trialsOf(queries: Queries, participant: string): Promise<readonly Trial[]> {
  const rows = await queries.all<Omit<Trial, "slots"> & { slots: string }>(
    "SELECT position, block, method, role, item, slots FROM trial WHERE participant = ? ORDER BY position",
    [participant],
  );
  return rows.map((row) => ({ ...row, slots: JSON.parse(row.slots) as string[] }));
}

async function answered(queries: Queries, participant: string): Promise<number> {
  const [row] = await queries.all<{ n: number | string }>(
    "SELECT COUNT(*) AS n FROM answer WHERE participant = ?",
    [participant],
  );
  return Number(row!.n);
}

/** @throws CellistError `study-frozen` */
async function refuseFrozen(queries: Queries): Promise<void> {
  const [study] = await queries.all<{ frozen_ms: number | null }>("SELECT frozen_ms FROM study WHERE id = 1");
  if (study?.frozen_ms != null)
    throw new CellistError(
      "study-frozen",
      "the study is frozen: it takes no more listeners, answers or withdrawals",
    );
}
