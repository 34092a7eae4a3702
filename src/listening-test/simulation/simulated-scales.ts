import { RATING_STEPS } from "../design/method.ts";
import { isAnchor } from "../report/exclusions.ts";
import { normalCdf } from "../statistics/special-functions.ts";
import type { Ears } from "./simulated-answers.ts";
import { gaussian } from "./simulated-listener.ts";

/** Listeners who put recordings on a scale; all numbers in its units. */
export interface ScalePopulation {
  /** Human less robot (ratings), or hidden reference less robot (MUSHRA), and its spread between people. */
  readonly gap: number;
  readonly gapSd: number;
  /** Spread of where people have the middle of a scale, and of one person's answers. */
  readonly middleSd: number;
  readonly noiseSd: number;
}

/** Rates four scales from 1 to 7. */
export function drawRatingListener(population: ScalePopulation, random: () => number): Ears {
  const person = drawn(population, random);
  return (slots) => {
    const value = (): number =>
      rounded(RATING_MIDDLE + person.shift(slots[0]!.kind) + person.noise(), 1, RATING_STEPS);
    return {
      method: "rating",
      scales: { humanlike: value(), expressive: value(), tone: value(), timing: value() },
    };
  };
}

/** Scores versions from 0 to 100 against an open reference; anchors get 40 less. */
export function drawScoringListener(population: ScalePopulation, random: () => number): Ears {
  const person = drawn(population, random);
  return (slots) => ({
    method: "mushra",
    scores: slots
      .slice(1)
      .map((s) =>
        rounded(SCORE_MIDDLE + person.shift(s.kind) - (isAnchor(s) ? 40 : 0) + person.noise(), 0, 100),
      ),
  });
}

/** What the mean of human less robot tends to, scales being stepped and bounded. */
export function expectedGap(population: ScalePopulation, method: "rating" | "mushra"): number {
  const { gap, gapSd, middleSd, noiseSd } = population;
  const sd = Math.sqrt((gapSd / 2) ** 2 + middleSd ** 2 + noiseSd ** 2);
  const at = (mean: number): number =>
    method === "rating"
      ? expectedStep(RATING_MIDDLE + mean, sd, 1, RATING_STEPS)
      : expectedStep(SCORE_MIDDLE + mean, sd, 0, 100);
  return at(gap / 2) - at(-gap / 2);
}

const RATING_MIDDLE = 4;
const SCORE_MIDDLE = 70;

function drawn(population: ScalePopulation, random: () => number) {
  const gap = population.gap + population.gapSd * gaussian(random);
  const middle = population.middleSd * gaussian(random);
  return {
    shift: (kind: string): number => middle + (kind === "human" ? gap : -gap) / 2,
    noise: (): number => population.noiseSd * gaussian(random),
  };
}

const rounded = (value: number, low: number, high: number): number =>
  Math.min(high, Math.max(low, Math.round(value)));

/** Mean of a normal number after rounding into a bounded scale. */
function expectedStep(mean: number, sd: number, low: number, high: number): number {
  let sum = low;
  for (let step = low; step < high; step++) sum += 1 - normalCdf((step + 0.5 - mean) / sd);
  return sum;
}
