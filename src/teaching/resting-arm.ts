import type { RobotControl } from "ur-rtde-ts";
import type { Joints } from "../math/joints.ts";
import { distance, type Vec3 } from "../math/vec.ts";
import { ok, refuse, type Outcome } from "../outcome.ts";
import { nextStates } from "./next-states.ts";
import { meanOfStill, STATES } from "./standing-pose.ts";

/** An arm that stands, and what its sensor feels at the bow, base axes [N]. */
export interface RestingArm {
  readonly q_rad: Joints;
  readonly force_N: Vec3;
}

/** Force that strays farther than this from its mean is a hand at work, not noise [N]. @assumed a real sensor's noise stays below 1.5 N */
const STEADY_N = 3;

/** Looks at an arm for 0.2 s. @returns why it does not rest, in words for the operator */
export async function restingArm(control: RobotControl): Promise<Outcome<RestingArm, string>> {
  const [joints, forces]: [number[][], Vec3[]] = [[], []];
  await nextStates(control, STATES, ({ actual_q, actual_TCP_force: [x, y, z] }) => {
    joints.push([...actual_q]);
    forces.push([x!, y!, z!]);
  });
  const q = meanOfStill(joints);
  if (!q.ok) return q;
  const force_N = [0, 1, 2].map((i) => forces.reduce((sum, f) => sum + f[i]!, 0) / STATES) as unknown as Vec3;
  const straysN = Math.max(...forces.map((f) => distance(f, force_N)));
  if (straysN > STEADY_N)
    return refuse(
      `the force at the bow changes by ${straysN.toFixed(1)} N within 0.2 s (at most ${STEADY_N} N at rest); take your hands off the arm`,
    );
  return ok({ q_rad: q.value as unknown as Joints, force_N });
}
