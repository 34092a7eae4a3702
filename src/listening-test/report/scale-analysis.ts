import { groupedBy } from "../statistics/grouped-by.ts";
import { RATING_SCALES, type RatingScale } from "../design/method.ts";
import { holmAdjusted } from "../statistics/holm.ts";
import { krippendorffAlpha } from "../statistics/krippendorff.ts";
import { meanEstimate, meanTest, type MeanEstimate } from "../statistics/mean-estimate.ts";
import type { AnalysisSettings } from "./analysis-settings.ts";
import { isAnchor } from "./exclusions.ts";
import type { JudgedAnswer } from "./study-data.ts";

export interface ScaleRow {
  readonly scale: RatingScale;
  readonly human: MeanEstimate;
  readonly robot: MeanEstimate;
  /** Human less robot, within listeners. */
  readonly difference: MeanEstimate;
  readonly p: number;
  readonly adjustedP: number;
  /** Krippendorff's α, ordinal, over stimuli. */
  readonly agreement: number;
}

export interface RatingAnalysis {
  readonly method: "rating";
  readonly scales: readonly ScaleRow[];
}

export interface MushraRow {
  readonly condition: string;
  readonly score: MeanEstimate;
  /** Less the hidden reference, within listeners; absent for the reference. */
  readonly difference?: MeanEstimate;
  readonly adjustedP?: number;
}

export interface MushraAnalysis {
  readonly method: "mushra";
  readonly rows: readonly MushraRow[];
}

export function analyseRatings(
  answers: readonly JudgedAnswer[],
  { level }: AnalysisSettings,
): RatingAnalysis {
  const main = answers.filter((a) => a.role === "main");
  const valueOf = (a: JudgedAnswer, scale: RatingScale): number => {
    if (a.response.method !== "rating") throw new Error("an answer of another method in a block of ratings");
    return a.response.scales[scale];
  };
  const rows = RATING_SCALES.map((scale) => {
    const means = [...groupedBy(main, (a) => a.participant).values()].map((mine) => ({
      human: mean(mine.filter((a) => a.slots[0]!.kind === "human").map((a) => valueOf(a, scale))),
      robot: mean(mine.filter((a) => a.slots[0]!.kind === "robot").map((a) => valueOf(a, scale))),
    }));
    const both = means.filter((m) => Number.isFinite(m.human) && Number.isFinite(m.robot));
    const difference = meanEstimate(
      both.map((m) => m.human - m.robot),
      1 - level,
    );
    return {
      scale,
      human: meanEstimate(
        both.map((m) => m.human),
        1 - level,
      ),
      robot: meanEstimate(
        both.map((m) => m.robot),
        1 - level,
      ),
      difference,
      p: meanTest(difference, 0),
      agreement: krippendorffAlpha(
        [...groupedBy(main, (a) => a.slots[0]!.id).values()].map((unit) =>
          unit.map((a) => valueOf(a, scale)),
        ),
        "ordinal",
      ),
    };
  });
  const adjusted = holmAdjusted(rows.map((r) => r.p));
  return { method: "rating", scales: rows.map((row, i) => ({ ...row, adjustedP: adjusted[i]! })) };
}

export function analyseMushra(answers: readonly JudgedAnswer[], { level }: AnalysisSettings): MushraAnalysis {
  const scored = answers.flatMap(({ participant, slots, response }) =>
    response.method !== "mushra"
      ? []
      : slots.slice(1).map((s, i) => ({
          participant,
          condition: isAnchor(s)
            ? "anchor, 3.5 kHz"
            : s.take === slots[0]!.take
              ? "hidden reference"
              : s.performer,
          score: response.scores[i]!,
        })),
  );
  const people = [...groupedBy(scored, (s) => s.participant).values()];
  const conditions = [...new Set(scored.map((s) => s.condition))].sort();
  const of = (mine: readonly (typeof scored)[number][], condition: string): number =>
    mean(mine.filter((s) => s.condition === condition).map((s) => s.score));
  const rows = conditions.map((condition): MushraRow => {
    const score = meanEstimate(
      people.map((mine) => of(mine, condition)),
      1 - level,
    );
    if (condition === "hidden reference") return { condition, score };
    const difference = meanEstimate(
      people.map((mine) => of(mine, condition) - of(mine, "hidden reference")),
      1 - level,
    );
    return { condition, score, difference };
  });
  const compared = rows.filter((r) => r.difference);
  const adjusted = holmAdjusted(compared.map((r) => meanTest(r.difference!, 0)));
  return {
    method: "mushra",
    rows: rows.map((r) => (r.difference ? { ...r, adjustedP: adjusted[compared.indexOf(r)]! } : r)),
  };
}

const mean = (values: readonly number[]): number => values.reduce((sum, v) => sum + v, 0) / values.length;
