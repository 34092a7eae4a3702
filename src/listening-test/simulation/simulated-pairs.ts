import { normalCdf } from "../statistics/special-functions.ts";
import type { Ears } from "./simulated-answers.ts";
import { gaussian } from "./simulated-listener.ts";

/** Listeners who hear two recordings and say which one a human plays. */
export interface PairPopulation {
  /** Mean of d′ and its spread between people. */
  readonly dPrime: number;
  readonly dPrimeSd: number;
  /** Leaning to the first of the two, in units of one recording's noise, and its spread between people. */
  readonly lean: number;
  readonly leanSd: number;
  /** Share of answers given without listening. */
  readonly lapseRate: number;
}

/** @source Macmillan and Creelman, Detection Theory, chapter 7: two intervals, difference of two evidences */
export function drawPairListener(population: PairPopulation, random: () => number): Ears {
  const dPrime = population.dPrime + population.dPrimeSd * gaussian(random);
  const lean = population.lean + population.leanSd * gaussian(random);
  return (slots) => {
    if (random() < population.lapseRate)
      return { method: "pair", choice: random() < 0.5 ? 1 : 2, confidence: 1 };
    const sign = slots[0]!.kind === "human" ? 1 : -1;
    const difference = sign * dPrime + Math.SQRT2 * gaussian(random) + lean;
    return { method: "pair", choice: difference > 0 ? 1 : 2, confidence: 3 };
  };
}

/** What shares of right answers, and of first choices, tend to where either is first equally often. */
export function expectedPairs(population: PairPopulation): {
  readonly correct: number;
  readonly first: number;
} {
  const { dPrime, dPrimeSd, lean, leanSd, lapseRate } = population;
  const sd = Math.sqrt(2 + dPrimeSd ** 2 + leanSd ** 2);
  const [humanFirst, robotFirst] = [normalCdf((dPrime + lean) / sd), normalCdf((lean - dPrime) / sd)];
  const withLapses = (share: number): number => lapseRate / 2 + (1 - lapseRate) * share;
  return {
    correct: withLapses((humanFirst + 1 - robotFirst) / 2),
    first: withLapses((humanFirst + robotFirst) / 2),
  };
}
