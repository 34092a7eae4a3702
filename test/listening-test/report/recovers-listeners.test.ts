import { expect, it } from "vitest";
import { parseProtocol } from "../../../src/listening-test/session/protocol.ts";
import type { StudyKey } from "../../../src/listening-test/session/study-key.ts";
import { analyseStudy } from "../../../src/listening-test/report/analyse-study.ts";
import { answersCsv, codebookCsv } from "../../../src/listening-test/report/answer-table.ts";
import { reportPage } from "../../../src/listening-test/report/report-page.ts";
import { studyData } from "../../../src/listening-test/report/study-data.ts";
import {
  expectedCorrect,
  type ListenerPopulation,
} from "../../../src/listening-test/simulation/simulated-listener.ts";
import { holds } from "../../../src/listening-test/statistics/interval.ts";
import { openDatabase } from "../../../src/listening-test/store/open-database.ts";
import { freezeStudy, readStudy } from "../../../src/listening-test/store/study-contents.ts";
import { sampleStudy } from "../sample-server.ts";
import { simulatedBrowsers } from "../simulated-browsers.ts";
import { EXAMPLE } from "../session/sample-session.ts";

const LISTENERS = Number(process.env["CELLIST_LISTENERS"] ?? 40);
const POPULATION: ListenerPopulation = {
  dPrime: 1,
  dPrimeSd: 0.3,
  criterion: 0.2,
  criterionSd: 0.4,
  lapseRate: 0.05,
  itemSd: 0,
};

/** The human is label q; controls are mechanical; traps beep once. */
const keyOf = (study: ReturnType<typeof sampleStudy>): StudyKey => ({
  labels: { p: "robot", q: "standin" },
  stimuli: study.manifest.stimuli.map((s) => {
    const kind =
      s.role === "control" || s.role === "trap" ? "mechanical" : s.label === "q" ? "human" : "robot";
    return {
      id: s.id,
      item: s.item,
      performer: kind === "human" ? "standin" : kind,
      kind,
      simulated: kind === "human",
      take: `${s.item}-${kind}`,
      ...(s.role === "trap" && { beeps: 1 }),
      recipe: { rawSha256: "", steps: [] },
    };
  }),
});

it(`recovers what ${LISTENERS} simulated listeners are like, from their browsers to the report`, async () => {
  const study = sampleStudy();
  const key = keyOf(study);
  const database = await openDatabase(":memory:");
  const { nowMs } = await simulatedBrowsers({
    ...{ study, database, key, population: POPULATION, listeners: LISTENERS, seed: 5 },
  });
  await freezeStudy(database, nowMs);
  const data = studyData(await readStudy(database), study.manifest, key);
  const protocol = parseProtocol(EXAMPLE, "example");
  const analysis = analyseStudy(data, protocol, { resamples: 300, seed: 1 });
  // Listener 0 miscounted the beeps: left out by the rule set before, and by nothing else.
  expect(analysis.analysed).toBe(LISTENERS - 1);
  expect(analysis.exclusions.flatMap((e) => e.listeners)).toHaveLength(1);
  const { analysis: block, conclusions } = analysis.blocks[0]!;
  if (block.method !== "yes-no") throw new Error("a yes/no block was asked");
  expect(block.correct.missingCells).toBe(0);
  expect(holds(block.correct.byListener.interval, expectedCorrect(POPULATION, 0))).toBe(true);
  expect(conclusions.map((c) => c.kind)).toEqual(["above-chance", "equivalence-not-shown"]);
  const page = reportPage(analysis, { protocol, protocolSha256: "a", answersSha256: "b", stimuliDiffer: [] });
  expect(page).toContain("Listeners told human from robot better than by chance");
  expect(page).toContain("are simulated");
  expect(page).not.toMatch(/indistinguishable/i);
  // Where everybody knew the robot nobody is left, and the page says so before anything else.
  const failing = {
    ...data,
    listeners: data.listeners.map((l) => ({ ...l, background: { ...l.background, heard: true } })),
  };
  const nobody = analyseStudy(failing, protocol, { resamples: 10, seed: 1 });
  expect(nobody.analysed).toBe(0);
  expect(
    reportPage(nobody, { protocol, protocolSha256: "a", answersSha256: "b", stimuliDiffer: [] }),
  ).toMatch(/No listener is left .* nothing can be concluded/);
  const csv = answersCsv(data).trim().split("\n");
  expect(csv).toHaveLength(1 + LISTENERS * 14);
  for (const column of csv[0]!.split(",")) expect(codebookCsv()).toContain(`answers,${column},`);
  await database.close();
}, 600_000);
