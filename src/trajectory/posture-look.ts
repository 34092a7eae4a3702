import type { ClearanceCheck } from "../collision/clearance.ts";
import type { Instrument } from "../instrument/instrument.ts";
import { jacobianAt, jointAxes, type JointAxis } from "../kinematics/forward.ts";
import { refine } from "../kinematics/inverse.ts";
import { cubicBSplineWeights, type SplineWeight } from "../math/b-spline.ts";
import type { Joints } from "../math/joints.ts";
import { transformPoint } from "../math/pose.ts";
import { rotate } from "../math/rotation.ts";
import { solveInPlace } from "../math/solve.ts";
import { addScaled, cross, scale, type Vec3 } from "../math/vec.ts";
import type { BowMotion, BowState } from "./bow-motion.ts";
import { firstBranch } from "./first-branch.ts";
import type { MotionLimits } from "./joint-trajectory.ts";
import { emptyShares, type GrowingShares, type LinearShares } from "./linear-shares.ts";
import { CONTROL_REACH, type OpenStretch } from "./open-stretch.ts";
import type { PostureControls } from "./posture-controls.ts";
import { flangeOf } from "./tool-path.ts";

export interface LookContext {
  readonly instrument: Instrument;
  readonly limits: Pick<MotionLimits, "jointSpeed_radps" | "jointAcceleration_radps2" | "clearanceM">;
  readonly clearance: ClearanceCheck;
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

/** The bow at every moment that is looked at: the same for all postures. */
export interface LookedAt {
  /** Moment of the first state, counted from the start of the motion. */
  readonly first: number;
  readonly states: readonly BowState[];
  /** Joints near those at the first state; absent = it is told by the parked pose which branch the arm takes. */
  readonly near?: Joints;
}

/** @param open where the posture may change; absent = everywhere */
export function statesLookedAt(motion: BowMotion, gridS: number, open?: OpenStretch): LookedAt {
  const momentsTo = (k: number): number => (k * gridS) / SAMPLE_S;
  const end = Math.floor((motion.endS - motion.startS) / SAMPLE_S);
  const first = open ? Math.max(0, Math.floor(momentsTo(open.first - CONTROL_REACH)) - 1) : 0;
  const last = open ? Math.min(end, Math.ceil(momentsTo(open.last + CONTROL_REACH)) + 1) : end;
  const timeS = (i: number): number => motion.startS + (first + i) * SAMPLE_S;
  const states = Array.from({ length: last - first + 1 }, (_, i) => motion.at(timeS(i)));
  return { first, states, ...(open && { near: open.jointsAt(timeS(0)) }) };
}

/**
 * Looks at the piece under a posture: every joint's speed and acceleration, and the clearance, as shares of their
 * limits, with how they follow the control points (tilt and skew in turn).
 *
 * @returns undefined where the arm cannot follow
 */
export function lookAtPosture(
  looked: LookedAt,
  controls: PostureControls,
  gridS: number,
  context: LookContext,
): LinearShares | undefined {
  const samples = sampled(looked, controls, gridS, context.instrument);
  if (!samples) return undefined;
  const controlsInThree = SPLINE_REACH + Math.ceil((2 * SAMPLE_S) / gridS);
  const shares = emptyShares(SHARES_PER_SAMPLE * samples.length, 2 * controlsInThree);
  for (let i = 1; i + 1 < samples.length; i++) {
    motionShares(samples, i, context.limits, shares);
    if ((looked.first + i) % CLEARANCE_EVERY === 0) clearanceShare(samples[i]!, context, shares);
  }
  return shares;
}

/** Control points that weigh at one place of a cubic B-spline. */
const SPLINE_REACH = 4;
/** Speed and acceleration of six joints, and the clearance. */
const SHARES_PER_SAMPLE = 13;

function sampled(
  { first, states, near }: LookedAt,
  { tilt, skew }: PostureControls,
  gridS: number,
  instrument: Instrument,
): readonly Sample[] | undefined {
  const samples: Sample[] = [];
  for (const [i, state] of states.entries()) {
    const spline = cubicBSplineWeights(((first + i) * SAMPLE_S) / gridS, tilt.length);
    const lean = { tilt_rad: weighed(spline, tilt), skew_rad: weighed(spline, skew) };
    const X_BF = flangeOf(state, instrument, lean);
    const seed = i === 0 ? near : ahead(samples);
    const q = seed ? refine(instrument.dh, X_BF, seed) : firstBranch(instrument, X_BF);
    if (!q) return undefined;
    samples.push({ q, spline, ...slopes(instrument, q, state.bowM) });
  }
  return samples;
}

function weighed(spline: readonly SplineWeight[], of: Float64Array): number {
  let sum = 0;
  for (const { k, w } of spline) sum += w * of[k]!;
  return sum;
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
  return {
    byTilt: turnedBy(scale(u, -1), axes, contact),
    bySkew: turnedBy(cross(u, strings.D.axis_B), axes, contact),
  };
}

/** Joints per turn of the bow about its contact, which stays; none where the arm is singular. */
function turnedBy(turn: Vec3, axes: readonly JointAxis[], contact_B_m: Vec3): Float64Array {
  const twist = new Float64Array(6);
  for (let k = 0; k < 3; k++) twist[3 + k] = turn[k]!;
  return solveInPlace(jacobianAt(axes, contact_B_m, J), twist) ? twist : new Float64Array(6);
}

/** Scratch of one call of `turnedBy`. */
const J = new Float64Array(36);

/** Differences over three samples: speed, acceleration. */
const DIFFERENCES = [
  [-0.5 / SAMPLE_S, 0, 0.5 / SAMPLE_S],
  [1 / SAMPLE_S ** 2, -2 / SAMPLE_S ** 2, 1 / SAMPLE_S ** 2],
] as const;

function motionShares(
  samples: readonly Sample[],
  i: number,
  { jointSpeed_radps, jointAcceleration_radps2 }: LookContext["limits"],
  shares: GrowingShares,
): void {
  const first = samples[i - 1]!.spline[0]!.k;
  for (let j = 0; j < 6; j++) {
    for (const difference of DIFFERENCES) {
      const limit = difference === DIFFERENCES[0] ? jointSpeed_radps[j]! : jointAcceleration_radps2[j]!;
      const share = shares.count++;
      shares.first[share] = 2 * first;
      for (let n = 0; n < 3; n++) {
        const { q, byTilt, bySkew, spline } = samples[i - 1 + n]!;
        const c = difference[n]! / limit;
        shares.value[share]! += c * q[j]!;
        addSlopes(shares, share, spline, c * byTilt[j]!, c * bySkew[j]!);
      }
    }
  }
}

/** What a share gains per tilt and per skew at one sample, handed on to the sample's control points. */
function addSlopes(
  { first, slope, reach }: LinearShares,
  share: number,
  spline: readonly SplineWeight[],
  perTilt: number,
  perSkew: number,
): void {
  for (const { k, w } of spline) {
    const at = share * reach + 2 * k - first[share]!;
    slope[at]! += w * perTilt;
    slope[at + 1]! += w * perSkew;
  }
}

/** Required clearance ÷ clearance; below half of what is required it goes on in a straight line. Nothing where it is easy. */
function clearanceShare(
  { q, byTilt, bySkew, spline }: Sample,
  { clearance, limits }: LookContext,
  shares: GrowingShares,
): void {
  const required = limits.clearanceM;
  const clearEnoughM = required / CLEAR_ENOUGH;
  const { minM: here, pairNumber } = clearance.clearanceAt(q, clearEnoughM);
  if (here >= clearEnoughM) return;
  const bounded = Math.max(here, required / 2);
  const at = (by: Float64Array, nudge: number): number =>
    clearance.distanceOf(pairNumber, q.map((v, j) => v + nudge * by[j]!) as unknown as Joints);
  const slopeOf = (by: Float64Array): number =>
    (-required / bounded ** 2) * ((at(by, NUDGE_RAD) - at(by, -NUDGE_RAD)) / (2 * NUDGE_RAD));
  const share = shares.count++;
  shares.value[share] = required / bounded + ((bounded - here) * required) / bounded ** 2;
  shares.first[share] = 2 * spline[0]!.k;
  addSlopes(shares, share, spline, slopeOf(byTilt), slopeOf(bySkew));
}
