/** Control cycles per second of an e-Series controller. */
export const CYCLES_PER_S = 500;
/** Control cycle [s]. */
export const PERIOD_S = 1 / CYCLES_PER_S;
/** Cycle number at switch-on: clients take a clock below 40 s for a controller that is still booting. */
export const FIRST_CYCLE = 42 * CYCLES_PER_S;

/** Controller clock after so many cycles [s]; a quotient of integers, so that no rounding piles up. */
export const timeOfCycle = (cycle: number): number => cycle / CYCLES_PER_S;

/** Whole cycles of a duration, at least one. */
export const cyclesOf = (durationS: number): number => Math.max(1, Math.round(durationS * CYCLES_PER_S));
