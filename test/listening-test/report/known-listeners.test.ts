import { describe, expect, it } from "vitest";
import type { Method } from "../../../src/listening-test/design/method.ts";
import type { Design } from "../../../src/listening-test/design/trial-plan.ts";
import { analysePreference, orderBias } from "../../../src/listening-test/report/pair-analysis.ts";
import { analyseMushra, analyseRatings } from "../../../src/listening-test/report/scale-analysis.ts";
import { simulateAnswers, type Ears } from "../../../src/listening-test/simulation/simulated-answers.ts";
import {
  drawPairListener,
  expectedPairs,
  type PairPopulation,
} from "../../../src/listening-test/simulation/simulated-pairs.ts";
import {
  drawPreferringListener,
  expectedPreference,
  type PreferencePopulation,
} from "../../../src/listening-test/simulation/simulated-preferences.ts";
import {
  drawRatingListener,
  drawScoringListener,
  expectedGap,
  type ScalePopulation,
} from "../../../src/listening-test/simulation/simulated-scales.ts";
import type { JudgedAnswer } from "../../../src/listening-test/report/study-data.ts";
import { holds } from "../../../src/listening-test/statistics/interval.ts";
import { sampleManifest } from "../sample-manifest.ts";

/** The full run, of 500 studies and 240 listeners, is `bench/listening/coverage-of-methods.ts`. */
const [STUDIES, LISTENERS] = [200, 24];
const settings = { level: 0.05, margin: 0.1, bootstrapResamples: 1, seed: 1 };
const designOf = (method: Method): Design => ({
  manifest: sampleManifest(8),
  blocks: [{ method, controls: 0, traps: 0, repeats: 0 }],
  seed: 3,
});

/** In what share of studies something is found. */
function share(
  method: Method,
  draw: (random: () => number) => Ears,
  found: (a: readonly JudgedAnswer[]) => boolean,
) {
  const design = designOf(method);
  const of = { listeners: LISTENERS, humanLabel: "q" };
  const hits = Array.from({ length: STUDIES }, (_, n) =>
    found(simulateAnswers(design, draw, { ...of, seed: n + 1 })),
  );
  return hits.filter(Boolean).length / STUDIES;
}

// 200 studies: a true 5 % shows as 2 to 9 % in 99 of 100 runs; 95 % likewise.
const expectLevel = (alarms: number): void => {
  expect(alarms).toBeGreaterThan(0.01);
  expect(alarms).toBeLessThan(0.095);
};

describe("listeners who lean to the first of a pair or to the second, each her own way", () => {
  const leaning: PairPopulation = { dPrime: 0.5, dPrimeSd: 0.3, lean: 0, leanSd: 1.5, lapseRate: 0.05 };
  it("are no sign of an order effect, at the level of the test", () => {
    expectLevel(
      share(
        "pair",
        (random) => drawPairListener(leaning, random),
        (answers) => orderBias(answers, settings).p <= 0.05,
      ),
    );
  });
  it("are found when they lean the same way", () => {
    const same = { ...leaning, lean: 1.5 };
    expect(expectedPairs(same).first).toBeGreaterThan(0.6);
    expect(
      share(
        "pair",
        (random) => drawPairListener(same, random),
        (answers) => orderBias(answers, settings).p <= 0.05,
      ),
    ).toBeGreaterThan(0.8);
  });
});

describe("listeners with tastes of their own", () => {
  const tastes: PreferencePopulation = { taste: 0, tasteSd: 1.5, tie: 0.6 };
  const robotOf = (answers: readonly JudgedAnswer[]) => {
    const { performers, preference, adjustedP } = analysePreference(answers, settings);
    expect(performers).toEqual(["anna", "robot-p"]);
    return { interval: preference!.intervals[1]!, p: adjustedP![1]! };
  };
  it("who as a whole like both alike are not said to prefer one, at the level of the test", () => {
    expectLevel(
      share(
        "preference",
        (random) => drawPreferringListener(tastes, random),
        (answers) => robotOf(answers).p <= 0.05,
      ),
    );
  });
  it("have their common taste within its interval", () => {
    const liking = { ...tastes, taste: 0.8 };
    const truth = expectedPreference(liking);
    expectLevel(
      share(
        "preference",
        (random) => drawPreferringListener(liking, random),
        (answers) => !holds(robotOf(answers).interval, truth),
      ),
    );
  });
});

describe("listeners who rate", () => {
  const population: ScalePopulation = { gap: 0.8, gapSd: 0.8, middleSd: 1, noiseSd: 1 };
  it("have the difference of human and robot within its interval", () => {
    const truth = expectedGap(population, "rating");
    expectLevel(
      share(
        "rating",
        (random) => drawRatingListener(population, random),
        (answers) => !holds(analyseRatings(answers, settings).scales[0]!.difference.interval, truth),
      ),
    );
  });
  it("and hear no difference raise an alarm on any of the four scales no oftener than the level", () => {
    const alike = { ...population, gap: 0 };
    expect(
      share(
        "rating",
        (random) => drawRatingListener(alike, random),
        (answers) => analyseRatings(answers, settings).scales.some((s) => s.adjustedP <= 0.05),
      ),
    ).toBeLessThan(0.095);
  });
});

describe("listeners who score against a hidden reference", () => {
  const population: ScalePopulation = { gap: 6, gapSd: 5, middleSd: 8, noiseSd: 8 };
  const robot = (answers: readonly JudgedAnswer[]) =>
    analyseMushra(answers, settings).rows.find((r) => r.condition === "robot-p")!.difference!;
  it("have the robot's loss within its interval", () => {
    const truth = -expectedGap(population, "mushra");
    expectLevel(
      share(
        "mushra",
        (random) => drawScoringListener(population, random),
        (answers) => !holds(robot(answers).interval, truth),
      ),
    );
  });
  it("always find the anchor worse", () => {
    const answers = simulateAnswers(designOf("mushra"), (random) => drawScoringListener(population, random), {
      listeners: LISTENERS,
      humanLabel: "q",
      seed: 1,
    });
    const anchor = analyseMushra(answers, settings).rows.find((r) => r.condition.startsWith("anchor"))!;
    expect(anchor.difference!.interval.high).toBeLessThan(-30);
    expect(anchor.adjustedP).toBeLessThan(1e-6);
  });
});
