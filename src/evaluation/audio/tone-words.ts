import type { HeardTone } from "./heard-tone.ts";

/** What a bad tone is called, whatever its cause. */
export const TONE_WORDS = ["scratch", "surface sound", "squeal"] as const;
export type ToneWord = (typeof TONE_WORDS)[number];

/**
 * Where a word begins to be right.
 *
 * @assumed; between good notes and notes spoilt on purpose in simulated takes (`bench/sound/ears.ts`)
 */
const LIMITS = {
  /** Noise fills the gaps between the partials [dB]. */
  scratchFlatnessDb: -11,
  /** Even partials over odd ones: the string slips twice a period, and an octave above sounds [dB]. */
  surfaceDoubledDb: 9,
  /** A tone that is no partial, against the strongest partial [dB]. */
  squealDb: -3,
} as const;

/** The words for one note; empty for a good tone. */
export function toneWords({ flatnessDb, doubledDb, whistleDb }: HeardTone): readonly ToneWord[] {
  if (flatnessDb > LIMITS.scratchFlatnessDb) return ["scratch"]; // noise has tones of every kind
  return [
    ...(doubledDb > LIMITS.surfaceDoubledDb ? (["surface sound"] as const) : []),
    ...(whistleDb > LIMITS.squealDb ? (["squeal"] as const) : []),
  ];
}
