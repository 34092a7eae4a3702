import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { exactBinomialTest } from "../../../src/listening-test/statistics/binomial.ts";
import { fitPreference, type PairCounts } from "../../../src/listening-test/statistics/davidson.ts";
import { exactEquivalence, meanEquivalence } from "../../../src/listening-test/statistics/equivalence.ts";
import { holmAdjusted } from "../../../src/listening-test/statistics/holm.ts";
import { krippendorffAlpha } from "../../../src/listening-test/statistics/krippendorff.ts";
import { meanEstimate, meanTest } from "../../../src/listening-test/statistics/mean-estimate.ts";
import { powerOfEquivalence, powerOfTest } from "../../../src/listening-test/statistics/power.ts";
import {
  clopperPearsonInterval,
  wilsonInterval,
} from "../../../src/listening-test/statistics/proportion-interval.ts";
import { rocOf } from "../../../src/listening-test/statistics/roc.ts";
import { sensitivity } from "../../../src/listening-test/statistics/signal-detection.ts";
import {
  incompleteBeta,
  normalCdf,
  normalQuantile,
  studentCdf,
  studentQuantile,
} from "../../../src/listening-test/statistics/special-functions.ts";

/** Values by scipy, statsmodels and krippendorff; `bench/listening/reference-values.py` made them. */
const reference = JSON.parse(
  readFileSync("test/listening-test/statistics/reference-python.json", "utf8"),
) as Reference;
const near = (value: number, wanted: number): void =>
  expect(Math.abs(value - wanted), `${value} against ${wanted}`).toBeLessThan(1e-6);

describe(`agrees within 1e-6 with ${reference.source}`, () => {
  it("normal, Student and beta distributions", () => {
    for (const { z, cdf } of reference.normal) {
      near(normalCdf(z) / cdf, 1);
      if (Math.abs(z) < 6) near(normalQuantile(cdf), z);
    }
    for (const { t, df, cdf } of reference.student) near(studentCdf(t, df) / cdf, 1);
    for (const { p, df, value } of reference.studentQuantile) near(studentQuantile(p, df), value);
    for (const { x, a, b, value } of reference.beta) near(incompleteBeta(x, a, b), value);
  });
  it("exact binomial test", () => {
    for (const { k, n, p, value } of reference.binomialTest) near(exactBinomialTest(k, n, p), value);
  });
  it("intervals of Wilson, and of Clopper and Pearson", () => {
    for (const [cases, interval] of [
      [reference.wilson, wilsonInterval],
      [reference.clopperPearson, clopperPearsonInterval],
    ] as const)
      for (const { k, n, confidence, low, high } of cases) {
        near(interval(k, n, confidence).low, low);
        near(interval(k, n, confidence).high, high);
      }
  });
  it("d′ and criterion", () => {
    for (const wanted of reference.sensitivity) {
      near(sensitivity(wanted).dPrime, wanted.dPrime);
      near(sensitivity(wanted).criterion, wanted.criterion);
    }
  });
  it("area under the curve of confidence ratings", () => {
    const { rating, isHuman, area } = reference.roc;
    near(rocOf(rating.map((r, i) => ({ rating: r, isHuman: isHuman[i]! }))).area, area);
  });
  it("Holm's p-values", () => {
    holmAdjusted(reference.holm.p).forEach((p, i) => near(p, reference.holm.adjusted[i]!));
  });
  it("equivalence, of a count and of a mean", () => {
    for (const { k, n, margin, pAboveLow, pBelowHigh } of reference.equivalence) {
      near(exactEquivalence(k, n, margin).pAboveLow, pAboveLow);
      near(exactEquivalence(k, n, margin).pBelowHigh, pBelowHigh);
    }
    const mean = meanEstimate(reference.mean.values);
    near(meanTest(mean, 0.5), reference.mean.p);
    near(mean.interval.low, reference.mean.low);
    near(mean.interval.high, reference.mean.high);
    near(meanEquivalence(mean, 0.1, 0.5).pAboveLow, reference.mean.pAboveLow);
    near(meanEquivalence(mean, 0.1, 0.5).pBelowHigh, reference.mean.pBelowHigh);
  });
  it("Krippendorff's alpha with missing ratings", () => {
    const { raters } = reference.krippendorff;
    const units = raters[0]!.map((_, u) => raters.map((r) => r[u]!).filter((v) => v !== null));
    for (const level of ["nominal", "ordinal", "interval"] as const)
      near(krippendorffAlpha(units, level), reference.krippendorff[level]);
  });
  it("preferences with ties", () => {
    const fit = fitPreference(4, [reference.davidson.pairs]);
    expect(fit.converged).toBe(true);
    fit.logAbility.forEach((a, i) => near(a, reference.davidson.logAbility[i]!));
    near(fit.tie, reference.davidson.tie);
    fit.independentErrors.forEach((s, i) => near(s, reference.davidson.standardErrors[i]!));
  });
  it("preferences of listeners whose answers hang together, with ties and without", () => {
    for (const { people, logAbility, standardErrors, p } of reference.preferenceByListener) {
      const fit = fitPreference(3, people);
      fit.logAbility.forEach((a, i) => near(a, logAbility[i]!));
      fit.standardErrors.forEach((s, i) => near(s, standardErrors[i]!));
      fit.p.slice(1).forEach((value, i) => near(value, p[i]!));
    }
  });
  it("power of the test against chance and of equivalence", () => {
    for (const { n, p, value } of reference.power) near(powerOfTest(n, p), value);
    for (const { n, margin, value } of reference.equivalencePower) near(powerOfEquivalence(n, margin), value);
  });
});

interface Counted {
  readonly k: number;
  readonly n: number;
}
interface Bounded {
  readonly confidence: number;
  readonly low: number;
  readonly high: number;
}
interface Reference {
  readonly source: string;
  readonly normal: readonly { z: number; cdf: number }[];
  readonly student: readonly { t: number; df: number; cdf: number }[];
  readonly studentQuantile: readonly { p: number; df: number; value: number }[];
  readonly beta: readonly { x: number; a: number; b: number; value: number }[];
  readonly binomialTest: readonly (Counted & { p: number; value: number })[];
  readonly wilson: readonly (Counted & Bounded)[];
  readonly clopperPearson: readonly (Counted & Bounded)[];
  readonly sensitivity: readonly {
    hits: number;
    signals: number;
    falseAlarms: number;
    noises: number;
    dPrime: number;
    criterion: number;
  }[];
  readonly roc: { rating: number[]; isHuman: boolean[]; area: number };
  readonly holm: { p: number[]; adjusted: number[] };
  readonly equivalence: readonly (Counted & { margin: number; pAboveLow: number; pBelowHigh: number })[];
  readonly mean: {
    values: number[];
    p: number;
    low: number;
    high: number;
    pAboveLow: number;
    pBelowHigh: number;
  };
  readonly krippendorff: {
    raters: (number | null)[][];
    nominal: number;
    ordinal: number;
    interval: number;
  };
  readonly preferenceByListener: readonly {
    people: PairCounts[][];
    logAbility: number[];
    standardErrors: number[];
    p: number[];
  }[];
  readonly davidson: {
    pairs: PairCounts[];
    logAbility: number[];
    tie: number;
    standardErrors: number[];
  };
  readonly power: readonly { n: number; p: number; value: number }[];
  readonly equivalencePower: readonly { n: number; margin: number; value: number }[];
}
