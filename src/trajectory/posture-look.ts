import type { ClearanceCheck } from "../collision/clearance.ts";
import type { Instrument } from "../instrument/instrument.ts";
import { jacobianAt, jointAxes } from "../kinematics/forward.ts";
import { refine } from "../kinematics/inverse.ts";
import { cubicBSplineWeights, type SplineWeight } from "../math/b-spline.ts";
import type { Joints } from "../math/joints.ts";
import { transformPoint } from "../math/pose.ts";
import { rotate } from "../math/rotation.ts";
import { solveInPlace } from "../math/solve.ts";
import { addScaled, cross, scale, type Vec3 } from "../math/vec.ts";
import type { BowMotion } from "./bow-motion.ts";
import { firstBranch } from "./first-branch.ts";
import type { MotionLimits } from "./joint-trajectory.ts";
import type { PostureControls } from "./posture-controls.ts";
import { flangeOf } from "./tool-path.ts";

export interface LookContext {
  readonly instrument: Instrument;
  readonly limits: Pick<MotionLimits, "jointSpeed_radps" | "jointAcceleration_radps2" | "clearanceM">;
  readonly clearance: ClearanceCheck;
}

/** A share of a limit, and how it follows the control points (tilt and skew in turn) around where they are. */
export interface LinearShare {
  readonly value: number;
  /** Control unknown that `slope[0]` belongs to. */
  readonly first: number;
  readonly slope: Float64Array;
}

export interface PostureLook {
  readonly shares: readonly LinearShare[];
  /** Farthest two unknowns of one share are apart. */
  readonly width: number;
}

/** Spacing of the samples that are looked at, and every how many clearance is [s]. */
const SAMPLE_S = 0.025;
const CLEARANCE_EVERY = 3;
/** Below this share of what is required the clearance is left alone [-]. @assumed half, at the tenth power, is nothing */
const CLEAR_ENOUGH = 0.5;
/** Change of tilt and of skew for the slope of the clearance [rad]. */
const NUDGE_RAD = 0.01;

/** Joints at one sample, and how they follow tilt and skew. */
interface Sample {
  readonly q: Joints;
  readonly byTilt: Float64Array;
  readonly bySkew: Float64Array;
  readonly spline: readonly SplineWeight[];
}

/**
 * Looks at the whole piece under a posture: every joint's speed and acceleration, and the clearance, as shares of their
 * limits, with their slopes.
 *
 * @returns undefined where the arm cannot follow
 */
export function lookAtPosture(
  motion: BowMotion,
  controls: PostureControls,
  gridS: number,
  context: LookContext,
): PostureLook | undefined {
  const samples = sampled(motion, controls, gridS, context.instrument);
  if (!samples) return undefined;
  const shares: LinearShare[] = [];
  for (let i = 1; i + 1 < samples.length; i++) {
    motionShares(samples, i, context.limits, shares);
    if (i % CLEARANCE_EVERY !== 0) continue;
    const clear = clearanceShare(samples[i]!, context);
    if (clear) shares.push(clear);
  }
  return { shares, width: shares.reduce((most, { slope }) => Math.max(most, slope.length), 1) - 1 };
}

function sampled(
  motion: BowMotion,
  { tilt, skew }: PostureControls,
  gridS: number,
  instrument: Instrument,
): readonly Sample[] | undefined {
  const count = Math.floor((motion.endS - motion.startS) / SAMPLE_S) + 1;
  const samples: Sample[] = [];
  for (let i = 0; i < count; i++) {
    const spline = cubicBSplineWeights((i * SAMPLE_S) / gridS, tilt.length);
    const at = (of: Float64Array): number => spline.reduce((sum, { k, w }) => sum + w * of[k]!, 0);
    const state = motion.at(motion.startS + i * SAMPLE_S);
    const X_BF = flangeOf(state, instrument, { tilt_rad: at(tilt), skew_rad: at(skew) });
    const q = i === 0 ? firstBranch(instrument, X_BF) : refine(instrument.dh, X_BF, ahead(samples));
    if (!q) return undefined;
    samples.push({ q, spline, ...slopes(instrument, q, state.bowM) });
  }
  return samples;
}

