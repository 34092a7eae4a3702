import { hairDirection } from "../instrument/bow-hold.ts";
import type { Instrument, StringLine } from "../instrument/instrument.ts";
import { addScaled, dot, lerp, sub, unit, type Vec3 } from "../math/vec.ts";
import { STRING_NAMES, type StringName } from "../score/score.ts";

/**
 * How far the hair coordinate under the string jumps when the bow rolls to another string and the hand stays.
 *
 * The contact moves across the cello with the string, so other hair lies on it:
 *
 *     u_new = u_old + Σ (p_next − p_string) · d       summed over the neighbours on the way
 *
 * with p the contact points and d the mean of the two hair directions (frog to tip).
 * Summing over neighbours makes the jump a difference of two string numbers: a round trip always comes home.
 *
 * A bow plan takes all its shifts at `crossingContactM(settings)`; where strings fan out, only that contact point
 * gives back the plan's own jumps.
 *
 * @param contactM hair to bridge along the strings [m]
 * @returns about ±16 mm per neighbouring string; positive = nearer the tip [m]
 */
export function crossingShiftM(
  instrument: Instrument,
  from: StringName,
  to: StringName,
  contactM: number,
): number {
  const [a, b] = [STRING_NAMES.indexOf(from), STRING_NAMES.indexOf(to)];
  if (a > b) return -crossingShiftM(instrument, to, from, contactM);
  let shiftM = 0;
  for (let i = a; i < b; i++) {
    const [low, high] = [instrument.strings[STRING_NAMES[i]!], instrument.strings[STRING_NAMES[i + 1]!]];
    const across = sub(contactPoint(high, contactM), contactPoint(low, contactM));
    shiftM += dot(across, unit(lerp(bowOn(low), bowOn(high), 0.5)));
  }
  return shiftM;
}

const contactPoint = (string: StringLine, contactM: number): Vec3 =>
  addScaled(string.bridge_B_m, string.axis_B, contactM);

/** Direction of a square bow in the middle of a string's window, frog to tip. */
const bowOn = (string: StringLine): Vec3 =>
  hairDirection(string, { inclination_rad: string.window.centre_rad, skew_rad: 0 });
