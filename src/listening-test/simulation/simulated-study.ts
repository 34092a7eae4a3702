import { seededRandom } from "../../math/random.ts";
import { planTrials, cellCount, type Design } from "../design/trial-plan.ts";
import type { BinaryAnswer } from "../report/binary-analysis.ts";
import type { DetectionCounts } from "../statistics/signal-detection.ts";
import {
  drawItems,
  drawListener,
  expectedCorrect,
  expectedRates,
  simulatedYesNo,
  type ListenerPopulation,
} from "./simulated-listener.ts";

/** A yes/no study as it would come out, with its truth. */
export interface SimulatedStudy {
  readonly answers: readonly (BinaryAnswer & {
    readonly isHuman: boolean;
    readonly saysHuman: boolean;
    readonly rating: number;
  })[];
  /** Share of right answers that this population tends to, on these very items. */
  readonly trueCorrect: number;
  readonly trueRates: { readonly hit: number; readonly falseAlarm: number };
}

/** @param humanLabel which of the manifest's labels is the human */
export function simulateStudy(
  design: Design,
  population: ListenerPopulation,
  of: { readonly listeners: number; readonly humanLabel: string; readonly seed: number },
): SimulatedStudy {
  const random = seededRandom(of.seed);
  const { items } = design.manifest;
  const easier = new Map(drawItems(population, items.length, random).map((e, i) => [items[i]!, e]));
  const labelOf = new Map(design.manifest.stimuli.map((s) => [s.id, s.label]));
  const cells = cellCount(design);
  const answers = Array.from({ length: of.listeners }, (_, n) => {
    const listener = drawListener(population, random);
    const trials = planTrials(design, n % cells, Math.floor(random() * 2 ** 31)).filter(
      (t) => t.role === "main",
    );
    return trials.map((trial, order) => {
      const isHuman = labelOf.get(trial.slots[0]!) === of.humanLabel;
      const { says, confidence } = simulatedYesNo(
        listener,
        { isHuman, easier: easier.get(trial.item)! },
        random,
      );
      const saysHuman = says === "human";
      return {
        participant: String(n),
        item: trial.item,
        order,
        correct: saysHuman === isHuman,
        isHuman,
        saysHuman,
        rating: saysHuman ? confidence : -confidence,
      };
    });
  }).flat();
  const each = [...easier.values()];
  const mean = (figure: (e: number) => number): number =>
    each.reduce((sum, e) => sum + figure(e), 0) / each.length;
  return {
    answers,
    trueCorrect: mean((e) => expectedCorrect(population, e)),
    trueRates: {
      hit: mean((e) => expectedRates(population, e).hit),
      falseAlarm: mean((e) => expectedRates(population, e).falseAlarm),
    },
  };
}

export function detectionCounts(answers: SimulatedStudy["answers"]): DetectionCounts {
  const humans = answers.filter((a) => a.isHuman);
  const robots = answers.filter((a) => !a.isHuman);
  return {
    hits: humans.filter((a) => a.saysHuman).length,
    signals: humans.length,
    falseAlarms: robots.filter((a) => a.saysHuman).length,
    noises: robots.length,
  };
}