/** Where the joints go on to from the two samples before. */
function ahead(samples: readonly Sample[]): Joints {
  const [a, b] = [samples.at(-1)!.q, (samples.at(-2) ?? samples.at(-1)!).q];
  return a.map((v, j) => 2 * v - b[j]!) as unknown as Joints;
}

/**
 * How joints follow tilt and skew with the contact point held: the bow turns about its hair, and about the direction
 * square to hair and string.
 *
 *     J(contact) · dq = [0; −u] per tilt,   [0; u × n] per skew     n square to the hair, in its plane with the string
 */
function slopes({ dh, hair, strings }: Instrument, q: Joints, bowM: number) {
  const { axes, X_BF } = jointAxes(dh, q);
  const contact = transformPoint(X_BF, addScaled(hair.frog_F_m, hair.axis_F, bowM));
  const u = rotate(X_BF.R, hair.axis_F);
  const solve = (turn: Vec3): Float64Array => {
    const twist = Float64Array.of(0, 0, 0, ...turn);
    return solveInPlace(jacobianAt(axes, contact), twist) ? twist : new Float64Array(6);
  };
  return { byTilt: solve(scale(u, -1)), bySkew: solve(cross(u, strings.D.axis_B)) };
}

/** Differences over three samples: speed, acceleration. */
const SPEED = [-0.5 / SAMPLE_S, 0, 0.5 / SAMPLE_S];
const ACCELERATION = [1 / SAMPLE_S ** 2, -2 / SAMPLE_S ** 2, 1 / SAMPLE_S ** 2];

function motionShares(
  samples: readonly Sample[],
  i: number,
  { jointSpeed_radps, jointAcceleration_radps2 }: LookContext["limits"],
  shares: LinearShare[],
): void {
  const first = samples[i - 1]!.spline[0]!.k;
  const length = 2 * (samples[i + 1]!.spline.at(-1)!.k - first + 1);
  const push = (difference: readonly number[], j: number, limit: number): void => {
    const slope = new Float64Array(length);
    let value = 0;
    for (let n = 0; n < 3; n++) {
      const { q, byTilt, bySkew, spline } = samples[i - 1 + n]!;
      const c = difference[n]! / limit;
      if (c === 0) continue;
      value += c * q[j]!;
      for (const { k, w } of spline) {
        slope[2 * (k - first)]! += c * w * byTilt[j]!;
        slope[2 * (k - first) + 1]! += c * w * bySkew[j]!;
      }
    }
    shares.push({ value, first: 2 * first, slope });
  };
  for (let j = 0; j < 6; j++) {
    push(SPEED, j, jointSpeed_radps[j]!);
    push(ACCELERATION, j, jointAcceleration_radps2[j]!);
  }
}

/** Required clearance ÷ clearance; below half of what is required it goes on in a straight line. undefined = easy */
function clearanceShare(
  { q, byTilt, bySkew, spline }: Sample,
  { clearance, limits }: LookContext,
): LinearShare | undefined {
  const required = limits.clearanceM;
  const { minM: here, pairNumber } = clearance.clearanceAt(q);
  if (required < CLEAR_ENOUGH * here) return undefined;
  const bounded = Math.max(here, required / 2);
  const value = required / bounded + ((bounded - here) * required) / bounded ** 2;
  const at = (by: Float64Array, nudge: number): number =>
    clearance.distanceOf(pairNumber, q.map((v, j) => v + nudge * by[j]!) as unknown as Joints);
  const slopeOf = (by: Float64Array): number =>
    (-required / bounded ** 2) * ((at(by, NUDGE_RAD) - at(by, -NUDGE_RAD)) / (2 * NUDGE_RAD));
  const [tilt, skew] = [slopeOf(byTilt), slopeOf(bySkew)];
  const first = spline[0]!.k;
  const slope = new Float64Array(2 * (spline.at(-1)!.k - first + 1));
  for (const { k, w } of spline) {
    slope[2 * (k - first)] = w * tilt;
    slope[2 * (k - first) + 1] = w * skew;
  }
  return { value, first: 2 * first, slope };
}
