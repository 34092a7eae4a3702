import type { DhParameters } from "../kinematics/dh.ts";
import { inverseKinematics, refine, unwrapNear } from "../kinematics/inverse.ts";
import type { Joints } from "../math/joints.ts";
import type { Pose } from "../math/pose.ts";
import { rotate, slerp } from "../math/rotation.ts";
import { addScaled, sub } from "../math/vec.ts";
import type { HairLine, StringLine } from "./instrument.ts";

/** A joint may turn at most so much per metre of bow: at 0.5 m/s that is two thirds of its speed limit [rad/m]. @assumed */
const MAX_TURN_RADPM = 4.2;
/** Contact point the window is measured at, from the bridge [m]. @assumed the middle of the playing range */
const CONTACT_M = 0.08;
const STEP_M = 0.005;

/**
 * The longest part of a taught stroke along which no joint turns too much per metre of bow.
 *
 * Next to a singular pose (an arm nearly straight) a steady bow needs joints that race; that hair is better left unused.
 *
 * @returns positions from the frog; both ends at the frog pose when no part is playable [m]
 */
export function playableBow(
  dh: DhParameters,
  hair: Pick<HairLine, "frog_F_m" | "axis_F">,
  line: Omit<StringLine, "playable">,
  seed: Joints,
): { fromM: number; toM: number } {
  const { frog, tip } = line;
  let best = { fromM: frog.bowM, toM: frog.bowM };
  let open: number | undefined;
  let q = nearest(dh, flangeAt(hair, line, frog.bowM), seed);
  for (let bowM = frog.bowM; bowM + STEP_M <= tip.bowM + 1e-9; bowM += STEP_M) {
    const next = q && refine(dh, flangeAt(hair, line, bowM + STEP_M), q);
    const turn = q && next ? Math.max(...next.map((v, j) => Math.abs(v - q![j]!))) / STEP_M : Infinity;
    open = turn <= MAX_TURN_RADPM ? (open ?? bowM) : undefined;
    if (open !== undefined && bowM + STEP_M - open > best.toM - best.fromM)
      best = { fromM: open, toM: bowM + STEP_M };
    q = next ?? nearest(dh, flangeAt(hair, line, bowM + STEP_M), seed);
  }
  return best;
}

const nearest = (dh: DhParameters, X_BF: Pose<"B", "F">, seed: Joints): Joints | undefined => {
  const away = (q: Joints): number => Math.max(...q.map((v, j) => Math.abs(v - seed[j]!)));
  return inverseKinematics(dh, X_BF)
    .map((q) => unwrapNear(q, seed))
    .sort((a, b) => away(a) - away(b))[0];
};

function flangeAt(
  hair: Pick<HairLine, "frog_F_m" | "axis_F">,
  line: Omit<StringLine, "playable">,
  bowM: number,
): Pose<"B", "F"> {
  const R = slerp(line.frog.R_BF, line.tip.R_BF, (bowM - line.frog.bowM) / (line.tip.bowM - line.frog.bowM));
  const contact = addScaled(line.bridge_B_m, line.axis_B, CONTACT_M);
  return { from: "B", to: "F", p_m: sub(contact, rotate(R, addScaled(hair.frog_F_m, hair.axis_F, bowM))), R };
}
