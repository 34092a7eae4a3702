import type { BowPlan } from "../bowing/bow-plan.ts";
import { bowingAlternatives, type Alternatives } from "../bowing/alternatives.ts";
import { barBeatAtTick, formatBarBeat } from "../score/position.ts";
import { unplayableHere, type PieceAtHand } from "./piece-options.ts";

/** The cheapest other ways than a plan's, at most `count`. */
export function alternativesOf(at: PieceAtHand, plan: BowPlan, count: number): Alternatives {
  const found = bowingAlternatives(at.score, at.instrument, at.profile.bowing, plan);
  if (!found.ok) throw unplayableHere({ stage: "bowing", why: found.why }, at);
  return { ...found.value, ways: found.value.ways.slice(0, count) };
}

/** What they cost, for people. */
export function alternativeLines(at: PieceAtHand, { cost, ways }: Alternatives): readonly string[] {
  const price = `the plan costs ${cost.toFixed(2)} (1 = an up-bow on a bar start)`;
  if (ways.length === 0) return [`${price}; no stroke can be bowed another way`];
  return [
    `${price}; other ways, the rest bowed around them:`,
    ...ways.map((way) => {
      const place = formatBarBeat(barBeatAtTick(at.score, at.score.notes[way.noteIndex]!.startTick));
      const strokes = way.changedStrokes === 1 ? "1 stroke changes" : `${way.changedStrokes} strokes change`;
      return `+${way.extraCost.toFixed(2)}  ${place.padEnd(9)} ${way.direction}-bow on ${[...new Set(way.levels)].join(" ")}; ${strokes}`;
    }),
  ];
}
