import type { Instrument, StringLine } from "../instrument/instrument.ts";
import type { Pose } from "../math/pose.ts";
import { fromRotvec, multiply, rotate, slerp, toRotvec, transpose, type Mat3 } from "../math/rotation.ts";
import { add, addScaled, lerp, scale, sub, unit, type Vec3 } from "../math/vec.ts";
import { STRING_NAMES } from "../score/score.ts";
import type { BowMotion, BowState } from "./bow-motion.ts";

/** The bow's path in the robot base: where the flange must be at each score second. */
export interface ToolPath {
  readonly startS: number;
  readonly endS: number;
  flangeAt(scoreS: number): Pose<"B", "F">;
}

/** A string's taught bow orientation, prepared: R(u) = R_frog · exp(turn · (u − u_frog)/(u_tip − u_frog)). */
interface Held {
  readonly line: StringLine;
  readonly turn_rad: Vec3;
}

/**
 * Hair on string: the flange pose that puts hair `bowM` from the frog on the string, `contactM` from the bridge.
 *
 * Absolute: it comes from the calibrated strings alone, never from where the arm happens to be. Between strings the
 * bow rolls about a point that moves along the straight line between their contact points, so that half-way the hair
 * lies on both.
 *
 *     p_BF = contact + height · outward − R_BF · (frog_F + bowM · axis_F)
 */
export function toolPath(motion: BowMotion, instrument: Instrument): ToolPath {
  const held = STRING_NAMES.map((name): Held => {
    const line = instrument.strings[name];
    return { line, turn_rad: toRotvec(multiply(transpose(line.frog.R_BF), line.tip.R_BF)) };
  });
  return {
    startS: motion.startS,
    endS: motion.endS,
    flangeAt: (scoreS) => flangeOf(motion.at(scoreS), held, instrument),
  };
}

function flangeOf(state: BowState, held: readonly Held[], instrument: Instrument): Pose<"B", "F"> {
  const { contact_B_m, outward_B, R_BF } = contactFrame(state, held);
  const hair_F_m = addScaled(instrument.hair.frog_F_m, instrument.hair.axis_F, state.bowM);
  const touch_B_m = addScaled(contact_B_m, outward_B, state.heightM);
  return { from: "B", to: "F", p_m: sub(touch_B_m, rotate(R_BF, hair_F_m)), R: R_BF };
}

function contactFrame(state: BowState, held: readonly Held[]) {
  const from = onString(held[state.fromString]!, state);
  if (state.fromString === state.toString) return from;
  const to = onString(held[state.toString]!, state);
  return {
    contact_B_m: lerp(from.contact_B_m, to.contact_B_m, state.shift),
    outward_B: unit(add(scale(from.outward_B, 1 - state.shift), scale(to.outward_B, state.shift))),
    R_BF: slerp(from.R_BF, to.R_BF, state.turn),
  };
}

function onString({ line, turn_rad }: Held, { bowM, contactM }: BowState) {
  const share = (bowM - line.frog.bowM) / (line.tip.bowM - line.frog.bowM);
  const R_BF: Mat3 = multiply(line.frog.R_BF, fromRotvec(scale(turn_rad, share)));
  return { contact_B_m: addScaled(line.bridge_B_m, line.axis_B, contactM), outward_B: line.outward_B, R_BF };
}
