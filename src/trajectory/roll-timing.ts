/** How the time of a roll or a hop is chosen for the joints. */
export interface RollTiming {
  /** Times as long as it is wished for, where the notes allow it [-]. */
  readonly stretch: number;
  /** See `turnClock`. */
  readonly paces: Paces;
  /** How long before its note's onset the new string is reached [s]; 0 = at the onset. See `ledRolls`. */
  readonly leadS: number;
}

/** How fast parts of a turn go, which take the same time each; 1 on average [-]. */
export type Paces = readonly number[];

/** Timings by the index of the note that the roll leads to; those that are missing are as wished. */
export type RollTimings = ReadonlyMap<number, RollTiming>;

/** Parts of a roll that have each their own pace. @assumed ten were hardly better than six on the hops of the shipped pieces */
const PARTS = 6;
export const EVEN: Paces = Array<number>(PARTS).fill(1);

export const AS_WISHED: RollTiming = { stretch: 1, paces: EVEN, leadS: 0 };
