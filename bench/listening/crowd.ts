/**
 * Many listeners at once: each enrols, fetches every recording, listens, thinks, answers; how long do answers take, and is
 * every one there? `npx tsx bench/listening/crowd.ts [listeners] [seconds a question]`
 *
 * Server and listeners are a process each. Exit code 1 when an answer was lost or refused, or 99 of 100 took over 100 ms.
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openDatabase } from "../../src/listening-test/store/open-database.ts";
import { findDamage, readStudy } from "../../src/listening-test/store/study-contents.ts";
import { seededRandom } from "../../src/math/random.ts";
import { Visitor } from "../../test/listening-test/server/browser-like.ts";
import { type ServedStudy, serveStudy, startServer } from "./study-server.ts";

const PORT = 18_432;
/** As many bytes as eight seconds of a study: 48 kHz, 16 bit. */
const RECORDING_S = 48;
const MOST_MS = 100;
const pause = (ms: number): Promise<void> => new Promise((wake) => setTimeout(wake, ms));

interface Seen {
  readonly answerMs: number[];
  readonly recordingMs: number[];
  readonly acknowledged: Set<string>;
  refused: number;
}

async function takePart(seen: Seen, random: () => number, questionS: number): Promise<void> {
  await pause(1000 * questionS * random()); // they do not all come in at once
  const visitor = new Visitor(`http://127.0.0.1:${PORT}`);
  const { code } = await visitor.enrol();
  const { total } = await visitor.state();
  for (let position = 0; position < total; position++) {
    seen.recordingMs.push(await tookMs(() => visitor.bytes(`/api/recording/${position}/0`)));
    await visitor.play(position);
    await pause(1000 * questionS * (0.5 + random()));
    const answerId = `${code}-${position}`;
    const response = { method: "yes-no", says: random() < 0.5 ? "human" : "robot", confidence: 2 };
    let status = 0;
    const ms = await tookMs(async () => {
      ({ status } = await visitor.post("/api/answer", { position, answerId, response }));
    });
    seen.answerMs.push(ms);
    if (status === 200) seen.acknowledged.add(answerId);
    else seen.refused += 1;
  }
}

async function tookMs(ask: () => Promise<unknown>): Promise<number> {
  const since = performance.now();
  await ask();
  return performance.now() - since;
}

const quantile = (values: readonly number[], share: number): number =>
  [...values].sort((a, b) => a - b)[Math.ceil(share * values.length) - 1]!;

async function main(listeners: number, questionS: number): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "cellist-crowd-"));
  const path = join(folder, "study.sqlite");
  const child = await startServer({ path, port: PORT, durationS: RECORDING_S });
  const seen: Seen = { answerMs: [], recordingMs: [], acknowledged: new Set(), refused: 0 };
  const beganMs = performance.now();
  const all = Array.from({ length: listeners }, (_, n) => takePart(seen, seededRandom(n + 1), questionS));
  await Promise.all(all);
  const seconds = (performance.now() - beganMs) / 1000;
  child.kill("SIGKILL");
  const database = await openDatabase(path);
  const stored = new Set((await readStudy(database)).answers.map((a) => a.answer_id));
  const damage = await findDamage(database);
  await database.close();
  rmSync(folder, { recursive: true });
  const lost = [...seen.acknowledged].filter((id) => !stored.has(id)).length;
  const p99 = quantile(seen.answerMs, 0.99);
  const words = (name: string, ms: readonly number[]): string =>
    `${name}: half within ${quantile(ms, 0.5).toFixed(1)} ms, 99 % within ${quantile(ms, 0.99).toFixed(1)} ms, all within ${Math.max(...ms).toFixed(1)} ms`;
  console.log(
    `${listeners} listeners at once, ${seconds.toFixed(0)} s: ${seen.acknowledged.size} answers acknowledged, ` +
      `${seen.refused} refused, ${lost} lost; damage: ${damage.join("; ") || "none"}`,
  );
  console.log(words("answers", seen.answerMs));
  console.log(words("recordings", seen.recordingMs));
  process.exitCode = lost > 0 || seen.refused > 0 || damage.length > 0 || p99 > MOST_MS ? 1 : 0;
}

if (process.argv[2] === "serve") await serveStudy(JSON.parse(process.argv[3]!) as ServedStudy);
else await main(Number(process.argv[2] ?? 200), Number(process.argv[3] ?? 8));
