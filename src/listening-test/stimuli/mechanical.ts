import { secondsAtTick } from "../../score/tempo.ts";
import type { Score } from "../../score/score.ts";

const RATE_HZ = 48000;
const ATTACK_S = 0.03;
const RELEASE_S = 0.06;
const PARTIALS = 10;
const LEVEL = 0.12;
/** Silence before the first beat [s]. */
export const MECHANICAL_LEAD_S = 0.5;

/**
 * A mechanical rendition: every note in strict time, equally loud, of one unchanging tone. Everybody should hear that no
 * human plays; whoever does not was not listening.
 */
export function mechanicalRendition(score: Score): {
  readonly samples: Float32Array;
  readonly sampleRateHz: number;
} {
  const at = (tick: number): number => secondsAtTick(score.tempos, score.ticksPerQuarter, tick);
  const samples = new Float32Array(Math.ceil((at(score.endTick) + 1.5 + MECHANICAL_LEAD_S) * RATE_HZ));
  for (const note of score.notes) {
    const [startS, endS] = [at(note.startTick), at(note.endTick)];
    const hz = 440 * 2 ** ((note.midi - 69) / 12);
    const from = Math.round((startS + MECHANICAL_LEAD_S) * RATE_HZ);
    const length = Math.round((endS - startS) * RATE_HZ);
    for (let i = 0; i < length; i++) {
      const s = i / RATE_HZ;
      const shape = Math.min(1, s / ATTACK_S, (length / RATE_HZ - s) / RELEASE_S);
      let tone = 0;
      for (let k = 1; k <= PARTIALS; k++) tone += Math.sin(2 * Math.PI * hz * k * s) / k ** 1.5;
      samples[from + i]! += LEVEL * shape * tone;
    }
  }
  return { samples, sampleRateHz: RATE_HZ };
}
