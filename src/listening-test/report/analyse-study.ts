import type { Protocol } from "../session/protocol.ts";
import type { AnalysisSettings } from "./analysis-settings.ts";
import { conclusionsAbout, type Conclusion } from "./conclusions.ts";
import {
  conclusionsAboutPreference,
  conclusionsAboutQuality,
  conclusionsAboutRatings,
} from "./conclusions-of-taste.ts";
import { applyExclusions, type Exclusions } from "./exclusions.ts";
import {
  analysePairs,
  analysePreference,
  type PairAnalysis,
  type PreferenceAnalysis,
} from "./pair-analysis.ts";
import { analyseMushra, analyseRatings, type MushraAnalysis, type RatingAnalysis } from "./scale-analysis.ts";
import type { JudgedAnswer, StudyData } from "./study-data.ts";
import { passedTrap } from "./study-data.ts";
import { analyseYesNo, type YesNoAnalysis } from "./yes-no-analysis.ts";

export type BlockAnalysis =
  YesNoAnalysis | PairAnalysis | RatingAnalysis | PreferenceAnalysis | MushraAnalysis;

export interface StudyAnalysis {
  readonly listeners: number;
  readonly finished: number;
  readonly withdrawn: number;
  readonly analysed: number;
  readonly planned: number;
  readonly exclusions: Exclusions["excluded"];
  readonly traps: { readonly passed: number; readonly trials: number };
  readonly blocks: readonly {
    readonly analysis: BlockAnalysis;
    readonly conclusions: readonly Conclusion[];
  }[];
  readonly simulatedHumans: boolean;
  readonly settings: AnalysisSettings;
}

/** Said where the exclusions set before the study leave nobody. */
export const NOBODY_LEFT =
  "No listener is left after the exclusions that were set before the study: nothing can be concluded.";

/** The whole analysis, as the protocol set it before the study. */
export function analyseStudy(
  data: StudyData,
  protocol: Pick<Protocol, "analysis" | "test" | "performers">,
  bootstrap: { readonly resamples: number; readonly seed: number } = { resamples: 2000, seed: 1 },
): StudyAnalysis {
  const { analysis } = protocol;
  const settings: AnalysisSettings = {
    level: analysis.level,
    margin: analysis.margin,
    bootstrapResamples: bootstrap.resamples,
    seed: bootstrap.seed,
  };
  const { kept, excluded } = applyExclusions(data.listeners, analysis.exclude);
  const traps = data.listeners.flatMap((l) => l.answers.map(passedTrap).filter((p) => p !== undefined));
  return {
    listeners: data.listeners.length,
    finished: data.listeners.filter((l) => l.finished).length,
    withdrawn: data.withdrawn,
    analysed: kept.length,
    planned: analysis.participants,
    exclusions: excluded,
    traps: { passed: traps.filter(Boolean).length, trials: traps.length },
    blocks: protocol.test.blocks.flatMap((block, index) => {
      const answers = kept.flatMap((l) => l.answers.filter((a) => a.block === index));
      if (answers.length === 0) return [];
      const found = analyseBlock(block.method, answers, settings);
      return [{ analysis: found, conclusions: conclusionsOf(found, settings) }];
    }),
    simulatedHumans: protocol.performers.some((p) => p.simulated !== undefined),
    settings,
  };
}

function conclusionsOf(found: BlockAnalysis, settings: AnalysisSettings): readonly Conclusion[] {
  switch (found.method) {
    case "yes-no":
    case "pair":
      return conclusionsAbout(found.correct, settings);
    case "preference":
      return conclusionsAboutPreference(found, settings.level);
    case "rating":
      return conclusionsAboutRatings(found, settings.level);
    case "mushra":
      return conclusionsAboutQuality(found, settings.level);
  }
}

function analyseBlock(
  method: BlockAnalysis["method"],
  answers: readonly JudgedAnswer[],
  settings: AnalysisSettings,
): BlockAnalysis {
  switch (method) {
    case "yes-no":
      return analyseYesNo(answers, settings);
    case "pair":
      return analysePairs(answers, settings);
    case "rating":
      return analyseRatings(answers, settings);
    case "preference":
      return analysePreference(answers, settings);
    case "mushra":
      return analyseMushra(answers, settings);
  }
}
