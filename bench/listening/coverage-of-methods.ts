/**
 * Pairs, preferences, ratings and MUSHRA: how often 95 % intervals hold the truth and how often tests raise false alarms,
 * over simulated studies of known listeners, each with tastes and leanings of her own; and the mixed model, the ROC and
 * Holm's correction on their own models.
 *
 * `npx tsx bench/listening/coverage-of-methods.ts [studies] [listeners] [first seed]`
 */
import { seededRandom } from "../../src/math/random.ts";
import type { Method } from "../../src/listening-test/design/method.ts";
import { analyseBinary } from "../../src/listening-test/report/binary-analysis.ts";
import { analysePreference, orderBias } from "../../src/listening-test/report/pair-analysis.ts";
import { analyseMushra, analyseRatings } from "../../src/listening-test/report/scale-analysis.ts";
import type { JudgedAnswer } from "../../src/listening-test/report/study-data.ts";
import { simulateAnswers, type Ears } from "../../src/listening-test/simulation/simulated-answers.ts";
import { gaussian } from "../../src/listening-test/simulation/simulated-listener.ts";
import { drawPairListener, expectedPairs } from "../../src/listening-test/simulation/simulated-pairs.ts";
import {
  drawPreferringListener,
  expectedPreference,
} from "../../src/listening-test/simulation/simulated-preferences.ts";
import {
  drawRatingListener,
  drawScoringListener,
  expectedGap,
} from "../../src/listening-test/simulation/simulated-scales.ts";
import { participantBootstrap } from "../../src/listening-test/statistics/bootstrap.ts";
import { groupedBy } from "../../src/listening-test/statistics/grouped-by.ts";
import { holmAdjusted } from "../../src/listening-test/statistics/holm.ts";
import { holds, type Interval } from "../../src/listening-test/statistics/interval.ts";
import { meanEstimate, meanTest } from "../../src/listening-test/statistics/mean-estimate.ts";
import {
  clopperPearsonInterval,
  wilsonInterval,
} from "../../src/listening-test/statistics/proportion-interval.ts";
import { rocOf, signedRating } from "../../src/listening-test/statistics/roc.ts";
import { pairDPrime } from "../../src/listening-test/statistics/signal-detection.ts";
import { normalCdf, normalQuantile } from "../../src/listening-test/statistics/special-functions.ts";
import { sampleManifest } from "../../test/listening-test/sample-manifest.ts";

const [studies, listeners, firstSeed] = [500, 240, 1].map((usual, i) =>
  Number(process.argv[i + 2] ?? usual),
) as [number, number, number];
const settings = { level: 0.05, margin: 0.1, bootstrapResamples: 400, seed: 1 };
const tallies = new Map<string, { hits: number; of: number }>();
const tally = (what: string, hit: boolean): void => {
  const t = tallies.get(what) ?? { hits: 0, of: 0 };
  tallies.set(what, { hits: t.hits + (hit ? 1 : 0), of: t.of + 1 });
};
const cover = (what: string, interval: Interval, truth: number): void =>
  tally(`holds the truth: ${what}`, holds(interval, truth));
const alarm = (what: string, p: number): void => tally(`false alarm: ${what}`, p <= settings.level);
const answersOf = (
  method: Method,
  seed: number,
  draw: (random: () => number) => Ears,
): readonly JudgedAnswer[] =>
  simulateAnswers(
    {
      manifest: sampleManifest(8),
      blocks: [{ method, controls: 0, traps: 0, repeats: 0 }],
      seed: 3,
    },
    draw,
    { listeners, humanLabel: "q", seed },
  );
const byPerson = <T extends { readonly participant: string }>(answers: readonly T[]): (readonly T[])[] => [
  ...groupedBy(answers, (a) => a.participant).values(),
];

const pair = { dPrime: 0.5, dPrimeSd: 0.4, lean: 0, leanSd: 0.8, lapseRate: 0.05 };
const taste = { taste: 0.5, tasteSd: 1.2, tie: 0.6 };
const rating = { gap: 0.5, gapSd: 0.8, middleSd: 1, noiseSd: 1 };
const quality = { gap: 6, gapSd: 5, middleSd: 8, noiseSd: 8 };
const right = (a: JudgedAnswer): boolean =>
  a.response.method === "pair" && a.slots[a.response.choice - 1]!.kind === "human";

function pairs(seed: number): void {
  const judge = (of: typeof pair, from: number) => {
    const people = byPerson(answersOf("pair", from + seed, (random) => drawPairListener(of, random)));
    return {
      people,
      mean: meanEstimate(people.map((mine) => mine.filter(right).length / mine.length)),
    };
  };
  const { people, mean } = judge(pair, 0);
  const truth = expectedPairs(pair);
  cover("pair, share of right answers", mean.interval, truth.correct);
  cover("pair, share of first choices", orderBias(people.flat(), settings).byListener.interval, truth.first);
  alarm("pair, order", orderBias(people.flat(), settings).p);
  const counts = people.map((mine) => ({ correct: mine.filter(right).length, trials: mine.length }));
  const boot = participantBootstrap(
    counts,
    (sample) => {
      const sum = (of: "correct" | "trials"): number => sample.reduce((s, c) => s + c[of], 0);
      return pairDPrime(sum("correct"), sum("trials"));
    },
    { resamples: 400, seed, confidence: 0.95 },
  );
  cover("pair, d′", boot.interval, Math.SQRT2 * normalQuantile(truth.correct));
  alarm("pair, guessing listeners", meanTest(judge({ ...pair, dPrime: 0, dPrimeSd: 0 }, 1e6).mean, 0.5));
}

