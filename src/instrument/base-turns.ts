import type { Joints } from "../math/joints.ts";

const TURN_RAD = 2 * Math.PI;

/** A configuration with its base turned on by some angle. */
export const baseTurnedOn = ([base, ...others]: Joints, by_rad: number): Joints =>
  [base + by_rad, ...others] as unknown as Joints;

/** By how many whole turns of its base an arm stands away from a configuration, to the nearest [rad]. */
export const baseTurnsFrom = (q_rad: Joints, standing_rad: Joints): number =>
  TURN_RAD * Math.round((standing_rad[0] - q_rad[0]) / TURN_RAD);

/** An arm stands where it waits, but for whole turns of its base, if that is no farther from there than this [rad]. */
const STANDS_THERE_RAD = 0.5;

/** Where an arm waits, with its base as many turns on as it stands there; as it is, where the arm stands elsewhere. */
export function waitingAs(parked_rad: Joints, standing_rad: Joints): Joints {
  const turned = baseTurnedOn(parked_rad, baseTurnsFrom(parked_rad, standing_rad));
  return Math.abs(turned[0] - standing_rad[0]) <= STANDS_THERE_RAD ? turned : parked_rad;
}

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
