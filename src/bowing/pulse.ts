import type { Score } from "../score/score.ts";
import { leadsInto } from "../score/upbeat.ts";

/**
 * How strong a place in the bar is: 1 bar start, 0.5 half of an even bar, 0.25 another beat, 0 between beats [-].
 *
 * Eighth-note metres in threes (6/8, 9/8, 12/8) beat in dotted quarters. An upbeat counts as the end of the bar it stands for.
 */
export function pulseStrength(score: Pick<Score, "meters" | "ticksPerQuarter">, tick: number): number {
  const index = score.meters.findLastIndex((change) => change.tick <= tick);
  const meter = leadsInto(score, index) ?? score.meters[index] ?? { tick: 0, beatsPerBar: 4, beatUnit: 4 };
  const inThrees = meter.beatUnit >= 8 && meter.beatsPerBar > 3 && meter.beatsPerBar % 3 === 0;
  const beatTicks = ((score.ticksPerQuarter * 4) / meter.beatUnit) * (inThrees ? 3 : 1);
  const beats = inThrees ? meter.beatsPerBar / 3 : meter.beatsPerBar;
  const beat = (((tick - meter.tick) / beatTicks) % beats) + (tick < meter.tick ? beats : 0);
  if (beat === 0) return 1;
  if (beats % 2 === 0 && beat === beats / 2) return 0.5;
  return Number.isInteger(beat) ? 0.25 : 0;
}
