import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { backUp } from "../../../src/listening-test/store/backup.ts";
import type { Database } from "../../../src/listening-test/store/database.ts";
import { migrate } from "../../../src/listening-test/store/migrations.ts";
import { openDatabase } from "../../../src/listening-test/store/open-database.ts";
import { findDamage, freezeStudy, readStudy } from "../../../src/listening-test/store/study-contents.ts";
import { StudyStore } from "../../../src/listening-test/store/study-store.ts";
import { HUMAN, listener, sampleIdentity } from "../sample-study.ts";
import { POSTGRES_AT_HAND, startPostgres, type PostgresServer } from "./postgres-server.ts";

const folder = mkdtempSync(join(tmpdir(), "cellist-store-"));
afterAll(() => rmSync(folder, { recursive: true }));
let fresh = 0;

describe("on SQLite", () => {
  storeCases(() => openDatabase(join(folder, `${fresh++}.sqlite`)));
});

describe.skipIf(POSTGRES_AT_HAND === undefined)(
  POSTGRES_AT_HAND === undefined ? "on PostgreSQL (skipped: no server is installed here)" : "on PostgreSQL",
  () => {
    let server: PostgresServer;
    beforeAll(async () => void (server = await startPostgres()), 60_000);
    afterAll(() => server.stop());
    storeCases(async () => {
      const admin = await openDatabase(server.url);
      const schema = `study${fresh++}`;
      await admin.run(`CREATE SCHEMA ${schema}`);
      await admin.close();
      return openDatabase(`${server.url}?options=-c%20search_path%3D${schema}`);
    });
  },
);

