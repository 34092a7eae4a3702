import type { Joints } from "../math/joints.ts";

const TURN_RAD = 2 * Math.PI;

/** A configuration with its base turned on by some angle. */
export const baseTurnedOn = ([base, ...others]: Joints, by_rad: number): Joints =>
  [base + by_rad, ...others] as unknown as Joints;

/** By how many whole turns of its base an arm stands away from a configuration, to the nearest [rad]. */
export const baseTurnsFrom = (q_rad: Joints, standing_rad: Joints): number =>
  TURN_RAD * Math.round((standing_rad[0] - q_rad[0]) / TURN_RAD);

/** The same place in the room with the base a whole turn on or back, as far as it turns; nearest to where the arm stands first. */
export function otherBaseTurns(
  q_rad: Joints,
  standing_rad: Joints,
  { jointMin_rad, jointMax_rad }: { readonly jointMin_rad: Joints; readonly jointMax_rad: Joints },
): readonly Joints[] {
  const farFrom = ([base]: Joints): number => Math.abs(base - standing_rad[0]);
  return [-TURN_RAD, TURN_RAD]
    .map((by_rad) => baseTurnedOn(q_rad, by_rad))
    .filter(([base]) => base >= jointMin_rad[0] && base <= jointMax_rad[0])
    .sort((a, b) => farFrom(a) - farFrom(b));
}
