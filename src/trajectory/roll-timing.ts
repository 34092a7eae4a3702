/** How the time of a roll or a hop is chosen for the joints. */
export interface RollTiming {
  /** Times as long as it is wished for, where the notes allow it [-]. */
  readonly stretch: number;
  /** How much faster its turn goes at its end than in its middle, and slower at its beginning, −1..1 [-]; see `hastened`. */
  readonly haste: number;
}

/** Timings by the index of the note that the roll leads to; those that are missing are as wished. */
export type RollTimings = ReadonlyMap<number, RollTiming>;

export const AS_WISHED: RollTiming = { stretch: 1, haste: 0 };

/**
 * The clock of a turn that gains speed, or loses it, all the way.
 *
 *     x − haste · x · (1 − x)     slope 1 − haste at its beginning, 1 in its middle, 1 + haste at its end
 *
 * @param x share of the roll's time, 0..1
 */
export const hastened = (x: number, haste: number): number => x - haste * x * (1 - x);
