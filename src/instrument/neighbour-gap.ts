import { addScaled, dot, sub } from "../math/vec.ts";
import { levelNumber, type PairLevel } from "../score/bow-level.ts";
import { STRING_NAMES, type StringName } from "../score/score.ts";
import { hairDirection } from "./bow-hold.ts";
import { hairComplianceMpN, stringComplianceMpN } from "./contact-stiffness.ts";
import { pairOf, pairSinkM, pressedFor, type HairPlace } from "./double-press.ts";
import type { Instrument } from "./instrument.ts";
import { contactPoint, levelLine } from "./level-line.ts";

/** How near the hair comes to a string beside the one it plays. */
export interface NeighbourGap {
  /** From the unpressed hair to the neighbour, with the bow in the middle of its own string's window [m]. */
  readonly gapM: number;
  /** How much nearer to the neighbour each newton brings the hair [m/N]. */
  readonly sinkMpN: number;
}

/** The hair keeps this share of the gap clear [-]. @assumed for what calibration, tilt and skew are off */
export const KEPT_CLEAR = 0.2;

/**
 * The hair on `own` beside `neighbour`: pressed, both string and hair give way, but the hair a string's distance on gives less.
 *
 * @param bowM hair under `own`, from the frog [m]
 * @param contactM hair to bridge [m]
 */
export function neighbourGap(
  { strings, hair }: Pick<Instrument, "strings" | "hair">,
  own: StringName,
  neighbour: StringName,
  { bowM, contactM }: { readonly bowM: number; readonly contactM: number },
): NeighbourGap {
  const [line, other] = [strings[own], strings[neighbour]];
  const across = sub(
    addScaled(other.bridge_B_m, other.axis_B, contactM),
    addScaled(line.bridge_B_m, line.axis_B, contactM),
  );
  const hair_B = hairDirection(line, { inclination_rad: line.window.centre_rad, skew_rad: 0 });
  const away = bowM + dot(across, hair_B);
  const bent = hairComplianceMpN(bowM, bowM, hair.lengthM) - hairComplianceMpN(away, bowM, hair.lengthM);
  return {
    gapM: -dot(across, line.outward_B),
    sinkMpN: stringComplianceMpN(line.physics, contactM, line.lengthM) + bent,
  };
}

/**
 * Largest force on `own` that the cell allows and that leaves the strings beside it clear, in the middle of the window [N].
 *
 * @param keptClear share of the gap that is left [-]
 */
export function clearForceN(
  instrument: Pick<Instrument, "strings" | "hair">,
  own: StringName,
  at: { readonly bowM: number; readonly contactM: number },
  keptClear = KEPT_CLEAR,
): number {
  const i = STRING_NAMES.indexOf(own);
  let forceN = instrument.hair.heaviestN ?? Infinity;
  for (const neighbour of [STRING_NAMES[i - 1], STRING_NAMES[i + 1]]) {
    if (neighbour === undefined) continue;
    const { gapM, sinkMpN } = neighbourGap(instrument, own, neighbour, at);
    if (sinkMpN > 0) forceN = Math.min(forceN, ((1 - keptClear) * gapM) / sinkMpN);
  }
  return forceN;
}

/**
 * From the hair that lies unpressed on two strings to a string beside them [m], and along the hair to it, from the half-way
 * point towards the tip [m].
 */
export function gapBesidePair(
  { strings }: Pick<Instrument, "strings">,
  level: PairLevel,
  beside: StringName,
  contactM: number,
): { readonly gapM: number; readonly awayM: number } {
  const line = levelLine(strings, level, contactM);
  const across = sub(contactPoint(strings[beside], contactM), contactPoint(line, contactM));
  const hair_B = hairDirection(line, { inclination_rad: line.window.centre_rad, skew_rad: 0 });
  return { gapM: -dot(across, line.outward_B), awayM: dot(across, hair_B) };
}

/**
 * The largest share of the forces on a pair that the cell allows in all, that leaves the strings beside the pair clear, and that
 * presses the hair no deeper towards the stick than one string may; above 1 = more could be pressed [-].
 *
 * @param forcesN on its lower and its upper string
 * @param heaviestN what may be pressed on one string
 */
export function clearShareOfPair(
  instrument: Pick<Instrument, "strings" | "hair">,
  level: PairLevel,
  forcesN: readonly [number, number],
  at: HairPlace,
  heaviestN: number,
): number {
  const { depthM } = pressedFor(instrument, level, forcesN, at);
  const deepest = pairOf(level).map((name) => pressedFor(instrument, name, [heaviestN], at).depthM);
  let share = Math.min(
    (instrument.hair.heaviestN ?? Infinity) / (forcesN[0] + forcesN[1]),
    Math.min(...deepest) / depthM,
  );
  const low = levelNumber(level) - 0.5;
  for (const beside of [STRING_NAMES[low - 1], STRING_NAMES[low + 2]]) {
    if (beside === undefined) continue;
    const { gapM, awayM } = gapBesidePair(instrument, level, beside, at.contactM);
    const sinkM = pairSinkM(instrument, level, forcesN, at, awayM);
    if (sinkM > 0) share = Math.min(share, ((1 - KEPT_CLEAR) * gapM) / sinkM);
  }
  return share;
}
