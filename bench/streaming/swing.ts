import { forwardKinematics } from "../../src/kinematics/forward.ts";
import { NOMINAL_UR5E } from "../../src/kinematics/dh.ts";
import type { Joints } from "../../src/math/joints.ts";
import type { Knot } from "ur-rtde-ts";

/** Every joint swings at its own rate, as wide and fast as a bow arm: up to about 1.1 rad/s. All are at rest after 10 s. */
const PERIOD_S = 10;
const AMPLITUDE_RAD = [0.12, 0.06, 0.08, 0.1, 0.1, 0.15];
const SWINGS = [10, 6, 8, 9, 11, 12];
const omega = (joint: number): number => (2 * Math.PI * SWINGS[joint]!) / PERIOD_S;

/** A path that is known at every moment: q = q0 + A (1 − cos ωt). */
export interface Swing {
  readonly lengthS: number;
  at(timeS: number): Joints;
  knots(spacingS: number): Generator<Knot>;
}

/** @param seconds rounded up to whole periods of 10 s */
export function swingFrom(start_rad: ArrayLike<number>, seconds: number): Swing {
  const lengthS = Math.ceil(seconds / PERIOD_S) * PERIOD_S;
  const six = (value: (joint: number) => number): Joints =>
    [0, 1, 2, 3, 4, 5].map(value) as unknown as Joints;
  const at = (timeS: number): Joints => {
    const t = Math.min(lengthS, Math.max(0, timeS));
    return six((j) => start_rad[j]! + AMPLITUDE_RAD[j]! * (1 - Math.cos(omega(j) * t)));
  };
  return {
    lengthS,
    at,
    *knots(spacingS) {
      const count = Math.round(lengthS / spacingS);
      for (let k = 0; k <= count; k++) {
        const timeS = k * spacingS;
        yield {
          timeS,
          q_rad: at(timeS),
          qd_radps: six((j) => AMPLITUDE_RAD[j]! * omega(j) * Math.sin(omega(j) * timeS)),
          qdd_radps2: six((j) => AMPLITUDE_RAD[j]! * omega(j) ** 2 * Math.cos(omega(j) * timeS)),
          last: k === count,
        };
      }
    },
  };
}

/** How far two sets of joints put the flange apart [mm]. */
export function apartMm(a: Joints, b: Joints): number {
  const [p, q] = [forwardKinematics(NOMINAL_UR5E, a).p_m, forwardKinematics(NOMINAL_UR5E, b).p_m];
  return 1000 * Math.hypot(p[0] - q[0], p[1] - q[1], p[2] - q[2]);
}
