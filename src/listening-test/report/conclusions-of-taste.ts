import type { Interval } from "../statistics/interval.ts";
import { pText, type Conclusion } from "./conclusions.ts";
import type { PreferenceAnalysis } from "./pair-analysis.ts";
import type { MushraAnalysis, RatingAnalysis } from "./scale-analysis.ts";

const NOT_JUDGED: Conclusion = {
  kind: "not-judged",
  sentence: "Too few listeners, or all of them alike: nothing can be concluded.",
};

/** What may be said of preferences: each performer against the first. */
export function conclusionsAboutPreference(
  { performers, preference, adjustedP }: PreferenceAnalysis,
  level: number,
): readonly Conclusion[] {
  const first = performers[0];
  if (first === undefined || preference === undefined || adjustedP === undefined) return [NOT_JUDGED];
  return performers.slice(1).map((name, i): Conclusion => {
    const [value, interval, p] = [
      preference.logAbility[i + 1]!,
      preference.intervals[i + 1]!,
      adjustedP[i + 1]!,
    ];
    if (Number.isNaN(p)) return NOT_JUDGED;
    const numbers = `log ability of ${name} against ${first} ${value.toFixed(2)}, ${rangeText(interval)}, p ${pText(p)}`;
    const [liked, other] = value > 0 ? [name, first] : [first, name];
    return p <= level
      ? { kind: "differs", sentence: `Listeners preferred ${liked} to ${other} (${numbers}).` }
      : {
          kind: "not-shown-to-differ",
          sentence: `Listeners were not shown to prefer ${name} or ${first} (${numbers}). This alone does not mean that they like both alike.`,
        };
  });
}

/** What may be said of ratings, scale by scale. */
export const conclusionsAboutRatings = ({ scales }: RatingAnalysis, level: number): readonly Conclusion[] =>
  scales.map(({ scale, difference, adjustedP }) =>
    aboutDifference(
      { what: `Human takes were rated`, of: ` on “${scale}” than the robot's`, less: "human less robot" },
      { ...difference, p: adjustedP, level, digits: 2 },
    ),
  );

/** What may be said of sound quality: each version against the hidden reference. */
export const conclusionsAboutQuality = ({ rows }: MushraAnalysis, level: number): readonly Conclusion[] =>
  rows.flatMap(({ condition, difference, adjustedP }) =>
    difference === undefined || adjustedP === undefined
      ? []
      : [
          aboutDifference(
            {
              what: `“${condition}” was scored`,
              of: " than the hidden reference",
              less: "less the hidden reference",
            },
            { ...difference, p: adjustedP, level, digits: 1 },
          ),
        ],
  );

function aboutDifference(
  words: { readonly what: string; readonly of: string; readonly less: string },
  found: {
    readonly value: number;
    readonly interval: Interval;
    readonly n: number;
    readonly p: number;
    readonly level: number;
    readonly digits: number;
  },
): Conclusion {
  const { value, interval, n, p, level, digits } = found;
  if (!Number.isFinite(p)) return NOT_JUDGED;
  const numbers = `${words.less} ${value.toFixed(digits)}, ${rangeText(interval, digits)}, n = ${n} listeners, p ${pText(p)}`;
  return p <= level
    ? {
        kind: "differs",
        sentence: `${words.what} ${value > 0 ? "higher" : "lower"}${words.of} (${numbers}).`,
      }
    : {
        kind: "not-shown-to-differ",
        sentence: `${words.what} neither higher nor lower${words.of} as far as was shown (${numbers}). This alone does not mean that there is no difference.`,
      };
}

const rangeText = ({ low, high, confidence }: Interval, digits = 2): string =>
  `${Math.round(100 * confidence)} % interval ${low.toFixed(digits)} to ${high.toFixed(digits)}`;
