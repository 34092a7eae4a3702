import { seededRandom } from "../../math/random.ts";
import type { Response } from "../design/method.ts";
import { cellCount, planTrials, type Design } from "../design/trial-plan.ts";
import type { JudgedAnswer } from "../report/study-data.ts";
import type { KeyedStimulus } from "../session/study-key.ts";

/** What one listener answers to the stimuli of a trial, in the order they are presented. */
export type Ears = (slots: readonly KeyedStimulus[]) => Response;

/**
 * Answers of listeners to the main trials of a design of one block, as a report would get them.
 *
 * @param draw one person out of a population
 * @param of.humanLabel which of the manifest's labels is the human; the others are robots
 */
export function simulateAnswers(
  design: Design,
  draw: (random: () => number) => Ears,
  of: { readonly listeners: number; readonly humanLabel: string; readonly seed: number },
): readonly JudgedAnswer[] {
  const random = seededRandom(of.seed);
  const keyed = new Map(design.manifest.stimuli.map((s) => [s.id, keyedStimulus(s, of.humanLabel)]));
  const cells = cellCount(design);
  return Array.from({ length: of.listeners }, (_, n) => {
    const ears = draw(random);
    const trials = planTrials(design, n % cells, Math.floor(random() * 2 ** 31));
    return trials
      .filter((trial) => trial.role === "main")
      .map((trial, order): JudgedAnswer => {
        const slots = trial.slots.map((id) => keyed.get(id)!);
        const { position, block, method, role, item } = trial;
        return {
          ...{ participant: String(n), position, order, block, method, role, item, slots },
          response: ears(slots),
          seconds: 0,
        };
      });
  }).flat();
}

/** References and anchors are the human's take. */
function keyedStimulus(s: Design["manifest"]["stimuli"][number], humanLabel: string): KeyedStimulus {
  const isHuman = s.label === humanLabel || s.role === "reference" || s.role === "anchor";
  const kind = isHuman ? "human" : "robot";
  return {
    ...{ id: s.id, item: s.item, kind, simulated: false },
    performer: kind === "human" ? "anna" : `robot-${s.label}`,
    take: `${s.item}-${kind}`,
    recipe: { rawSha256: "", steps: s.role === "anchor" ? [{ do: "low-pass", hz: 3500 }] : [] },
  };
}