function preferences(seed: number): void {
  const robot = (of: typeof taste, from: number) =>
    analysePreference(
      answersOf("preference", from + seed, (random) => drawPreferringListener(of, random)),
      settings,
    );
  cover("preference, log ability", robot(taste, 2e6).preference!.intervals[1]!, expectedPreference(taste));
  const none = robot({ ...taste, taste: 0 }, 3e6);
  alarm("preference", none.adjustedP![1]!);
  alarm("preference, order", none.orderBias.p);
}

function scales(seed: number): void {
  const rated = (of: typeof rating, from: number) =>
    analyseRatings(
      answersOf("rating", from + seed, (random) => drawRatingListener(of, random)),
      settings,
    ).scales;
  cover(
    "rating, human less robot",
    rated(rating, 4e6)[0]!.difference.interval,
    expectedGap(rating, "rating"),
  );
  const alike = rated({ ...rating, gap: 0 }, 5e6);
  alarm("rating, one scale", alike[0]!.p);
  alarm("rating, any of four scales, Holm", Math.min(...alike.map((s) => s.adjustedP)));
  const scored = (of: typeof quality, from: number) =>
    analyseMushra(
      answersOf("mushra", from + seed, (random) => drawScoringListener(of, random)),
      settings,
    ).rows.find((r) => r.condition === "robot-p")!;
  cover(
    "MUSHRA, robot less reference",
    scored(quality, 6e6).difference!.interval,
    -expectedGap(quality, "mushra"),
  );
  // The anchor is truly worse: one true effect of two leaves one false alarm to be made.
  alarm("MUSHRA, robot against reference, Holm", scored({ ...quality, gap: 0 }, 7e6).adjustedP!);
}

/** The mixed model on answers made by itself: log-odds are normal over listeners and over excerpts. */
function mixed(seed: number): void {
  const random = seededRandom(8_000_000 + seed);
  const [intercept, personSd, itemSd, items] = [0.3, 0.5, 0.3, 8];
  const easier = Array.from({ length: items }, () => itemSd * gaussian(random));
  const answers = Array.from({ length: listeners }, (_, n) => {
    const able = personSd * gaussian(random);
    return easier.map((easy, order) => ({
      participant: String(n),
      item: String(order),
      order,
      correct: random() < 1 / (1 + Math.exp(-(intercept + able + easy))),
    }));
  }).flat();
  const fit = analyseBinary(answers, { ...settings, bootstrapResamples: 1 }).mixed;
  if (fit) cover("mixed model, typical listener and excerpt", fit.fixed[0]!.interval, intercept);
}

/** Confidence ratings of listeners with criteria of their own. */
function roc(seed: number): void {
  const random = seededRandom(9_000_000 + seed);
  const [dPrime, criterionSd] = [0.8, 0.5];
  const people = Array.from({ length: listeners }, () => {
    const criterion = criterionSd * gaussian(random);
    return Array.from({ length: 8 }, (_, i) => {
      const isHuman = i % 2 === 0;
      const evidence = ((isHuman ? 1 : -1) * dPrime) / 2 + gaussian(random) - criterion;
      const steps = Math.min(5, 1 + Math.floor(Math.abs(evidence) / 0.5));
      return { isHuman, rating: signedRating(evidence > 0, steps) };
    });
  });
  const { interval } = participantBootstrap(people, (sample) => rocOf(sample.flat()).area, {
    ...{ resamples: 400, seed, confidence: 0.95 },
  });
  cover("area under the ROC", interval, areaOf(dPrime, Math.sqrt(1 + criterionSd ** 2)));
}

/** Area under the steps of the ratings ±1 … ±5, half a unit of evidence wide, for two normals of spread `sd`. */
function areaOf(dPrime: number, sd: number): number {
  const edges = [-Infinity, -2, -1.5, -1, -0.5, 0, 0.5, 1, 1.5, 2, Infinity];
  const share = (mean: number): number[] =>
    edges.slice(1).map((e, i) => normalCdf((e - mean) / sd) - normalCdf((edges[i]! - mean) / sd));
  const [human, robot] = [share(dPrime / 2), share(-dPrime / 2)];
  return human.reduce(
    (sum, h, i) => sum + h * (robot.slice(0, i).reduce((s, r) => s + r, 0) + robot[i]! / 2),
    0,
  );
}

/** What holds for independent answers only: one answer per listener. */
function independent(seed: number): void {
  const random = seededRandom(10_000_000 + seed);
  const k = Array.from({ length: listeners }, () => random() < 0.6).filter(Boolean).length;
  cover("Wilson, independent answers", wilsonInterval(k, listeners, 0.95), 0.6);
  cover("Clopper and Pearson, independent answers", clopperPearsonInterval(k, listeners, 0.95), 0.6);
  const ps = Array.from({ length: 8 }, () => random());
  alarm("Holm, any of eight true hypotheses", Math.min(...holmAdjusted(ps)));
}

for (let seed = firstSeed; seed < firstSeed + studies; seed++) {
  for (const part of [pairs, preferences, scales, mixed, roc, independent]) part(seed);
  if (process.stderr.isTTY) process.stderr.write(`\r${seed - firstSeed + 1} of ${studies} studies`);
}
console.log(`${studies} studies of ${listeners} listeners, 8 excerpts`);
for (const [what, { hits, of }] of tallies)
  console.log(`${what}: ${((100 * hits) / of).toFixed(1)} % of ${of}`);
