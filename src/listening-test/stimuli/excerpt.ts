import { CellistError } from "../../errors.ts";
import type { Score } from "../../score/score.ts";
import { barBeatAtTick, tickAtBarBeat } from "../../score/position.ts";
import { secondsAtTick } from "../../score/tempo.ts";
import type { TimeAnchor } from "../session/session-event.ts";

/** Score seconds from the beginning of the first to the end of the last bar. @throws CellistError `session-invalid` */
export function excerptSeconds(
  score: Score,
  [first, last]: readonly [number, number],
): { readonly fromS: number; readonly toS: number } {
  const place = (bar: number): number | undefined => tickAtBarBeat(score, { bar, beat: 1, fraction: 0 });
  const lastBar = barBeatAtTick(score, score.endTick - 1).bar;
  const from = place(first);
  if (from === undefined || last > lastBar)
    throw new CellistError(
      "session-invalid",
      `bars ${first} to ${last} are asked for, ${score.title} has bars 1 to ${lastBar}`,
    );
  const to = Math.min(place(last + 1) ?? score.endTick, score.endTick);
  const at = (tick: number): number => secondsAtTick(score.tempos, score.ticksPerQuarter, tick);
  return { fromS: at(from), toS: at(to) };
}

/** Score seconds of every bar line and of the end. */
export function barLines(score: Score): readonly number[] {
  const lines: number[] = [];
  for (let bar = 1; ; bar++) {
    const tick = tickAtBarBeat(score, { bar, beat: 1, fraction: 0 });
    if (tick === undefined || tick >= score.endTick) break;
    lines.push(secondsAtTick(score.tempos, score.ticksPerQuarter, tick));
  }
  return [...lines, secondsAtTick(score.tempos, score.ticksPerQuarter, score.endTick)];
}

/** Where a score second is in a take's sound, straight between anchors and beyond them at the score's own pace [s]. */
export function audioTimeOf(anchors: readonly TimeAnchor[], scoreS: number): number {
  const after = anchors.findIndex((a) => a.scoreS >= scoreS);
  if (after === -1) return anchors.at(-1)!.audioS + scoreS - anchors.at(-1)!.scoreS;
  if (after === 0) return anchors[0]!.audioS + scoreS - anchors[0]!.scoreS;
  const [a, b] = [anchors[after - 1]!, anchors[after]!];
  return a.audioS + ((scoreS - a.scoreS) * (b.audioS - a.audioS)) / (b.scoreS - a.scoreS);
}

/**
 * Anchors of a take of which only the sound is known: the music lies between the first and the last moment that is
 * louder than 40 dB below the loudest, and runs evenly.
 *
 * @param lines score seconds of bar lines; the first note begins at `firstNoteS`, the last ends at `lastNoteS`
 */
export function evenAnchors(
  samples: Float32Array,
  sampleRateHz: number,
  score: { readonly lines: readonly number[]; readonly firstNoteS: number; readonly lastNoteS: number },
): readonly TimeAnchor[] {
  const [startS, endS] = soundingPart(samples, sampleRateHz);
  const pace = (endS - startS) / (score.lastNoteS - score.firstNoteS);
  return score.lines.map((scoreS) => ({ scoreS, audioS: startS + (scoreS - score.firstNoteS) * pace }));
}

function soundingPart(samples: Float32Array, sampleRateHz: number): readonly [number, number] {
  const block = Math.round(0.01 * sampleRateHz);
  const levels = Array.from({ length: Math.floor(samples.length / block) }, (_, b) =>
    Math.sqrt(samples.subarray(b * block, (b + 1) * block).reduce((sum, x) => sum + x * x, 0) / block),
  );
  const limit = levels.reduce((most, l) => Math.max(most, l), 0) / 100;
  const first = levels.findIndex((l) => l > limit);
  const last = levels.findLastIndex((l) => l > limit);
  return [Math.max(0, first) * 0.01, (last + 1) * 0.01];
}
