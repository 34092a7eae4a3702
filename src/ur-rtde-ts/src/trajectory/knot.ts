import { RtdeError } from "../connection/errors.ts";

/** One point of a path: where the joints are at a path time, how fast, and how they accelerate. */
export interface Knot {
  /** Path time, later than that of the knot before [s]. The path begins at its first knot's time. */
  readonly timeS: number;
  /** Joint positions, base to wrist 3 [rad]. */
  readonly q_rad: ArrayLike<number>;
  /** Joint speeds along the path as written, at full rate [rad/s]. */
  readonly qd_radps: ArrayLike<number>;
  /** Joint accelerations along the path as written [rad/s²]. */
  readonly qdd_radps2: ArrayLike<number>;
  /** The path ends here; the speeds must be zero. Default false. */
  readonly last?: boolean | undefined;
}

/** Joints of an arm. */
export const JOINTS = 6;

/** @throws RtdeError BAD_VALUE for a knot that cannot follow the one before */
export function checkKnot(knot: Knot, beforeS: number | undefined): void {
  if (!Number.isFinite(knot.timeS)) throw badKnot(knot, "its time is not a number");
  if (beforeS !== undefined && knot.timeS <= beforeS)
    throw badKnot(knot, `the knot before is at ${beforeS} s, and path times must grow`);
  for (const name of ["q_rad", "qd_radps", "qdd_radps2"] as const) {
    const values = knot[name];
    if (values.length !== JOINTS) throw badKnot(knot, `${name} has ${values.length} values, not ${JOINTS}`);
    for (let joint = 0; joint < JOINTS; joint += 1)
      if (!Number.isFinite(values[joint])) throw badKnot(knot, `${name}[${joint}] is ${values[joint]}`);
  }
}

function badKnot(knot: Knot, why: string): RtdeError {
  return new RtdeError("BAD_VALUE", `The knot at ${knot.timeS} s cannot be played: ${why}.`);
}
