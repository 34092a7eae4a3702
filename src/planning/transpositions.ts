/**
 * Transpositions in the order in which a musician would like them: octaves, which keep the key, then the fewest semitones, up before
 * down.
 */
export const TRANSPOSITIONS: readonly number[] = [
  ...[12, -12, 24, -24],
  ...Array.from({ length: 11 }, (_, i) => [i + 1, -(i + 1)]).flat(),
];
