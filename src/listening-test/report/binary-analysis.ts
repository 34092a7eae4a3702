import { groupedBy } from "../statistics/grouped-by.ts";
import { exactBinomialTest } from "../statistics/binomial.ts";
import { participantBootstrap } from "../statistics/bootstrap.ts";
import type { MixedAnswers } from "../statistics/conditional-modes.ts";
import { exactEquivalence, meanEquivalence, type Equivalence } from "../statistics/equivalence.ts";
import { holmAdjusted } from "../statistics/holm.ts";
import type { Estimate, Interval } from "../statistics/interval.ts";
import { meanEstimate, meanTest, type MeanEstimate } from "../statistics/mean-estimate.ts";
import { fitMixedLogistic, isEstimable, type MixedLogisticFit } from "../statistics/mixed-logistic.ts";
import { clopperPearsonInterval, wilsonInterval } from "../statistics/proportion-interval.ts";
import type { AnalysisSettings } from "./analysis-settings.ts";

/** One right or wrong answer. */
export interface BinaryAnswer {
  readonly participant: string;
  readonly item: string;
  readonly order: number;
  readonly correct: boolean;
}

export interface ItemRow {
  readonly item: string;
  readonly correct: number;
  readonly trials: number;
  readonly interval: Interval;
  readonly p: number;
  /** Holm's, over all items. */
  readonly adjustedP: number;
}

/** Everything said about how often listeners were right. */
export interface BinaryAnalysis {
  readonly correct: number;
  readonly trials: number;
  readonly participants: number;
  /** Cells of the listeners × items table without an answer. */
  readonly missingCells: number;
  /** As if all answers were independent; they are not, so this is for comparison only. */
  readonly independent: {
    readonly p: number;
    readonly wilson: Interval;
    readonly clopperPearson: Interval;
    readonly equivalence: Equivalence;
  };
  /** The mean of each listener's own share: answers of one person hang together. The conclusions rest on this. */
  readonly byListener: MeanEstimate;
  readonly p: number;
  readonly equivalence: Equivalence;
  readonly bootstrap: Estimate;
  /** For excerpts and listeners like these, not only for these: both are random. */
  readonly mixed?: MixedLogisticFit;
  readonly mixedShare?: Interval & { readonly value: number };
  /** The same with the place in the test, in log-odds per trial: learning or tiring. */
  readonly order?: MixedLogisticFit;
  readonly items: readonly ItemRow[];
}

/**
 * How often listeners are right, against one half.
 *
 * @param answers of listeners and trials that count
 */
export function analyseBinary(answers: readonly BinaryAnswer[], settings: AnalysisSettings): BinaryAnalysis {
  const { level, margin } = settings;
  const confidence = 1 - level;
  const people = [...groupedBy(answers, (a) => a.participant).values()];
  const trials = answers.length;
  const correct = answers.filter((a) => a.correct).length;
  const byListener = meanEstimate(people.map(share), confidence);
  const bootstrap = participantBootstrap(people.map(tally), shareOfAll, {
    resamples: settings.bootstrapResamples,
    seed: settings.seed,
    confidence,
  });
  const items = itemRows(answers, confidence);
  const mixed = fitted(answers, false, confidence);
  const order = fitted(answers, true, confidence);
  return {
    correct,
    trials,
    participants: people.length,
    missingCells:
      people.length * items.length - new Set(answers.map((a) => `${a.participant} ${a.item}`)).size,
    independent: {
      p: exactBinomialTest(correct, trials),
      wilson: wilsonInterval(correct, trials, confidence),
      clopperPearson: clopperPearsonInterval(correct, trials, confidence),
      equivalence: exactEquivalence(correct, trials, margin),
    },
    byListener,
    p: meanTest(byListener, 0.5),
    equivalence: meanEquivalence(byListener, margin, 0.5),
    bootstrap,
    ...(mixed && { mixed, mixedShare: asShare(mixed) }),
    ...(order && { order }),
    items,
  };
}

const share = (answers: readonly BinaryAnswer[]): number =>
  answers.filter((a) => a.correct).length / answers.length;

interface Tally {
  readonly correct: number;
  readonly trials: number;
}

const tally = (answers: readonly BinaryAnswer[]): Tally => ({
  correct: answers.filter((a) => a.correct).length,
  trials: answers.length,
});

const shareOfAll = (people: readonly Tally[]): number =>
  people.reduce((sum, t) => sum + t.correct, 0) / people.reduce((sum, t) => sum + t.trials, 0);

function itemRows(answers: readonly BinaryAnswer[], confidence: number): readonly ItemRow[] {
  const rows = [...groupedBy(answers, (a) => a.item)].map(([item, of]) => {
    const correct = of.filter((a) => a.correct).length;
    return {
      item,
      correct,
      trials: of.length,
      interval: wilsonInterval(correct, of.length, confidence),
      p: exactBinomialTest(correct, of.length),
    };
  });
  const adjusted = holmAdjusted(rows.map((r) => r.p));
  return rows
    .map((row, i) => ({ ...row, adjustedP: adjusted[i]! }))
    .sort((a, b) => (a.item < b.item ? -1 : 1));
}

/** The mixed model, where the answers allow one. */
function fitted(
  answers: readonly BinaryAnswer[],
  withOrder: boolean,
  confidence: number,
): MixedLogisticFit | undefined {
  const people = numbered(answers.map((a) => a.participant));
  const items = numbered(answers.map((a) => a.item));
  const meanOrder = answers.reduce((sum, a) => sum + a.order, 0) / Math.max(1, answers.length);
  const mixed: MixedAnswers = {
    names: withOrder ? ["intercept", "order"] : ["intercept"],
    X: Float64Array.from(answers.flatMap((a) => (withOrder ? [1, a.order - meanOrder] : [1]))),
    y: Uint8Array.from(answers, (a) => (a.correct ? 1 : 0)),
    participant: people.of,
    item: items.count > 1 ? items.of : new Int32Array(),
  };
  if (people.count < 3 || !isEstimable(mixed)) return undefined;
  const fit = fitMixedLogistic(mixed, confidence);
  return fit.converged ? fit : undefined;
}

function numbered(names: readonly string[]): { readonly of: Int32Array; readonly count: number } {
  const places = new Map<string, number>();
  for (const name of names) if (!places.has(name)) places.set(name, places.size);
  return { of: Int32Array.from(names, (name) => places.get(name)!), count: places.size };
}

/** Of a typical listener and a typical item. */
function asShare({ fixed }: MixedLogisticFit): Interval & { readonly value: number } {
  const logistic = (x: number): number => 1 / (1 + Math.exp(-x));
  const { value, interval } = fixed[0]!;
  return {
    value: logistic(value),
    low: logistic(interval.low),
    high: logistic(interval.high),
    confidence: interval.confidence,
  };
}
