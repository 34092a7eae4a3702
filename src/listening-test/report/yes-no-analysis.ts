import { groupedBy } from "../statistics/grouped-by.ts";
import { participantBootstrap } from "../statistics/bootstrap.ts";
import type { Estimate } from "../statistics/interval.ts";
import { krippendorffAlpha } from "../statistics/krippendorff.ts";
import { rocOf, signedRating, type RatedAnswer, type Roc } from "../statistics/roc.ts";
import {
  sensitivity,
  summed,
  type DetectionCounts,
  type Sensitivity,
} from "../statistics/signal-detection.ts";
import type { AnalysisSettings } from "./analysis-settings.ts";
import { analyseBinary, type BinaryAnalysis } from "./binary-analysis.ts";
import type { JudgedAnswer } from "./study-data.ts";

export interface YesNoAnalysis {
  readonly method: "yes-no";
  readonly correct: BinaryAnalysis;
  readonly counts: DetectionCounts;
  /** Of all answers together, with intervals by listeners. */
  readonly dPrime: Estimate;
  readonly criterion: Estimate;
  readonly roc: Roc;
  readonly area: Estimate;
  /** How far listeners agree on which stimuli are human (α, nominal). */
  readonly agreement: number;
  /** "robot" said of mechanical renditions, and how many there were. */
  readonly mechanical: { readonly saidRobot: number; readonly trials: number };
  /** Trials asked twice: how often the answer was the same. */
  readonly repeats: { readonly same: number; readonly trials: number };
}

interface Judged {
  readonly participant: string;
  readonly stimulus: string;
  readonly isHuman: boolean;
  readonly saysHuman: boolean;
  readonly rating: number;
}

/** @param answers of one block and of listeners that count, controls and repeats included */
export function analyseYesNo(answers: readonly JudgedAnswer[], settings: AnalysisSettings): YesNoAnalysis {
  const main = answers.filter((a) => a.role === "main");
  const judged = main.map(judgedOf);
  const people = [...groupedBy(judged, (a) => a.participant).values()];
  const bootstrap = {
    resamples: settings.bootstrapResamples,
    seed: settings.seed,
    confidence: 1 - settings.level,
  };
  const counts = people.map(countsOf);
  const boot = (figure: keyof Sensitivity): Estimate =>
    participantBootstrap(counts, (sample) => sensitivity(summed(sample))[figure], bootstrap);
  const rated = (all: readonly Judged[]): RatedAnswer[] =>
    all.map(({ rating, isHuman }) => ({ rating, isHuman }));
  return {
    method: "yes-no",
    correct: analyseBinary(
      main.map((a, i) => ({
        participant: a.participant,
        item: a.item,
        order: a.order,
        correct: judged[i]!.saysHuman === judged[i]!.isHuman,
      })),
      settings,
    ),
    counts: countsOf(judged),
    dPrime: boot("dPrime"),
    criterion: boot("criterion"),
    roc: rocOf(rated(judged)),
    area: participantBootstrap(people.map(rated), (sample) => rocOf(sample.flat()).area, bootstrap),
    agreement: krippendorffAlpha(
      [...groupedBy(judged, (a) => a.stimulus).values()].map((unit) =>
        unit.map((a) => (a.saysHuman ? 1 : 0)),
      ),
      "nominal",
    ),
    mechanical: mechanicalOf(answers),
    repeats: repeatsOf(answers),
  };
}

function judgedOf({ participant, slots, response }: JudgedAnswer): Judged {
  if (response.method !== "yes-no") throw new Error("an answer of another method in a yes/no block");
  const saysHuman = response.says === "human";
  return {
    participant,
    stimulus: slots[0]!.id,
    isHuman: slots[0]!.kind === "human",
    saysHuman,
    rating: signedRating(saysHuman, response.confidence),
  };
}

function countsOf(all: readonly Judged[]): DetectionCounts {
  let [hits, signals, falseAlarms, noises] = [0, 0, 0, 0];
  for (const { isHuman, saysHuman } of all) {
    if (isHuman) signals++;
    else noises++;
    if (saysHuman && isHuman) hits++;
    if (saysHuman && !isHuman) falseAlarms++;
  }
  return { hits, signals, falseAlarms, noises };
}

function mechanicalOf(answers: readonly JudgedAnswer[]) {
  const controls = answers
    .filter((a) => a.role === "control" && a.slots[0]!.kind === "mechanical")
    .map(judgedOf);
  return { saidRobot: controls.filter((a) => !a.saysHuman).length, trials: controls.length };
}

function repeatsOf(answers: readonly JudgedAnswer[]) {
  const repeats = answers.filter((a) => a.role === "repeat");
  const first = new Map(
    answers.filter((a) => a.role === "main").map((a) => [`${a.participant} ${a.slots[0]!.id}`, a]),
  );
  const same = repeats.filter((a) => {
    const before = first.get(`${a.participant} ${a.slots[0]!.id}`);
    return before !== undefined && judgedOf(before).saysHuman === judgedOf(a).saysHuman;
  });
  return { same: same.length, trials: repeats.length };
}
