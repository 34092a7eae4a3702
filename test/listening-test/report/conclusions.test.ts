import { describe, expect, it } from "vitest";
import type { Method } from "../../../src/listening-test/design/method.ts";
import { analyseBinary } from "../../../src/listening-test/report/binary-analysis.ts";
import { conclusionsAbout } from "../../../src/listening-test/report/conclusions.ts";
import {
  conclusionsAboutPreference,
  conclusionsAboutQuality,
  conclusionsAboutRatings,
} from "../../../src/listening-test/report/conclusions-of-taste.ts";
import { analysePreference } from "../../../src/listening-test/report/pair-analysis.ts";
import { planStudy } from "../../../src/listening-test/report/plan-study.ts";
import { analyseMushra, analyseRatings } from "../../../src/listening-test/report/scale-analysis.ts";
import { simulateAnswers, type Ears } from "../../../src/listening-test/simulation/simulated-answers.ts";
import { drawPreferringListener } from "../../../src/listening-test/simulation/simulated-preferences.ts";
import {
  drawRatingListener,
  drawScoringListener,
} from "../../../src/listening-test/simulation/simulated-scales.ts";
import { sampleManifest } from "../sample-manifest.ts";

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

describe("of tastes and scales", () => {
  const of = { listeners: 40, humanLabel: "q", seed: 4 };
  const answersOf = (method: Method, draw: (random: () => number) => Ears) =>
    simulateAnswers(
      { manifest: sampleManifest(8), blocks: [{ method, controls: 0, traps: 0, repeats: 0 }], seed: 3 },
      draw,
      of,
    );
  const preferences = (taste: number) =>
    conclusionsAboutPreference(
      analysePreference(
        answersOf("preference", (random) => drawPreferringListener({ taste, tasteSd: 1, tie: 0.5 }, random)),
        settings,
      ),
      0.05,
    );
  const scale = { gapSd: 0.5, middleSd: 1, noiseSd: 1 };
  const ratings = (gap: number) =>
    conclusionsAboutRatings(
      analyseRatings(
        answersOf("rating", (random) => drawRatingListener({ ...scale, gap }, random)),
        settings,
      ),
      0.05,
    );

  it("names who was preferred, whichever comes first in the alphabet", () => {
    expect(preferences(2)[0]).toMatchObject({ kind: "differs" });
    expect(preferences(2)[0]!.sentence).toMatch(/^Listeners preferred anna to robot-p \(/);
    expect(preferences(-2)[0]!.sentence).toMatch(/^Listeners preferred robot-p to anna \(/);
  });
  it("never makes equality out of nothing found", () => {
    for (const found of [preferences(0)[0]!, ...ratings(0)]) {
      expect(found.kind).toBe("not-shown-to-differ");
      expect(found.sentence).toMatch(/This alone does not mean/);
    }
  });
  it("speaks of each scale, and of every version against the hidden reference", () => {
    expect(ratings(2).map((c) => c.sentence.slice(0, 45))).toEqual(
      ["humanlike", "expressive", "tone", "timing"].map((name) =>
        `Human takes were rated higher on “${name}” than the robot's`.slice(0, 45),
      ),
    );
    const scored = (gap: number) =>
      conclusionsAboutQuality(
        analyseMushra(
          answersOf("mushra", (random) =>
            drawScoringListener({ gap, gapSd: 4, middleSd: 8, noiseSd: 8 }, random),
          ),
          settings,
        ),
        0.05,
      ).map((c) => [c.sentence.split(" was")[0], c.kind]);
    expect(scored(10)).toEqual([
      ["“anchor, 3.5 kHz”", "differs"],
      ["“robot-p”", "differs"],
    ]);
    expect(scored(0)[1]).toEqual(["“robot-p”", "not-shown-to-differ"]);
  });
  it("of one listener are not judged", () => {
    const one = answersOf("preference", (random) =>
      drawPreferringListener({ taste: 0, tasteSd: 0, tie: 0.5 }, random),
    ).filter((a) => a.participant === "0");
    expect(conclusionsAboutPreference(analysePreference(one, settings), 0.05).map((c) => c.kind)).toEqual([
      "not-judged",
    ]);
  });
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
