/** A range that holds the true value with a stated confidence. */
export interface Interval {
  readonly low: number;
  readonly high: number;
  /** As 0.95. */
  readonly confidence: number;
}

/** A number with what is known of its uncertainty. */
export interface Estimate {
  readonly value: number;
  readonly interval: Interval;
}

export const holds = (interval: Interval, value: number): boolean =>
  interval.low <= value && value <= interval.high;
