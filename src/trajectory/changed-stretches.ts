import type { BowMotion, BowState } from "./bow-motion.ts";

/** A stretch of score seconds. */
export interface Stretch {
  readonly fromS: number;
  readonly toS: number;
}

/** Moments at which two motions are compared: nothing the bow does is over sooner [s]. */
const EVERY_S = 0.05;
/** Differences below this are rounding [m], [rad], [-]. */
const SAME = 1e-8;

/** Where the bow goes elsewhere than before, in order of time. Both motions last from and to the same moments. */
export function changedStretches(before: BowMotion, after: BowMotion): readonly Stretch[] {
  const changed: Stretch[] = [];
  for (let i = 0; after.startS + (i - 1) * EVERY_S < after.endS; i++) {
    const atS = Math.min(after.startS + i * EVERY_S, after.endS);
    if (isSameState(before.at(atS), after.at(atS))) continue;
    changed.push({ fromS: atS - EVERY_S, toS: atS + EVERY_S });
  }
  return joined(changed);
}

/** Stretches that meet as one. @param stretches in order of their beginnings */
export function joined(stretches: readonly Stretch[]): readonly Stretch[] {
  const whole: Stretch[] = [];
  for (const stretch of stretches) {
    const before = whole.at(-1);
    if (before && stretch.fromS <= before.toS)
      whole[whole.length - 1] = { ...before, toS: Math.max(before.toS, stretch.toS) };
    else whole.push(stretch);
  }
  return whole;
}

const isSameState = (a: BowState, b: BowState): boolean =>
  a.fromLevel === b.fromLevel &&
  a.toLevel === b.toLevel &&
  isSame(a.turn, b.turn) &&
  isSame(a.shift, b.shift) &&
  isSame(a.fromLean_rad, b.fromLean_rad) &&
  isSame(a.toLean_rad, b.toLean_rad) &&
  isSame(a.bowM, b.bowM) &&
  isSame(a.contactM, b.contactM) &&
  isSame(a.heightM, b.heightM);

const isSame = (a: number, b: number): boolean => Math.abs(a - b) < SAME;
