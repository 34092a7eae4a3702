/**
 * A whole study with sound that was really played: simulated listeners of a known kind take the test over HTTP, the study
 * is frozen and reported, and the report must find what they are like.
 *
 *     cellist session new STUDY; cellist session record STUDY --all; cellist session stimuli STUDY     (prints the code)
 *     npx tsx bench/listening/whole-study.ts STUDY CODE [listeners]
 *
 * Exit code 1 where a 95 % interval of the report does not hold the truth.
 */
import { readFileSync } from "node:fs";
import { loadStudy } from "../../src/listening-test/session/load-study.ts";
import { reportStudy } from "../../src/listening-test/session/report-study.ts";
import { unseal } from "../../src/listening-test/session/escrow.ts";
import { SessionFolder } from "../../src/listening-test/session/session-folder.ts";
import type { StudyKey } from "../../src/listening-test/session/study-key.ts";
import {
  expectedCorrect,
  expectedRates,
  type ListenerPopulation,
} from "../../src/listening-test/simulation/simulated-listener.ts";
import { holds, type Interval } from "../../src/listening-test/statistics/interval.ts";
import { normalQuantile } from "../../src/listening-test/statistics/special-functions.ts";
import { openDatabase } from "../../src/listening-test/store/open-database.ts";
import { freezeStudy } from "../../src/listening-test/store/study-contents.ts";
import { simulatedBrowsers } from "../../test/listening-test/simulated-browsers.ts";

/** Spread of the criterion makes the answers of one person alike, that of d′ persons unlike each other. */
const POPULATION: ListenerPopulation = {
  ...{ dPrime: 0.6, dPrimeSd: 0.3, criterion: 0.15, criterionSd: 0.4, lapseRate: 0.05, itemSd: 0.25 },
};
const [folder, code, count = "240"] = process.argv.slice(2);
if (folder === undefined || code === undefined)
  throw new Error("name the session's folder and its escrow code");

const session = SessionFolder.open(folder);
const opened = loadStudy(session);
const study = { ...opened, rules: { ...opened.rules, headphones: "off" as const } };
// Listeners who are simulated must be told who plays; nobody else may before the freeze.
const key = JSON.parse(unseal(readFileSync(session.at("stimuli/key.sealed.json"), "utf8"), code)) as StudyKey;
const database = await openDatabase(session.at("study.sqlite"));
const { easier, nowMs } = await simulatedBrowsers(
  { study, database, key, population: POPULATION, listeners: Number(count), seed: 20 },
  (done) => process.stderr.write(`\r${done} of ${count} listeners`),
);
process.stderr.write("\n");
session.note({ kind: "frozen", ...(await freezeStudy(database, nowMs)) });
const analysis = await reportStudy(session, database, code);
await database.close();

const { analysis: block, conclusions } = analysis.blocks[0]!;
if (block.method !== "yes-no") throw new Error("the example asks yes or no");
const each = [...easier.values()];
const meanOf = (figure: (e: number) => number): number =>
  each.reduce((sum, e) => sum + figure(e), 0) / each.length;
const [zHit, zFalse] = [
  normalQuantile(meanOf((e) => expectedRates(POPULATION, e).hit)),
  normalQuantile(meanOf((e) => expectedRates(POPULATION, e).falseAlarm)),
];
check(
  "share of right answers",
  block.correct.byListener.interval,
  meanOf((e) => expectedCorrect(POPULATION, e)),
);
check("d′", block.dPrime.interval, zHit - zFalse);
check("criterion", block.criterion.interval, -(zHit + zFalse) / 2);
console.log(
  `${analysis.analysed} of ${analysis.listeners} listeners analysed; ${analysis.exclusions.flatMap((e) => e.listeners).length} left out by the rules`,
);
for (const conclusion of conclusions) console.log(conclusion.sentence);
console.log(`report: ${session.at("report/report.html")}`);

function check(what: string, interval: Interval, truth: number): void {
  const found = holds(interval, truth);
  const range = [interval.low, interval.high].map((v) => v.toFixed(3)).join(" to ");
  console.log(`${found ? "ok    " : "WRONG "} ${what}: ${range}, truth ${truth.toFixed(3)}`);
  if (!found) process.exitCode = 1;
}
