import type { Spread, TakeFacts } from "./take-facts.ts";

const ms = (seconds: number, digits = 1): string =>
  `${(1e3 * seconds).toFixed(digits).replace(/^-(?=[0.]+$)/, "")} ms`;
const mm = (metres: number, digits = 3): string => `${(1e3 * metres).toFixed(digits)} mm`;
const range = ({ min, max }: Spread): string => `${ms(min, 0)} to ${ms(max, 0)}`;

/** The facts of a take for people, a line each. */
export function factLines({ sampling, notes, timing, crossings, strokes }: TakeFacts): readonly string[] {
  const { states, durationS, periodS, gaps, lostS, longestGapS } = sampling;
  const lines = [
    `${states} states in ${durationS.toFixed(2)} s (${(states / durationS).toFixed(1)} Hz of ${(1 / periodS).toFixed(0)}); ` +
      (gaps === 0
        ? "no gap"
        : `${gaps} gaps lose ${lostS.toFixed(2)} s, the longest is ${ms(longestGapS, 0)}`),
    `${notes} notes`,
  ];
  if (timing) {
    const { stretch, durationErrorS: error, durationErrorSizeS: size, driftS, onsetStretch } = timing;
    const { sameStringExcessS: same, crossingExcessS: crossing, misshapenS } = timing;
    const [least, most] = [Math.min(...misshapenS), Math.max(...misshapenS)].map(
      (s) => `${s > 0 ? "+" : ""}${ms(s, 0)}`,
    );
    lines.push(
      `notes last ${stretch.toFixed(2)} times the score's; error median ${ms(error.median)}, 95 % within ${ms(size.p95)}` +
        (misshapenS.length === 0
          ? ""
          : `; ${misshapenS.length} more wrong by ${least === most ? least : `${least} to ${most}`}`),
      `last onset ${driftS.toFixed(2)} s late; onsets stretched ${onsetStretch.toFixed(3)} times`,
      `from note to note: ${ms(same.mean)} too long on one string (median ${ms(same.median)}, ${range(same)})`,
    );
    if (crossing.n > 0)
      lines.push(`from note to note with a crossing: ${ms(crossing.mean, 0)} too long (${range(crossing)})`);
  }
  for (const { pair, timeS, pathM } of crossings)
    lines.push(
      `crossing ${pair}: ${timeS.n} times, ${timeS.mean.toFixed(3)} s (${range(timeS)}), TCP goes ${mm(pathM, 0)}`,
    );
  if (strokes) {
    const { lateralM: lateral, chordRmsM, chordMaxM, peakSpeedMps } = strokes;
    lines.push(
      `${strokes.strokes} strokes: ${mm(lateral.mean)} from the taught line (95 % within ${mm(lateral.p95)}, at most ${mm(lateral.max)})`,
      `their own straightness ${mm(chordRmsM)} rms, at most ${mm(chordMaxM)}; fastest ${peakSpeedMps.toFixed(3)} m/s`,
    );
  }
  return lines;
}
