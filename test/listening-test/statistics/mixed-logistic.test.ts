import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import type { MixedAnswers } from "../../../src/listening-test/statistics/conditional-modes.ts";
import { fitMixedLogistic, isEstimable } from "../../../src/listening-test/statistics/mixed-logistic.ts";

/** Fits by lme4; `bench/listening/reference-mixed.R` made them. */
const reference = JSON.parse(readFileSync("test/listening-test/statistics/reference-mixed.json", "utf8")) as {
  source: string;
  cases: Case[];
};
interface Case {
  readonly name: string;
  readonly person: number[];
  readonly item: number[];
  readonly position: number[];
  readonly musician: number[];
  readonly y: number[];
  readonly fixed: number[];
  readonly standardErrors: number[];
  readonly personSd: number;
  readonly itemSd: number | null;
  readonly deviance: number;
}

const COLUMNS: Record<string, readonly ("position" | "musician")[]> = {
  "crossed, complete": ["position", "musician"],
  "crossed, a fifth of the cells missing": ["position", "musician"],
  "intercept only": [],
  "people only": ["musician"],
  "no spread between items": [],
};

function answersOf(c: Case): MixedAnswers {
  const columns = COLUMNS[c.name]!;
  return {
    names: ["intercept", ...columns],
    X: Float64Array.from(c.y.flatMap((_, row) => [1, ...columns.map((name) => c[name][row]!)])),
    y: Uint8Array.from(c.y),
    participant: Int32Array.from(c.person),
    item: c.itemSd === null ? new Int32Array() : Int32Array.from(c.item),
  };
}

describe(`agrees within 1e-3 with ${reference.source}`, () => {
  it.each(reference.cases)("$name", (c) => {
    const fit = fitMixedLogistic(answersOf(c));
    expect(fit.converged).toBe(true);
    fit.fixed.forEach(({ value, standardError }, i) => {
      expect(Math.abs(value - c.fixed[i]!)).toBeLessThan(1e-3);
      expect(Math.abs(standardError - c.standardErrors[i]!)).toBeLessThan(1e-3);
    });
    expect(Math.abs(fit.participantSd - c.personSd)).toBeLessThan(1e-3);
    if (c.itemSd !== null) expect(Math.abs(fit.itemSd! - c.itemSd)).toBeLessThan(1e-3);
    expect(Math.abs(fit.deviance - c.deviance)).toBeLessThan(1e-3);
  });
});

it("says that a model with two equal columns, or with one answer only, has no fit", () => {
  const answers = answersOf(reference.cases[0]!);
  expect(isEstimable(answers)).toBe(true);
  expect(isEstimable({ ...answers, y: answers.y.map(() => 1) })).toBe(false);
  const X = answers.X.map((_, at) => answers.X[at - (at % 3) + Math.min(at % 3, 1)]!);
  expect(isEstimable({ ...answers, X })).toBe(false);
});
