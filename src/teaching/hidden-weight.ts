import type { RobotControl } from "ur-rtde-ts";
import { CellistError } from "../errors.ts";
import type { HeldTool } from "./arm-desk.ts";

/** The arm may feel so much with nothing touching it [N]. @assumed a real sensor's offset is 2 to 4 N */
export const MOST_AT_REST_N = 10;

type FeltArm = Pick<RobotControl, "state">;

/**
 * In Freedrive an arm whose payload is wrong drifts away from the hand.
 *
 * @throws CellistError `robot-not-ready` with everything that can be behind it, and what to do about each
 */
export function refuseHiddenWeight(control: FeltArm, name: string, { payload }: HeldTool): void {
  const feltN = feltAtBowN(control);
  if (feltN <= MOST_AT_REST_N) return;
  throw new CellistError(
    "robot-not-ready",
    `${name}: the arm feels ${feltN.toFixed(1)} N at the bow (at most ${MOST_AT_REST_N} N with nothing touching it); lift the bow off ` +
      `the cello, or correct the payload of ${payload.massKg.toFixed(2)} kg in the calibration this one starts from, or, if somebody ` +
      "held the arm when its force sensor was zeroed, run cellist zero-force with nothing touching the arm",
  );
}

/**
 * Whether a hand pulls at an arm that a stop took from it. A program that starts again sets the payload, which zeroes the sensor:
 * what the hand pulls then would be felt for ever after it has let go.
 *
 * @returns what is felt and what to do, in words for whoever holds the arm; undefined when nobody does
 */
export function stillPulled(control: FeltArm): string | undefined {
  const feltN = feltAtBowN(control);
  if (feltN <= MOST_AT_REST_N) return undefined;
  return `it feels ${feltN.toFixed(1)} N at the bow (at most ${MOST_AT_REST_N} N, or its force sensor would be zeroed wrongly); let go of the arm`;
}

function feltAtBowN({ state }: FeltArm): number {
  const [x, y, z] = state.actual_TCP_force;
  return Math.hypot(x!, y!, z!);
}
