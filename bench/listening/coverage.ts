/**
 * How often the 95 % intervals of the report hold the truth, and how often its tests raise false alarms, over simulated
 * studies of known listeners. `npx tsx bench/listening/coverage.ts [studies] [listeners]`
 */
import { participantBootstrap } from "../../src/listening-test/statistics/bootstrap.ts";
import { exactBinomialTest } from "../../src/listening-test/statistics/binomial.ts";
import { meanEquivalence } from "../../src/listening-test/statistics/equivalence.ts";
import {
  meanEstimate,
  meanTest,
  type MeanEstimate,
} from "../../src/listening-test/statistics/mean-estimate.ts";
import { analyseBinary } from "../../src/listening-test/report/binary-analysis.ts";
import { groupedBy } from "../../src/listening-test/statistics/grouped-by.ts";
import { holds, type Interval } from "../../src/listening-test/statistics/interval.ts";
import { sensitivity, summed } from "../../src/listening-test/statistics/signal-detection.ts";
import { normalCdf, normalQuantile } from "../../src/listening-test/statistics/special-functions.ts";
import {
  detectionCounts,
  simulateStudy,
  type SimulatedStudy,
} from "../../src/listening-test/simulation/simulated-study.ts";
import type { ListenerPopulation } from "../../src/listening-test/simulation/simulated-listener.ts";
import { sampleManifest } from "../../test/listening-test/sample-manifest.ts";

const [studies, listeners] = [Number(process.argv[2] ?? 500), Number(process.argv[3] ?? 240)];
const design = {
  manifest: sampleManifest(8),
  blocks: [{ method: "yes-no", controls: 0, traps: 0, repeats: 0 } as const],
  seed: 3,
};
const heard: ListenerPopulation = {
  dPrime: 0.4,
  dPrimeSd: 0.3,
  criterion: 0.15,
  criterionSd: 0.4,
  lapseRate: 0.05,
  itemSd: 0.25,
};
const guessing: ListenerPopulation = { ...heard, dPrime: 0, dPrimeSd: 0, itemSd: 0 };
/** Right at the edge of the margin of ten points: Φ(d′/2 / √(1 + 0.4²)) with lapses = 0.6. */
const atMargin: ListenerPopulation = {
  ...guessing,
  dPrime: 2 * Math.sqrt(1 + 0.4 ** 2) * edge(0.6, 0.15 / Math.sqrt(1 + 0.4 ** 2), 0.05),
};
const settings = { level: 0.05, margin: 0.1, bootstrapResamples: 400, seed: 1 };
type Answers = SimulatedStudy["answers"];
const byPerson = (answers: Answers): readonly Answers[] => [
  ...groupedBy(answers, (a) => a.participant).values(),
];
const meanOf = (answers: Answers): MeanEstimate =>
  meanEstimate(byPerson(answers).map((mine) => mine.filter((a) => a.correct).length / mine.length));

const held: Record<string, number> = {};
const count = (name: string, interval: Interval, truth: number): void => {
  held[name] = (held[name] ?? 0) + (holds(interval, truth) ? 1 : 0);
};
let [falseAlarms, exactAlarms, falseEquivalence, orderAlarms, orderFits] = [0, 0, 0, 0, 0];
for (let n = 0; n < studies; n++) {
  const of = { listeners, humanLabel: "q" };
  const { answers, trueCorrect, trueRates } = simulateStudy(design, heard, { ...of, seed: n + 1 });
  const found = analyseBinary(answers, settings);
  count("share of right answers, by listeners", found.byListener.interval, trueCorrect);
  count("share of right answers, bootstrap", found.bootstrap.interval, trueCorrect);
  const counts = byPerson(answers).map(detectionCounts);
  const boot = (figure: "dPrime" | "criterion"): Interval =>
    participantBootstrap(counts, (sample) => sensitivity(summed(sample))[figure], {
      resamples: 400,
      seed: n,
      confidence: 0.95,
    }).interval;
  const [zh, zf] = [normalQuantile(trueRates.hit), normalQuantile(trueRates.falseAlarm)];
  count("d′", boot("dPrime"), zh - zf);
  count("criterion", boot("criterion"), -(zh + zf) / 2);
  if (found.order) {
    orderFits++;
    if (found.order.fixed[1]!.p <= 0.05) orderAlarms++;
  }
  const none = simulateStudy(design, guessing, { ...of, seed: 100_000 + n }).answers;
  if (meanTest(meanOf(none), 0.5) <= 0.05) falseAlarms++;
  if (exactBinomialTest(none.filter((a) => a.correct).length, none.length) <= 0.05) exactAlarms++;
  const edgeStudy = simulateStudy(design, atMargin, { ...of, seed: 200_000 + n });
  if (meanEquivalence(meanOf(edgeStudy.answers), 0.1, 0.5).p <= 0.05) falseEquivalence++;
}
const percent = (k: number, of = studies): string => `${((100 * k) / of).toFixed(1)} %`;
console.log(`${studies} studies of ${listeners} listeners, 8 items`);
for (const [name, k] of Object.entries(held))
  console.log(`95 % interval of ${name}: holds the truth in ${percent(k)}`);
console.log(
  `test against chance, guessing listeners: alarms in ${percent(falseAlarms)} (exact test ${percent(exactAlarms)})`,
);
console.log(`equivalence, listeners at the margin: shown in ${percent(falseEquivalence)}`);
console.log(`order effect, none there: alarms in ${percent(orderAlarms, orderFits)}`);

/** Half of d′ (in units of its own spread) at which a share `p` is right, for a bias and a lapse rate. */
function edge(p: number, bias: number, lapse: number): number {
  let [low, high] = [0, 5];
  for (let i = 0; i < 60; i++) {
    const d = (low + high) / 2;
    if (lapse / 2 + ((1 - lapse) * (normalCdf(d - bias) + normalCdf(d + bias))) / 2 < p) low = d;
    else high = d;
  }
  return low;
}
