import { groupedBy } from "../statistics/grouped-by.ts";
import { participantBootstrap } from "../statistics/bootstrap.ts";
import { fitPreference, type PairCounts, type Preference } from "../statistics/davidson.ts";
import type { Estimate } from "../statistics/interval.ts";
import { holmAdjusted } from "../statistics/holm.ts";
import { meanEstimate, meanTest, type MeanEstimate } from "../statistics/mean-estimate.ts";
import { pairDPrime } from "../statistics/signal-detection.ts";
import type { AnalysisSettings } from "./analysis-settings.ts";
import { analyseBinary, type BinaryAnalysis } from "./binary-analysis.ts";
import type { JudgedAnswer } from "./study-data.ts";

/** How often the first of two was chosen; one half where the order does not matter. */
export interface OrderBias {
  readonly first: number;
  readonly trials: number;
  /** The mean of each listener's own share: some lean to the first, some to the second. */
  readonly byListener: MeanEstimate;
  readonly p: number;
}

export interface PairAnalysis {
  readonly method: "pair";
  readonly correct: BinaryAnalysis;
  readonly dPrime: Estimate;
  readonly orderBias: OrderBias;
  /** Pairs of two human takes: nobody can be right, so this shows the bias of the task alone. */
  readonly humanPairs: OrderBias;
}

export interface PreferenceAnalysis {
  readonly method: "preference";
  readonly performers: readonly string[];
  readonly pairs: readonly PairCounts[];
  readonly preference?: Preference;
  /** Of each performer against the first, Holm's over all; NaN for the first. */
  readonly adjustedP?: readonly number[];
  readonly ties: number;
  readonly trials: number;
  readonly orderBias: OrderBias;
}

export function analysePairs(answers: readonly JudgedAnswer[], settings: AnalysisSettings): PairAnalysis {
  const main = answers.filter((a) => a.role === "main");
  const judged = main.map((a) => ({
    participant: a.participant,
    item: a.item,
    order: a.order,
    correct: a.slots[choiceOf(a) - 1]!.kind === "human",
  }));
  const people = [...groupedBy(judged, (a) => a.participant).values()];
  return {
    method: "pair",
    correct: analyseBinary(judged, settings),
    dPrime: participantBootstrap(
      people,
      (sample) => {
        const all = sample.flat();
        return pairDPrime(all.filter((a) => a.correct).length, all.length);
      },
      { resamples: settings.bootstrapResamples, seed: settings.seed, confidence: 1 - settings.level },
    ),
    orderBias: orderBias(main, settings),
    humanPairs: orderBias(
      answers.filter((a) => a.role === "control" && a.slots.every((s) => s.kind === "human")),
      settings,
    ),
  };
}

export function analysePreference(
  answers: readonly JudgedAnswer[],
  settings: AnalysisSettings,
): PreferenceAnalysis {
  const main = answers.filter((a) => a.role === "main");
  const performers = [...new Set(main.flatMap((a) => a.slots.map((s) => s.performer)))].sort();
  const pairs = countPairs(main, performers);
  const decided = pairs.some((p) => p.firstWins + p.secondWins > 0);
  const people = [...groupedBy(main, (a) => a.participant).values()];
  const preference = decided
    ? fitPreference(
        performers.length,
        people.map((mine) => countPairs(mine, performers)),
        1 - settings.level,
      )
    : undefined;
  return {
    method: "preference",
    performers,
    pairs,
    ...(preference?.converged && {
      preference,
      adjustedP: [NaN, ...holmAdjusted(preference.p.slice(1))],
    }),
    ties: main.filter((a) => choiceOf(a) === 0).length,
    trials: main.length,
    orderBias: orderBias(main, settings),
  };
}

/** Wins and ties of every pair that was compared. */
function countPairs(answers: readonly JudgedAnswer[], performers: readonly string[]): PairCounts[] {
  const counts = performers.map(() => performers.map(() => [0, 0, 0] as [number, number, number]));
  for (const answer of answers) {
    const [a, b] = answer.slots.map((s) => performers.indexOf(s.performer)) as [number, number];
    const [low, high] = [Math.min(a, b), Math.max(a, b)];
    const choice = choiceOf(answer);
    const winner = choice === 0 ? undefined : choice === 1 ? a : b;
    counts[low]![high]![winner === undefined ? 2 : winner === low ? 0 : 1]++;
  }
  return counts.flatMap((row, first) =>
    row.flatMap(([firstWins, secondWins, ties], second) =>
      firstWins + secondWins + ties > 0 ? [{ first, second, firstWins, secondWins, ties }] : [],
    ),
  );
}

function choiceOf({ response }: JudgedAnswer): 0 | 1 | 2 {
  if (response.method !== "pair" && response.method !== "preference")
    throw new Error("an answer of another method in a block of pairs");
  return response.choice;
}

/** @param answers of one block of pairs */
export function orderBias(answers: readonly JudgedAnswer[], { level }: AnalysisSettings): OrderBias {
  const decided = answers.filter((a) => choiceOf(a) !== 0);
  const firstOf = (some: readonly JudgedAnswer[]): number => some.filter((a) => choiceOf(a) === 1).length;
  const shares = [...groupedBy(decided, (a) => a.participant).values()].map(
    (mine) => firstOf(mine) / mine.length,
  );
  const byListener = meanEstimate(shares, 1 - level);
  return { first: firstOf(decided), trials: decided.length, byListener, p: meanTest(byListener, 0.5) };
}
