import { expect, it } from "vitest";
import { analyseBinary } from "../../../src/listening-test/report/binary-analysis.ts";
import { conclusionsAbout } from "../../../src/listening-test/report/conclusions.ts";
import { planStudy } from "../../../src/listening-test/report/plan-study.ts";

const settings = { level: 0.05, margin: 0.1, bootstrapResamples: 100, seed: 1 };

/** So many listeners with ten items each, of whom half have one right answer more and half one less than `right`. */
function said(listeners: number, right: number): readonly string[] {
  const answers = Array.from({ length: listeners * 10 }, (_, i) => {
    const [n, item] = [Math.floor(i / 10), i % 10];
    const own = right + (n % 2 === 0 ? 1 : -1);
    return { participant: String(n), item: String(item), order: item, correct: (item + n) % 10 < own };
  });
  return conclusionsAbout(analyseBinary(answers, settings), settings).map((c) => c.kind);
}

it("says what the numbers allow and no more", () => {
  expect(said(60, 8)).toEqual(["above-chance", "equivalence-not-shown"]);
  expect(said(60, 2)).toEqual(["below-chance", "equivalence-not-shown"]);
  expect(said(60, 5)).toEqual(["not-shown-to-differ", "equivalent"]);
  expect(said(4, 5)).toEqual(["not-shown-to-differ", "equivalence-not-shown"]);
  expect(said(1, 5)).toEqual(["not-judged"]);
});

it("finds that 132 single trials need 78 right, and cannot be relied on for equivalence within ten points", () => {
  const plan = planStudy({ participants: 132, trials: 1, level: 0.05, margin: 0.1, icc: 0, power: 0.8 });
  expect(plan.needed).toBe(78);
  expect(plan.detectable).toBeCloseTo(0.623, 3);
  expect(plan.equivalencePower).toBeLessThan(0.5);
  expect(plan.sentences.join(" ")).toMatch(/Equivalence within 10 points cannot be relied on/);
  // With 20 answers no outcome shows it.
  const small = planStudy({ participants: 20, trials: 1, level: 0.05, margin: 0.1, icc: 0, power: 0.8 });
  expect(small.sentences.join(" ")).toMatch(/cannot be shown by any outcome/);
});
