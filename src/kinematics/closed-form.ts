import type { Joints } from "../math/joints.ts";
import type { Pose } from "../math/pose.ts";
import { column, multiply, rotateInverse, transpose, type Mat3 } from "../math/rotation.ts";
import { addScaled, type Vec3 } from "../math/vec.ts";
import { NOMINAL_UR5E } from "./dh.ts";

const [, A2, A3] = NOMINAL_UR5E.a_m;
const [D1, , , D4, D5, D6] = NOMINAL_UR5E.d_m;

/**
 * The up to eight joint configurations of a nominal UR5e for a flange pose.
 *
 * Two shoulders (wrist left or right of the base), two wrists (joint 5 either sign), two elbows. Where a cosine leaves
 * [−1, 1] by less than `SLACK` it is held at the end of the range, so that poses at the very edge of reach of a real
 * arm, which differs by a millimetre, still give a seed for the refinement.
 *
 * @source derivation from the DH chain: wrist centre p5 = p − d6·z6; d4 is the distance of p5 from the arm's plane
 */
export function closedFormInverse(X_BF: Pose<"B", "F">): readonly Joints[] {
  const p5 = addScaled(X_BF.p_m, column(X_BF.R, 2), -D6);
  const azimuth = Math.atan2(p5[1], p5[0]);
  const offset = arccos(D4 / Math.hypot(p5[0], p5[1]));
  if (offset === undefined) return [];
  return [offset, -offset].flatMap((shoulder) => wrists(X_BF, azimuth + shoulder + Math.PI / 2));
}

function wrists(X_BF: Pose<"B", "F">, q1: number): Joints[] {
  const [s1, c1] = [Math.sin(q1), Math.cos(q1)];
  const [x, y] = X_BF.p_m;
  const q5 = arccos((x * s1 - y * c1 - D4) / D6);
  if (q5 === undefined) return [];
  return [q5, -q5].flatMap((q5) => {
    const s5 = Math.sin(q5);
    const R = X_BF.R;
    const q6 =
      Math.abs(s5) < 1e-9 ? 0 : Math.atan2((-R[1] * s1 + R[4] * c1) / s5, (R[0] * s1 - R[3] * c1) / s5);
    return elbows(X_BF, q1, q5, q6);
  });
}

function elbows(X_BF: Pose<"B", "F">, q1: number, q5: number, q6: number): Joints[] {
  const { p_m, R } = wristInShoulderFrame(X_BF, q1, q5, q6);
  // Frame 3 origin lies d4 back along the (common) axis of joints 2-4.
  const [px, py] = [p_m[0], p_m[1]];
  const bend = arccos((px * px + py * py - A2 * A2 - A3 * A3) / (2 * A2 * A3));
  if (bend === undefined) return [];
  const q234 = Math.atan2(R[3], R[0]);
  return [bend, -bend].map((q3): Joints => {
    const q2 = Math.atan2(py, px) - Math.atan2(A3 * Math.sin(q3), A2 + A3 * Math.cos(q3));
    return [q1, q2, q3, q234 - q2 - q3, q5, q6];
  });
}

/** Frame 4 in frame 1: T_1⁻¹ · X_BF · (T_5·T_6)⁻¹. */
function wristInShoulderFrame(
  X_BF: Pose<"B", "F">,
  q1: number,
  q5: number,
  q6: number,
): { p_m: Vec3; R: Mat3 } {
  const R56 = multiply(linkRotation(q5, -1), linkRotation(q6, 0));
  // p in frame 4 of the flange origin: d5 along z4, then d6 along z5 = Rz(q5)Rx(−90°) z.
  const R5 = linkRotation(q5, -1);
  const inFour: Vec3 = addScaled([0, 0, D5], column(R5, 2), D6);
  const R_B4 = multiply(X_BF.R, transpose(R56));
  const p_B4 = addScaled(
    addScaled(addScaled(X_BF.p_m, column(R_B4, 0), -inFour[0]), column(R_B4, 1), -inFour[1]),
    column(R_B4, 2),
    -inFour[2],
  );
  const R_B1 = linkRotation(q1, 1);
  const p_14 = rotateInverse(R_B1, [p_B4[0], p_B4[1], p_B4[2] - D1]);
  return { p_m: p_14, R: multiply(transpose(R_B1), R_B4) };
}

/** Rz(q)·Rx(quarter · 90°). */
function linkRotation(q: number, quarter: -1 | 0 | 1): Mat3 {
  const [s, c] = [Math.sin(q), Math.cos(q)];
  if (quarter === 0) return [c, -s, 0, s, c, 0, 0, 0, 1];
  return [c, 0, quarter * s, s, 0, -quarter * c, 0, quarter, 0];
}

const SLACK = 0.02;

function arccos(x: number): number | undefined {
  return Math.abs(x) > 1 + SLACK || Number.isNaN(x) ? undefined : Math.acos(Math.min(1, Math.max(-1, x)));
}
