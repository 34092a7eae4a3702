import { holdRotation } from "../instrument/bow-hold.ts";
import type { HairLine, Instrument } from "../instrument/instrument.ts";
import { contactPoint, levelLine, type LevelLine } from "../instrument/level-line.ts";
import type { Pose } from "../math/pose.ts";
import { rotate, slerp, type Mat3 } from "../math/rotation.ts";
import { add, addScaled, lerp, scale, sub, unit, type Vec3 } from "../math/vec.ts";
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
  const { contact_B_m, outward_B, R_BF } = contactFrame(state, strings, hair, lean);
  const hair_F_m = addScaled(hair.frog_F_m, hair.axis_F, state.bowM);
  const touch_B_m = addScaled(contact_B_m, outward_B, state.heightM);
  return { from: "B", to: "F", p_m: sub(touch_B_m, rotate(R_BF, hair_F_m)), R: R_BF };
}

function contactFrame(
  state: BowState,
  strings: Instrument["strings"],
  hair: HairLine,
  { tilt_rad, skew_rad }: Lean,
) {
  const { fromLevel, toLevel, contactM } = state;
  const held = { tilt_rad, skew_rad, in_rad: state.fromLean_rad };
  const from = onLevel(levelLine(strings, levelAt(fromLevel), contactM), hair, contactM, held);
  if (fromLevel === toLevel) return from;
  const to = onLevel(levelLine(strings, levelAt(toLevel), contactM), hair, contactM, {
    ...held,
    in_rad: state.toLean_rad,
  });
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
