import { describeCollision } from "../collision/clearance.ts";
import { CellistError } from "../errors.ts";
import { norm, type Vec3 } from "../math/vec.ts";
import { freeClearance, type ClearanceContext } from "../planning/clearance-checks.ts";
import { sayingWhy, type ArmDesk, type HeldTool } from "./arm-desk.ts";
import { MOST_AT_REST_N } from "./hidden-weight.ts";
import { nextStates } from "./next-states.ts";
import { restingArm, type RestingArm } from "./resting-arm.ts";

/** What is felt at the bow, base axes [N]. */
export interface ZeroedForce {
  readonly before_N: Vec3;
  readonly after_N: Vec3;
}

/** So long the sensor's new zero takes to be told [states]. @assumed 0.2 s */
const SETTLE_STATES = 100;
/** A force that leans less than this from straight down looks like a weight [rad]. */
const DOWNWARDS_RAD = 0.2;
const GRAVITY_MPS2 = 9.81;

/**
 * Takes what the force sensor of a standing arm feels for nothing, once a person has seen that nothing touches it. What can be known
 * from here is looked at first, and again after the person's answer: that the arm stands, that the force does not change, and that by
 * calibration and room nothing is near.
 *
 * @param confirm asks the person, who is told what is felt, and what is nearest to what; throws where the answer is no
 * @throws CellistError `robot-not-ready` with what is to be done first; `robot-stopped` where force is still felt afterwards
 */
export async function zeroForce(
  desk: ArmDesk,
  tool: HeldTool,
  context: ClearanceContext,
  confirm: (felt: string) => Promise<void>,
): Promise<ZeroedForce> {
  const { control, name } = desk;
  const clear = freeClearance(context);
  const untouched = async (): Promise<{ readonly arm: RestingArm; readonly nearest: string }> => {
    const arm = await sayingWhy(name, () => restingArm(control));
    if (!arm.ok) throw new CellistError("robot-not-ready", `${name}: ${arm.why}`);
    const { minM, pair } = clear.clearanceAt(arm.value.q_rad);
    if (minM >= clear.requiredM)
      return { arm: arm.value, nearest: `${pair.join(" and ")}, ${(1e3 * minM).toFixed(0)} mm apart` };
    const what = describeCollision(minM, pair, clear.requiredM);
    throw new CellistError(
      "robot-not-ready",
      `${name}: where the arm stands, ${what}; its force sensor is zeroed only where nothing touches the arm: move it away by hand (Freedrive)`,
    );
  };
  const seen = await untouched();
  await confirm(sayFelt(seen.arm.force_N, seen.nearest, tool));
  const { force_N: before_N } = (await untouched()).arm;
  await sayingWhy(name, () => control.force.zeroSensor());
  await sayingWhy(name, () => nextStates(control, SETTLE_STATES));
  const after = await sayingWhy(name, () => restingArm(control));
  if (!after.ok)
    throw new CellistError("robot-stopped", `${name}: zeroed, but ${after.why}, and zero it again`);
  const after_N = after.value.force_N;
  if (norm(after_N) > MOST_AT_REST_N)
    throw new CellistError(
      "robot-stopped",
      `${name}: zeroed, but the arm feels ${sayForce(after_N)} now; let go of it, and zero it again`,
    );
  return { before_N, after_N };
}

/** Size and direction of a force, as an operator reads it. */
export const sayForce = (force_N: Vec3): string =>
  `${norm(force_N).toFixed(1)} N (${["x", "y", "z"].map((axis, i) => `${axis} ${force_N[i]!.toFixed(1)}`).join(", ")} in the base's axes)`;

function sayFelt(force_N: Vec3, nearest: string, { payload }: HeldTool): string {
  const n = norm(force_N);
  const isWeight = n > MOST_AT_REST_N && Math.acos(-force_N[2] / n) < DOWNWARDS_RAD;
  const weight = isWeight
    ? ` That points straight down, as ${(n / GRAVITY_MPS2).toFixed(2)} kg more than the calibration's payload of ${payload.massKg.toFixed(2)} kg ` +
      "would: see first whether the payload is right, zeroing would only hide that."
    : "";
  return `The arm stands still and feels ${sayForce(force_N)} at the bow; by calibration and room the nearest are ${nearest}.${weight}`;
}
