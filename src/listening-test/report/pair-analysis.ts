import { groupedBy } from "../statistics/grouped-by.ts";
import { exactBinomialTest } from "../statistics/binomial.ts";
import { participantBootstrap } from "../statistics/bootstrap.ts";
import { fitPreference, type PairCounts, type Preference } from "../statistics/davidson.ts";
import type { Estimate, Interval } from "../statistics/interval.ts";
import { wilsonInterval } from "../statistics/proportion-interval.ts";
import { pairDPrime } from "../statistics/signal-detection.ts";
import type { AnalysisSettings } from "./analysis-settings.ts";
import { analyseBinary, type BinaryAnalysis } from "./binary-analysis.ts";
import type { JudgedAnswer } from "./study-data.ts";

/** How often the first of two was chosen; one half where the order does not matter. */
export interface OrderBias {
  readonly first: number;
  readonly trials: number;
  readonly interval: Interval;
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
  const pairs = performers.flatMap((_, first) =>
    performers.slice(first + 1).flatMap((_, i) => {
      const counts = countPair(main, performers, [first, first + 1 + i]);
      return counts.firstWins + counts.secondWins + counts.ties > 0 ? [counts] : [];
    }),
  );
  const decided = pairs.some((p) => p.firstWins + p.secondWins > 0);
  const preference = decided ? fitPreference(performers.length, pairs, 1 - settings.level) : undefined;
  return {
    method: "preference",
    performers,
    pairs,
    ...(preference?.converged && { preference }),
    ties: main.filter((a) => choiceOf(a) === 0).length,
    trials: main.length,
    orderBias: orderBias(main, settings),
  };
}

function countPair(
  answers: readonly JudgedAnswer[],
  performers: readonly string[],
  [first, second]: readonly [number, number],
): PairCounts {
  let [firstWins, secondWins, ties] = [0, 0, 0];
  for (const answer of answers) {
    const names = answer.slots.map((s) => s.performer);
    if (!names.includes(performers[first]!) || !names.includes(performers[second]!)) continue;
    const choice = choiceOf(answer);
    if (choice === 0) ties++;
    else if (names[choice - 1] === performers[first]) firstWins++;
    else secondWins++;
  }
  return { first, second, firstWins, secondWins, ties };
}

function choiceOf({ response }: JudgedAnswer): 0 | 1 | 2 {
  if (response.method !== "pair" && response.method !== "preference")
    throw new Error("an answer of another method in a block of pairs");
  return response.choice;
}

function orderBias(answers: readonly JudgedAnswer[], { level }: AnalysisSettings): OrderBias {
  const choices = answers.map(choiceOf).filter((choice) => choice !== 0);
  const first = choices.filter((choice) => choice === 1).length;
  const trials = choices.length;
  return {
    first,
    trials,
    interval:
      trials === 0 ? { low: 0, high: 1, confidence: 1 - level } : wilsonInterval(first, trials, 1 - level),
    p: trials === 0 ? 1 : exactBinomialTest(first, trials),
  };
}
