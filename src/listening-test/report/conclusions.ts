import type { BinaryAnalysis } from "./binary-analysis.ts";
import type { AnalysisSettings } from "./analysis-settings.ts";

/** What may be said, and what kind of statement it is. */
export interface Conclusion {
  readonly kind:
    | "above-chance"
    | "below-chance"
    | "not-shown-to-differ"
    | "equivalent"
    | "equivalence-not-shown"
    | "differs"
    | "not-judged";
  readonly sentence: string;
}

/**
 * The two statements about a share of right answers that its numbers allow. That nothing was found is never turned into
 * "there is nothing": equivalence is said only where it was tested and shown.
 */
export function conclusionsAbout(
  analysis: BinaryAnalysis,
  { level, margin }: AnalysisSettings,
): readonly Conclusion[] {
  if (!Number.isFinite(analysis.p))
    return [
      { kind: "not-judged", sentence: "Too few listeners, or all of them alike: nothing can be concluded." },
    ];
  return [differenceFrom(analysis, level), equivalenceOf(analysis, level, margin)];
}

function differenceFrom({ byListener, p }: BinaryAnalysis, level: number): Conclusion {
  const { value, interval, n } = byListener;
  const numbers = `${percent(value)} right, ${percent(interval.confidence)} interval ${percent(interval.low)} to ${percent(interval.high)}, n = ${n} listeners, p ${pText(p)}`;
  if (p > level)
    return {
      kind: "not-shown-to-differ",
      sentence: `Listeners were not shown to differ from chance (${numbers}). This alone does not mean that they cannot tell human from robot.`,
    };
  return value > 0.5
    ? {
        kind: "above-chance",
        sentence: `Listeners told human from robot better than by chance (${numbers}).`,
      }
    : {
        kind: "below-chance",
        sentence: `Listeners heard a difference and took it the wrong way round (${numbers}).`,
      };
}

function equivalenceOf(
  { equivalence, byListener }: BinaryAnalysis,
  level: number,
  margin: number,
): Conclusion {
  const points = `${(100 * margin).toFixed(0)} points of chance`;
  if (equivalence.p <= level) {
    const small = byListener.interval.low > 0.5 || byListener.interval.high < 0.5;
    return {
      kind: "equivalent",
      sentence: `Their share of right answers lies within ${points} (equivalence p ${pText(equivalence.p)})${small ? "; the difference from chance is real and smaller than the margin set before the study" : ""}.`,
    };
  }
  return {
    kind: "equivalence-not-shown",
    sentence: `That they are within ${points} was not shown (equivalence p ${pText(equivalence.p)}).`,
  };
}

const percent = (share: number): string => `${(100 * share).toFixed(1).replace(/\.0$/, "")} %`;
export const pText = (p: number): string =>
  Number.isNaN(p) ? "not judged" : p < 0.001 ? "< 0.001" : `= ${p.toFixed(3)}`;
