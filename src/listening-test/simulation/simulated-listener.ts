import { CONFIDENCE_STEPS, type Response } from "../design/method.ts";
import { normalCdf, normalQuantile } from "../statistics/special-functions.ts";

/** A population of listeners as signal detection theory describes them. */
export interface ListenerPopulation {
  /** Mean of d′ and its spread between people. */
  readonly dPrime: number;
  readonly dPrimeSd: number;
  /** Mean of the criterion (0 unbiased, above 0 leans to "robot") and its spread: what makes answers of one person alike. */
  readonly criterion: number;
  readonly criterionSd: number;
  /** Share of answers given without listening. */
  readonly lapseRate: number;
  /** Spread of how well items tell human from robot, in d′. */
  readonly itemSd: number;
}

export interface SimulatedListener {
  readonly dPrime: number;
  readonly criterion: number;
  readonly lapseRate: number;
}

/** One person out of a population. */
export function drawListener(population: ListenerPopulation, random: () => number): SimulatedListener {
  return {
    dPrime: population.dPrime + population.dPrimeSd * gaussian(random),
    criterion: population.criterion + population.criterionSd * gaussian(random),
    lapseRate: population.lapseRate,
  };
}

/** How much easier (above 0) each item is, in d′. */
export const drawItems = (
  population: ListenerPopulation,
  items: number,
  random: () => number,
): readonly number[] => Array.from({ length: items }, () => population.itemSd * gaussian(random));

/**
 * What a listener answers to one recording: evidence for "human" with mean ± d′/2 and variance 1, compared with the
 * criterion; the farther from it, the surer.
 */
export function simulatedYesNo(
  listener: SimulatedListener,
  { isHuman, easier }: { readonly isHuman: boolean; readonly easier: number },
  random: () => number,
): Extract<Response, { method: "yes-no" }> {
  const lapses = random() < listener.lapseRate;
  const mean = ((isHuman ? 1 : -1) * (listener.dPrime + easier)) / 2;
  const evidence = lapses ? 6 * (random() - 0.5) : mean + gaussian(random) - listener.criterion;
  return {
    method: "yes-no",
    says: evidence > 0 ? "human" : "robot",
    confidence: Math.min(CONFIDENCE_STEPS, 1 + Math.floor(Math.abs(evidence) / 0.5)),
  };
}

/** What a share of right answers tends to in a population, for an item, half of the takes being human. */
export function expectedCorrect(population: ListenerPopulation, easier: number): number {
  const { hit, falseAlarm } = expectedRates(population, easier);
  return (hit + 1 - falseAlarm) / 2;
}

/** Rates of "human" said of human and of robot, over the whole population. */
export function expectedRates(
  population: ListenerPopulation,
  easier: number,
): { readonly hit: number; readonly falseAlarm: number } {
  const { dPrime, dPrimeSd, criterion, criterionSd, lapseRate } = population;
  // Evidence less criterion is normal over people as well: variances add.
  const sd = Math.sqrt(1 + (dPrimeSd / 2) ** 2 + criterionSd ** 2);
  const rate = (sign: 1 | -1): number =>
    lapseRate / 2 + (1 - lapseRate) * normalCdf(((sign * (dPrime + easier)) / 2 - criterion) / sd);
  return { hit: rate(1), falseAlarm: rate(-1) };
}

/** A standard normal number, from one uniform one. */
export const gaussian = (random: () => number): number =>
  normalQuantile(Math.min(1 - 1e-12, Math.max(1e-12, random())));
