import { median } from "./heard-tone.ts";
import type { NoteHearing, ToneAttributes } from "./take-report.ts";

/**
 * How much of each is no longer good at all: wavering level [dB], pitch [cents], colour [-]; share of power above the third
 * partial that is rich; time to settle that is unclear [s]. @assumed
 */
const WORST = { levelDb: 6, cents: 30, colour: 0.3, rich: 0.5, settlesS: 0.18 };
const score = (badness: number): number => Math.max(0, 1 - badness);

/** The five attributes of a take, medians over its notes. */
export function toneAttributes(notes: readonly NoteHearing[]): ToneAttributes {
  const of = (value: (n: NoteHearing) => number | null): number =>
    median(notes.flatMap((n) => value(n) ?? [])) ?? 0;
  return {
    dynamicStability: score(of((n) => n.levelSpreadDb) / WORST.levelDb),
    pitchStability: score(of((n) => n.centsSpread) / WORST.cents),
    timbreStability: score(of((n) => n.centroidSpread) / WORST.colour),
    timbreRichness: Math.min(1, of((n) => n.highShare) / WORST.rich),
    attackClarity: score(of((n) => n.settlesS ?? WORST.settlesS) / WORST.settlesS),
  };
}
