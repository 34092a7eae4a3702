/**
 * Kills the test's server again and again (SIGKILL) while listeners answer, then looks for every answer that was
 * acknowledged. `npx tsx bench/listening/kill.ts [kills]`
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openDatabase } from "../../src/listening-test/store/open-database.ts";
import { findDamage, readStudy } from "../../src/listening-test/store/study-contents.ts";
import { Visitor } from "../../test/listening-test/server/browser-like.ts";
import { type ServedStudy, serveStudy, startServer } from "./study-server.ts";

const PORT = 18_431;
const LISTENERS = 12;

/** Answers trial after trial, listener after listener; notes only what was acknowledged. */
async function answerForEver(acknowledged: Set<string>, isOver: () => boolean): Promise<void> {
  while (!isOver()) {
    const visitor = new Visitor(`http://127.0.0.1:${PORT}`);
    let enrolled = false;
    for (let position = 0; position < 14 && !isOver();) {
      try {
        if (!enrolled) await visitor.enrol();
        enrolled = true;
        await visitor.play(position);
        const answerId = `${Math.random()}-${position}`;
        const response = { method: "yes-no", says: "human", confidence: 1 };
        const { status } = await visitor.post("/api/answer", { position, answerId, response });
        if (status === 200) acknowledged.add(answerId);
        if (status === 200 || status === 409) position++;
        if (status === 400) break;
      } catch {
        await new Promise((wake) => setTimeout(wake, 50));
      }
    }
  }
}

async function main(kills: number): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "cellist-kill-"));
  const path = join(folder, "study.sqlite");
  const acknowledged = new Set<string>();
  let over = false;
  const served = { path, port: PORT, durationS: 1 };
  let child = await startServer(served);
  const listeners = Array.from({ length: LISTENERS }, () => answerForEver(acknowledged, () => over));
  for (let n = 0; n < kills; n++) {
    await new Promise((wake) => setTimeout(wake, 200 + 300 * Math.random()));
    const gone = new Promise((done) => child.once("exit", done));
    child.kill("SIGKILL");
    await gone;
    child = await startServer(served);
  }
  over = true;
  await Promise.all(listeners);
  child.kill("SIGKILL");
  const database = await openDatabase(path);
  const stored = new Set((await readStudy(database)).answers.map((a) => a.answer_id));
  const lost = [...acknowledged].filter((id) => !stored.has(id)).length;
  const damage = await findDamage(database);
  console.log(
    `${kills} kills, ${acknowledged.size} answers acknowledged, ${lost} lost; damage: ${damage.join("; ") || "none"}`,
  );
  await database.close();
  rmSync(folder, { recursive: true });
  process.exitCode = lost > 0 || damage.length > 0 ? 1 : 0;
}

if (process.argv[2] === "serve") await serveStudy(JSON.parse(process.argv[3]!) as ServedStudy);
else await main(Number(process.argv[2] ?? 50));
