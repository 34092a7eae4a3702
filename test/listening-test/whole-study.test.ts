import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { loadStudy } from "../../src/listening-test/session/load-study.ts";
import { unseal } from "../../src/listening-test/session/escrow.ts";
import { SessionFolder } from "../../src/listening-test/session/session-folder.ts";
import type { StudyKey } from "../../src/listening-test/session/study-key.ts";
import type { StudyAnalysis } from "../../src/listening-test/report/analyse-study.ts";
import {
  expectedCorrect,
  expectedRates,
  type ListenerPopulation,
} from "../../src/listening-test/simulation/simulated-listener.ts";
import type { Interval } from "../../src/listening-test/statistics/interval.ts";
import { normalQuantile } from "../../src/listening-test/statistics/special-functions.ts";
import { openDatabase } from "../../src/listening-test/store/open-database.ts";
import { note, parts } from "../score/musicxml/document.ts";
import { simulatedBrowsers } from "./simulated-browsers.ts";

/*
 * A whole study as its operator runs it, command by command: the arm plays, a human is made of it, stimuli are cut and sealed,
 * listeners of a known kind answer over HTTP, the key is opened after the freeze. Labels and orders are drawn anew each time.
 */
const LISTENERS = 160;
/** Spread of the criterion makes the answers of one person alike, that of d′ persons unlike each other. */
const POPULATION: ListenerPopulation = {
  ...{ dPrime: 0.6, dPrimeSd: 0.3, criterion: 0.15, criterionSd: 0.4, lapseRate: 0.05, itemSd: 0.25 },
};
const folder = mkdtempSync(join(tmpdir(), "cellist-whole-study-"));
const path = join(folder, "study");
const session = (...args: readonly string[]): string =>
  execFileSync(process.execPath, ["src/cli/cellist.js", "session", ...args], { encoding: "utf8" });
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Nine bars of 2/4, a second each: long enough to be told apart, short enough to be recorded three times over. */
const PIECE = join(folder, "nine-bars.musicxml");
const BARS = "G3 B3|A3 C4|B3 D4|C4 A3|B3 G3|A3 F#3|G3 D3|E3 F#3|G3 G3"
  .split("|")
  .map((bar) => bar.split(" ").map((name) => note(name)));
writeFileSync(PIECE, parts({ Cello: BARS.map((notes) => notes.join("")) }, [2, 4]));

/** Eight excerpts of one bar each, and the ninth bar to practise on. */
const eightExcerpts = (yaml: string): string =>
  yaml
    .replace(
      /items:[\s\S]*?practice:[\s\S]*?\n\n/,
      `items:\n${Array.from({ length: 8 }, (_, i) => `  - { id: bar-${i + 1}, piece: ${PIECE}, bars: [${i + 1}, ${i + 1}] }\n`).join("")}practice:\n  - { id: warm, piece: ${PIECE}, bars: [9, 9] }\n\n`,
    )
    .replace("participants: 40", `participants: ${LISTENERS}`)
    .replace("stimuli:\n", "stimuli:\n  sampleRateHz: 24000\n");

let easier: readonly number[];
let analysis: StudyAnalysis;
let stimuli: StudyKey["stimuli"];
beforeAll(async () => {
  session("new", path);
  const protocol = join(path, "session.yaml");
  writeFileSync(protocol, eightExcerpts(readFileSync(protocol, "utf8")));
  session("record", path, "--all");
  const code = /[0-9A-Z]{4}(-[0-9A-Z]{4}){2}/.exec(session("stimuli", path))![0];
  session("plan", path, "--lock");
  const opened = SessionFolder.open(path);
  const study = loadStudy(opened);
  const key = JSON.parse(
    unseal(readFileSync(opened.at("stimuli/key.sealed.json"), "utf8"), code),
  ) as StudyKey;
  const database = await openDatabase(opened.at("study.sqlite"));
  const crowd = await simulatedBrowsers({
    ...{ study, database, key, population: POPULATION, listeners: LISTENERS, seed: 20 },
  });
  await database.close();
  session("freeze", path);
  session("report", path, "--escrow-code", code);
  easier = [...crowd.easier.values()];
  stimuli = key.stimuli;
  analysis = JSON.parse(readFileSync(opened.at("report/report.json"), "utf8")) as StudyAnalysis;
}, 1_800_000);

const meanOf = (figure: (easier: number) => number): number =>
  easier.reduce((sum, e) => sum + figure(e), 0) / easier.length;
/** Within twice its 95 % interval, four standard errors: one run in some ten thousand would err. */
function expectNear({ value, interval }: { value: number; interval: Interval }, truth: number): void {
  expect(Math.abs(value - truth)).toBeLessThan(interval.high - interval.low);
}

describe("a whole study of eight excerpts, of the arm and of a stand-in, by 160 listeners", () => {
  it("leaves out who miscounted the beeps, and nobody else", () => {
    expect(analysis.listeners).toBe(LISTENERS);
    expect(analysis.finished).toBe(LISTENERS);
    expect(analysis.analysed).toBe(LISTENERS - 1);
  });
  it("finds how often they are right, how well they hear and which way they lean", () => {
    const { analysis: block, conclusions } = analysis.blocks[0]!;
    if (block.method !== "yes-no") throw new Error("the example asks yes or no");
    expect(block.correct.trials).toBe((LISTENERS - 1) * 8);
    const [hit, falseAlarm] = (["hit", "falseAlarm"] as const).map((rate) =>
      normalQuantile(meanOf((e) => expectedRates(POPULATION, e)[rate])),
    ) as [number, number];
    expectNear(
      block.correct.byListener,
      meanOf((e) => expectedCorrect(POPULATION, e)),
    );
    expectNear(block.dPrime, hit - falseAlarm);
    expectNear(block.criterion, -(hit + falseAlarm) / 2);
    // d′ of 0.6 with 1272 answers is nearly six standard errors from nothing.
    expect(conclusions[0]!.kind).toBe("above-chance");
  });
  it("links every stimulus of the arm to the bag it was heard in", () => {
    const ofRobot = stimuli.filter((s) => s.kind === "robot" && s.performer === "robot");
    expect(ofRobot.length).toBeGreaterThanOrEqual(8);
    for (const { bagSha256 } of ofRobot) expect(bagSha256).toMatch(/^[0-9a-f]{64}$/);
  });
  it("says on its first page that the human was simulated, and that every stimulus comes out of its recipe", () => {
    const page = readFileSync(join(path, "report/report.html"), "utf8");
    expect(page).toContain("are simulated");
    expect(page).toContain("is the same to the byte");
  });
});
