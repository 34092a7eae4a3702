import type { Joints } from "../math/joints.ts";

/**
 * A piece of joint motion as a degree-5 Bézier curve: six control points of six joints, [6 × 6], point by point.
 * The curve stays among its control points, joint by joint; that is what makes a check between samples possible.
 */
export type MotionPiece = readonly number[];

/** To copy from: sweeps make pieces by the ten thousand, and a copy of a plain array of numbers costs a tenth of a new typed one. */
const BLANK: readonly number[] = Array.from({ length: 36 }, () => 0.5);
const blankPiece = (): number[] => BLANK.slice();

/** One knot of a quintic spline. */
export interface SplineKnot {
  readonly q_rad: Joints;
  readonly qd_radps: Joints;
  readonly qdd_radps2: Joints;
}

/** The straight joint motion from one configuration to another. */
export function straightPiece(from_rad: Joints, to_rad: Joints): MotionPiece {
  const piece = blankPiece();
  for (let c = 0; c < 6; c++)
    for (let j = 0; j < 6; j++) piece[6 * c + j] = from_rad[j]! + ((to_rad[j]! - from_rad[j]!) * c) / 5;
  return piece;
}

/** The quintic Hermite motion between two knots, `durationS` > 0 apart. */
export function quinticPiece(from: SplineKnot, to: SplineKnot, durationS: number): MotionPiece {
  const piece = blankPiece();
  for (let j = 0; j < 6; j++) {
    const [q0, q1] = [from.q_rad[j]!, to.q_rad[j]!];
    const [v0, v1] = [(from.qd_radps[j]! * durationS) / 5, (to.qd_radps[j]! * durationS) / 5];
    const half = durationS ** 2 / 20;
    piece[j] = q0;
    piece[6 + j] = q0 + v0;
    piece[12 + j] = q0 + 2 * v0 + half * from.qdd_radps2[j]!;
    piece[18 + j] = q1 - 2 * v1 + half * to.qdd_radps2[j]!;
    piece[24 + j] = q1 - v1;
    piece[30 + j] = q1;
  }
  return piece;
}

/** The two halves of a piece (de Casteljau at the middle). */
export function splitPiece(piece: MotionPiece): readonly [MotionPiece, MotionPiece] {
  const [first, work] = [blankPiece(), piece.slice()];
  for (let level = 0; level < 6; level++) {
    for (let j = 0; j < 6; j++) first[6 * level + j] = work[j]!;
    for (let i = 0; i < 6 * (5 - level); i++) work[i] = (work[i]! + work[i + 6]!) / 2;
  }
  return [first, work];
}

/** Configuration in the middle of a piece, and how far each joint is from it at most anywhere on the piece [rad]. */
export function middleAndReach(piece: MotionPiece): { middle_rad: Joints; reach_rad: number[] } {
  const middle_rad = [0, 0, 0, 0, 0, 0];
  const reach_rad = [0, 0, 0, 0, 0, 0];
  for (let j = 0; j < 6; j++) {
    const middle =
      (piece[j]! +
        piece[30 + j]! +
        5 * (piece[6 + j]! + piece[24 + j]!) +
        10 * (piece[12 + j]! + piece[18 + j]!)) /
      32;
    let reach = 0;
    for (let c = 0; c < 6; c++) reach = Math.max(reach, Math.abs(piece[6 * c + j]! - middle));
    middle_rad[j] = middle;
    reach_rad[j] = reach;
  }
  return { middle_rad: middle_rad as unknown as Joints, reach_rad };
}
