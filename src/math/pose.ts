import {
  fromRotvec,
  IDENTITY,
  multiply,
  rotate,
  rotateInverse,
  toRotvec,
  transpose,
  type Mat3,
} from "./rotation.ts";
import { add, scale, sub, type Vec3 } from "./vec.ts";

/** Frame letters. Closed list, drawn in docs/notation.md: world, robot base, flange, hair contact, cello. */
export type Frame = "W" | "B" | "F" | "T" | "C";

/** Pose of frame `to` in frame `from`; written `X_BT` for from = B, to = T. */
export interface Pose<From extends Frame, To extends Frame> {
  readonly from: From;
  readonly to: To;
  /** Origin of `to`, seen from the origin of `from`, expressed in `from` [m]. */
  readonly p_m: Vec3;
  /** Columns are the axes of `to` expressed in `from`. */
  readonly R: Mat3;
}

export const pose = <A extends Frame, B extends Frame>(
  from: A,
  to: B,
  p_m: Vec3,
  R: Mat3 = IDENTITY,
): Pose<A, B> => ({
  from,
  to,
  p_m,
  R,
});

/**
 * Chains two poses: `X_AC = X_AB · X_BC`. The inner letters must match, and the compiler checks it.
 *
 * @source Drake, "Multibody Quantities" (monogram notation): reference first, target second.
 */
export const compose = <A extends Frame, B extends Frame, C extends Frame>(
  X_AB: Pose<A, B>,
  X_BC: Pose<NoInfer<B>, C>, // NoInfer: without it the compiler would widen B until anything fits
): Pose<A, C> => ({
  from: X_AB.from,
  to: X_BC.to,
  p_m: add(X_AB.p_m, rotate(X_AB.R, X_BC.p_m)),
  R: multiply(X_AB.R, X_BC.R),
});

/** The same pose seen the other way round: `X_BA` from `X_AB`. */
export const inverse = <A extends Frame, B extends Frame>(X_AB: Pose<A, B>): Pose<B, A> => ({
  from: X_AB.to,
  to: X_AB.from,
  p_m: scale(rotateInverse(X_AB.R, X_AB.p_m), -1),
  R: transpose(X_AB.R),
});

/** A point given in frame B, expressed in frame A [m]. */
export const transformPoint = (X_AB: Pose<Frame, Frame>, p_m: Vec3): Vec3 =>
  add(X_AB.p_m, rotate(X_AB.R, p_m));

/** A point given in frame A, expressed in frame B [m]. */
export const untransformPoint = (X_AB: Pose<Frame, Frame>, p_m: Vec3): Vec3 =>
  rotateInverse(X_AB.R, sub(p_m, X_AB.p_m));

/** A UR pose `p[x, y, z, rx, ry, rz]` [m, rad]. */
export type UrPose = readonly [number, number, number, number, number, number];

export const fromUrPose = <A extends Frame, B extends Frame>(from: A, to: B, p: UrPose): Pose<A, B> =>
  pose(from, to, [p[0], p[1], p[2]], fromRotvec([p[3], p[4], p[5]]));

export const toUrPose = (X: Pose<Frame, Frame>): UrPose => [...X.p_m, ...toRotvec(X.R)];