/** What every database must do. */
function storeCases(open: () => Promise<Database>): void {
  let database: Database;
  let store: StudyStore;
  beforeEach(async () => {
    database = await open();
    store = await StudyStore.open(database, sampleIdentity(), 0);
    return () => database.close();
  });

  it("keeps cells even when listeners come, finish and leave", async () => {
    for (let n = 0; n < 40; n++) await listener(store, n % 3);
    const filled = await store.filledCells(1000);
    expect(filled.reduce((a, b) => a + b)).toBe(40);
    expect(Math.max(...filled) - Math.min(...filled)).toBeLessThanOrEqual(1);
    // Three hours later all who did not finish have freed their cells.
    expect((await store.filledCells(4 * 3600e3)).every((n) => n === 0)).toBe(true);
  });

  it("takes an answer once, acknowledges the same one again and refuses another", async () => {
    const { id } = await listener(store, 1);
    const sent = { position: 1, answerId: "x", response: HUMAN, playedMs: 5 };
    expect(await store.answer(id, sent, 10)).toBeUndefined();
    expect(await store.answer(id, sent, 11)).toBeUndefined();
    expect(await store.answer(id, { ...sent, answerId: "y" }, 12)).toEqual({
      kind: "other-answer-stands",
      position: 1,
    });
    expect(await store.answer(id, { ...sent, position: 5, answerId: "z" }, 13)).toEqual({
      kind: "not-this-trial",
      position: 5,
      next: 2,
    });
    expect((await readStudy(database)).answers.map((a) => a.received_ms)).toEqual([1000, 10]);
  });

  it("takes only one of two answers that come at the same moment", async () => {
    const { id } = await listener(store, 0);
    const both = await Promise.all(
      ["a", "b"].map((answerId) =>
        store.answer(id, { position: 0, answerId, response: HUMAN, playedMs: 0 }, 1),
      ),
    );
    expect(both.filter((refusal) => refusal === undefined)).toHaveLength(1);
  });

  it("finishes a listener with her last answer", async () => {
    const trials = 2 + 8 + 2 + 2;
    const { code } = await listener(store, trials - 1);
    expect((await store.participantByCode(code))!.finished_ms).toBeNull();
    const done = await listener(store, trials);
    expect((await store.participantByCode(done.code))!.finished_ms).toBe(1000 + trials - 1);
  });

  it("lets nobody change or delete an answer, not even by SQL", async () => {
    await listener(store, 2);
    await expect(database.run("UPDATE answer SET response = 'x'")).rejects.toThrow(/append-only/);
    await expect(database.run("DELETE FROM answer")).rejects.toThrow(/append-only/);
    expect((await readStudy(database)).answers).toHaveLength(2);
  });

  it("forgets all of a listener who withdraws, and only of her", async () => {
    const [stays, goes] = [await listener(store, 3), await listener(store, 4)];
    await store.note(goes.id, "play", { position: 0, slot: 0 }, 5);
    expect(await store.withdraw(goes.code)).toBe(false);
    expect(await store.withdraw(goes.withdrawalCode.toLowerCase().replaceAll("-", " "))).toBe(true);
    const contents = await readStudy(database);
    expect(contents.participants.map((p) => p.id)).toEqual([stays.id]);
    expect(contents.answers).toHaveLength(3);
    expect(contents.withdrawn).toBe(1);
    expect(JSON.stringify(await database.all("SELECT * FROM event"))).not.toContain(goes.id);
    expect(await store.participantByCode(goes.code)).toBeUndefined();
  });

  it("stores no code that could be used", async () => {
    const { code, withdrawalCode } = await listener(store, 1);
    const rows = JSON.stringify(await database.all("SELECT * FROM participant"));
    expect(rows).not.toContain(code);
    expect(rows).not.toContain(withdrawalCode);
  });

  it("is closed for ever by a freeze, which forgets the codes", async () => {
    const { id, code, withdrawalCode } = await listener(store, 2);
    const frozen = await freezeStudy(database, 50);
    expect(await freezeStudy(database, 60)).toEqual(frozen);
    const sent = { position: 2, answerId: "late", response: HUMAN, playedMs: 0 };
    await expect(store.answer(id, sent, 70)).rejects.toThrow(/frozen/);
    await expect(store.withdraw(withdrawalCode)).rejects.toThrow(/frozen/);
    expect(await store.participantByCode(code)).toBeUndefined();
    await expect(
      database.run(
        "INSERT INTO answer SELECT participant, 2, 'x', response, stimulus_sha256, 0, 0, '', '' FROM answer WHERE position = 1",
      ),
    ).rejects.toThrow(/frozen/);
    expect(await findDamage(database)).toEqual([]);
  });

  it("finds an answer that was changed behind its back", async () => {
    const { id } = await listener(store, 3);
    expect(await findDamage(database)).toEqual([]);
    await database.script(
      database.kind === "sqlite"
        ? "DROP TRIGGER answer_never_changes"
        : "ALTER TABLE answer DISABLE TRIGGER ALL",
    );
    await database.run("UPDATE answer SET received_ms = 3 WHERE position = 1");
    expect(await findDamage(database)).toEqual([
      `answer 1 of listener ${id} was changed, or one before it is gone`,
    ]);
  });

  it("is backed up while it runs, before and after a freeze, into a file that holds the same", async () => {
    await listener(store, 3);
    for (const frozen of [false, true]) {
      if (frozen) await freezeStudy(database, 9);
      const path = join(folder, `backup${fresh++}.sqlite`);
      await backUp(database, path);
      await expect(backUp(database, path)).rejects.toThrow(/never overwrites/);
      const copy = await openDatabase(path);
      expect(await readStudy(copy)).toEqual(await readStudy(database));
      await copy.close();
    }
  });

  it("refuses the answers of another protocol or other stimuli", async () => {
    const other = { ...sampleIdentity(), manifestSha256: "d".repeat(64) };
    await expect(StudyStore.open(database, other, 0)).rejects.toThrow(/another set of stimuli/);
  });

  it("brings an old schema forward, step by step, and leaves nothing of a step that fails", async () => {
    const same = (sql: string) => ({ both: sql, sqlite: "", postgres: "" });
    const steps = [{ version: 1, ...same("") }];
    await migrate(database, [
      ...steps,
      { version: 2, ...same("CREATE TABLE extra (a INTEGER); INSERT INTO extra VALUES (4);") },
    ]);
    const broken = same("INSERT INTO extra VALUES (5); INSERT INTO nowhere VALUES (1);");
    await expect(
      migrate(database, [...steps, { version: 2, ...same("") }, { version: 3, ...broken }]),
    ).rejects.toThrow(/nowhere/);
    expect(await database.all("SELECT a FROM extra")).toEqual([{ a: 4 }]);
    await expect(migrate(database, steps)).rejects.toThrow(/schema 2, this program knows up to 1/);
  });
}

it("refuses a file that is no database, in one sentence", async () => {
  await expect(openDatabase("package.json").then((db) => db.all("SELECT 1 FROM study"))).rejects.toThrow(
    /package\.json cannot be opened as a database/,
  );
  expect(readFileSync("package.json", "utf8")).toContain("robot-cellist");
});

it("survives 16 listeners at once without losing or doubling an answer", async () => {
  const database = await openDatabase(join(folder, "many.sqlite"));
  const store = await StudyStore.open(database, sampleIdentity(), 0);
  await Promise.all(Array.from({ length: 16 }, () => listener(store, 5)));
  const contents = await readStudy(database);
  expect(contents.answers).toHaveLength(16 * 5);
  expect(new Set(contents.participants.map((p) => p.cell)).size).toBe(16);
  expect(await findDamage(database)).toEqual([]);
  await database.close();
});
