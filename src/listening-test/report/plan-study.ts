import {
  equivalentCounts,
  powerOfEquivalence,
  powerOfTest,
  designEffect,
  smallestDetectable,
  smallestLastingN,
} from "../statistics/power.ts";
import { smallestSignificantCount } from "../statistics/binomial.ts";

export interface PlanInput {
  readonly participants: number;
  /** Main trials of each. */
  readonly trials: number;
  readonly level: number;
  readonly margin: number;
  /** How much answers of one listener hang together (intraclass correlation). */
  readonly icc: number;
  readonly power: number;
}

export interface StudyPlan extends PlanInput {
  readonly answers: number;
  readonly designEffect: number;
  /** As many independent answers as this would say as much. */
  readonly effectiveAnswers: number;
  /** Right answers of that many that differ from chance. */
  readonly needed: number;
  readonly detectable: number;
  readonly equivalencePower: number;
  /** Independent answers for the power asked for, at exactly one half; undefined where no number under 20 000 does. */
  readonly answersForEquivalence?: number;
  readonly sentences: readonly string[];
}

/**
 * What a study of this size can find, before it is run: exact binomial figures for the number of independent answers that
 * hold as much as the correlated ones.
 */
export function planStudy(input: PlanInput): StudyPlan {
  const { participants, trials, level, margin, icc, power } = input;
  const answers = participants * trials;
  const effect = designEffect(trials, icc);
  const n = Math.max(2, Math.floor(answers / effect));
  const needed = smallestSignificantCount(n, level);
  const detectable = smallestDetectable(n, power, level);
  const equivalencePower = powerOfEquivalence(n, margin, { level });
  const answersForEquivalence = smallestLastingN((m) => powerOfEquivalence(m, margin, { level }), power);
  return {
    ...input,
    answers,
    designEffect: effect,
    effectiveAnswers: n,
    needed,
    detectable,
    equivalencePower,
    ...(answersForEquivalence !== undefined && { answersForEquivalence }),
    sentences: [
      `${participants} listeners give ${answers} answers, worth ${n} independent ones (${trials} each, intraclass correlation ${icc}).`,
      needed <= n
        ? `${needed} of ${n} right (${percent(needed / n)}) differ from chance at the ${percent(level)} level; a true share of ${percent(detectable)} is found with ${percent(power)} power.`
        : `No number of right answers out of ${n} differs from chance.`,
      equivalenceSentence({
        n,
        margin,
        level,
        power,
        equivalencePower,
        wanted: answersForEquivalence,
        trials,
        effect,
      }),
    ],
  };
}

function equivalenceSentence(of: {
  readonly n: number;
  readonly margin: number;
  readonly level: number;
  readonly power: number;
  readonly equivalencePower: number;
  readonly wanted: number | undefined;
  readonly trials: number;
  readonly effect: number;
}): string {
  const points = `${Math.round(100 * of.margin)} points`;
  const listeners =
    of.wanted === undefined
      ? "no number of answers under 20000 does"
      : `that needs ${of.wanted} independent answers, here ${Math.ceil((of.wanted * of.effect) / of.trials)} listeners`;
  if (of.equivalencePower >= of.power)
    return `Equivalence within ${points} is shown with ${percent(of.equivalencePower)} power if listeners truly guess.`;
  const possible = equivalentCounts(of.n, of.margin, of.level);
  return possible === undefined
    ? `Equivalence within ${points} cannot be shown by any outcome; ${listeners}.`
    : `Equivalence within ${points} cannot be relied on: even if listeners truly guess, only ${percent(of.equivalencePower)} of such studies would show it (${possible.from} to ${possible.to} right of ${of.n}); ${listeners}.`;
}

const percent = (share: number): string => `${(100 * share).toFixed(1).replace(/\.0$/, "")} %`;

/** What is said of the power of this plan against a true share of right answers. */
export const powerAt = (plan: StudyPlan, share: number): number =>
  powerOfTest(plan.effectiveAnswers, share, plan.level);
