import { holdRotation } from "../instrument/bow-hold.ts";
import type { HairLine, Instrument } from "../instrument/instrument.ts";
import { contactPoint, levelLine, type LevelLine } from "../instrument/level-line.ts";
import type { Pose } from "../math/pose.ts";
import { slerp, type Mat3 } from "../math/rotation.ts";
import { add, lerp, scale, unit, type Vec3 } from "../math/vec.ts";
import { levelAt } from "../score/bow-level.ts";
import type { BowMotion, BowState } from "./bow-motion.ts";

/** The bow's path in the robot base: where the flange must be at each score second. */
export interface ToolPath {
  readonly startS: number;
  readonly endS: number;
  flangeAt(scoreS: number): Pose<"B", "F">;
}

/** What the music leaves open of how the bow is held; see `BowHold`. */
export interface Posture {
  tiltAt(scoreS: number): number;
  skewAt(scoreS: number): number;
}

/** Tilt and skew at one moment [rad]. */
export interface Lean {
  readonly tilt_rad: number;
  readonly skew_rad: number;
}

/** The flange on its path, under a posture. */
export function toolPath(motion: BowMotion, instrument: Instrument, posture: Posture): ToolPath {
  return {
    startS: motion.startS,
    endS: motion.endS,
    flangeAt: (scoreS) =>
      flangeOf(motion.at(scoreS), instrument, {
        tilt_rad: posture.tiltAt(scoreS),
        skew_rad: posture.skewAt(scoreS),
      }),
  };
}

/**
 * Hair on string: the flange pose that puts hair `bowM` from the frog on the string, `contactM` from the bridge, with
 * the bow turned to the middle of the string's window. On two strings the same for the line half-way between them.
 *
 * Absolute: it comes from the calibrated strings alone, never from where the arm happens to be. Between strings the
 * bow rolls about a point that moves along the straight line between their contact points, so that half-way the hair
 * lies on both.
 *
 *     p_BF = contact + height · outward − R_BF · (frog_F + bowM · axis_F)
 */
export function flangeOf(state: BowState, { strings, hair }: Instrument, lean: Lean): Pose<"B", "F"> {
  const { contact_B_m: c, outward_B: out, R_BF: R } = contactFrame(state, strings, hair, lean);
  const { frog_F_m: frog, axis_F: axis } = hair;
  const { bowM, heightM } = state;
  // Written out, because planning asks for half a million of them.
  const x = frog[0] + bowM * axis[0];
  const y = frog[1] + bowM * axis[1];
  const z = frog[2] + bowM * axis[2];
  const p_m: Vec3 = [
    c[0] + heightM * out[0] - (R[0] * x + R[1] * y + R[2] * z),
    c[1] + heightM * out[1] - (R[3] * x + R[4] * y + R[5] * z),
    c[2] + heightM * out[2] - (R[6] * x + R[7] * y + R[8] * z),
  ];
  return { from: "B", to: "F", p_m, R };
}

function contactFrame(
  state: BowState,
  strings: Instrument["strings"],
  hair: HairLine,
  { tilt_rad, skew_rad }: Lean,
) {
  const { fromLevel, toLevel, contactM, fromLean_rad, toLean_rad } = state;
  const line = levelLine(strings, levelAt(fromLevel), contactM);
  const from = onLevel(line, hair, contactM, { tilt_rad, skew_rad, in_rad: fromLean_rad });
  if (fromLevel === toLevel) return from;
  const lineTo = levelLine(strings, levelAt(toLevel), contactM);
  const to = onLevel(lineTo, hair, contactM, { tilt_rad, skew_rad, in_rad: toLean_rad });
  return {
    contact_B_m: lerp(from.contact_B_m, to.contact_B_m, state.shift),
    outward_B: unit(add(scale(from.outward_B, 1 - state.shift), scale(to.outward_B, state.shift))),
    R_BF: slerp(from.R_BF, to.R_BF, state.turn),
  };
}

function onLevel(
  line: LevelLine,
  hair: HairLine,
  contactM: number,
  { tilt_rad, skew_rad, in_rad }: Lean & { readonly in_rad: number },
): { readonly contact_B_m: Vec3; readonly outward_B: Vec3; readonly R_BF: Mat3 } {
  const inclination_rad = line.window.centre_rad + in_rad;
  return {
    contact_B_m: contactPoint(line, contactM),
    outward_B: line.outward_B,
    R_BF: holdRotation(line, hair, { inclination_rad, tilt_rad, skew_rad }),
  };
}
