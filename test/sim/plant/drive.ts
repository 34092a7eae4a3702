import type { Joints } from "../../../src/math/joints.ts";
import type { JointTarget, Plant } from "../../../src/sim/plant/plant.ts";

export const ZERO: Joints = [0, 0, 0, 0, 0, 0];

export const rest = (q_rad: Joints): JointTarget => ({
  q_rad,
  qd_radps: ZERO,
  qdd_radps2: ZERO,
  brakesOn: false,
});

/** Target at time t of a joint path, speed and acceleration by central differences over 1 ms. */
export function targetAt(path: (tS: number) => Joints, tS: number): JointTarget {
  const h = 1e-3;
  const [before, now, after] = [path(tS - h), path(tS), path(tS + h)];
  return {
    q_rad: now,
    qd_radps: now.map((_, i) => (after[i]! - before[i]!) / (2 * h)),
    qdd_radps2: now.map((q, i) => (after[i]! - 2 * q + before[i]!) / (h * h)),
    brakesOn: false,
  };
}

export const hold = (plant: Plant, q_rad: Joints, cycles: number): void => {
  for (let i = 0; i < cycles; i++) plant.step(rest(q_rad));
};

/** Largest joint error over `values` against `wanted` [rad]. */
export const worst = (values: ArrayLike<number>, wanted: ArrayLike<number>): number =>
  Math.max(...Array.from({ length: 6 }, (_, i) => Math.abs(values[i]! - wanted[i]!)));
