import type { Instrument } from "../instrument/instrument.ts";
import { column, fromRotvec, multiply, rotate, toRotvec, transpose } from "../math/rotation.ts";
import { addScaled, dot, scale, sub, type Vec3 } from "../math/vec.ts";
import { STRING_NAMES } from "../score/score.ts";

/** Keeps the moment inside the roll where a cell is uneven. */
const WITHIN = { min: 0.2, max: 0.8 };

/**
 * Share of the turn between two neighbouring strings at which the hair lies on both alike: 1/2 on an even bridge.
 *
 *     (angle of the line through both contact points − bow angle on the one) / (bow angle on the other − on the one)
 *
 * @param bowM hair under the strings there, from the frog [m]
 */
export function doubleStopShare(
  instrument: Instrument,
  fromString: number,
  toString: number,
  at: { readonly bowM: number; readonly contactM: number },
): number {
  const [x, z] = [column(instrument.X_BC.R, 0), column(instrument.X_BC.R, 2)];
  const angle = (v: Vec3): number => Math.atan(dot(v, z) / dot(v, x));
  const line = (i: number) => instrument.strings[STRING_NAMES[i]!];
  const point = (i: number): Vec3 => addScaled(line(i).bridge_B_m, line(i).axis_B, at.contactM);
  const bow = (i: number): number => {
    const { frog, tip } = line(i);
    const turn_rad = toRotvec(multiply(transpose(frog.R_BF), tip.R_BF));
    const share = (at.bowM - frog.bowM) / (tip.bowM - frog.bowM);
    const R = multiply(frog.R_BF, fromRotvec(scale(turn_rad, share)));
    return angle(rotate(R, instrument.hair.axis_F));
  };
  const chord = angle(sub(point(toString), point(fromString)));
  const [from, to] = [bow(fromString), bow(toString)];
  return Math.min(WITHIN.max, Math.max(WITHIN.min, (chord - from) / (to - from)));
}
