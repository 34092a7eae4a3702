import { stringsOf, type BowLevel, type PairLevel } from "../score/bow-level.ts";
import type { StringName } from "../score/score.ts";
import { contactStiffnessNpm, hairComplianceMpN, stringComplianceMpN } from "./contact-stiffness.ts";
import type { Instrument } from "./instrument.ts";
import { halfSpacingM } from "./level-line.ts";

/** Where the hair lies; on two strings half-way between them. */
export interface HairPlace {
  /** From the frog [m]. */
  readonly bowM: number;
  /** Hair to bridge [m]. */
  readonly contactM: number;
}

/** How the unbent hair is pressed in to bear given forces. */
export interface Pressed {
  /** At the level's contact, toward the cello [m]. */
  readonly depthM: number;
  /** Turn from lying along both strings, as `BowHold.inclination_rad`: positive presses the lower string more [rad]. */
  readonly lean_rad: number;
}

type Body = Pick<Instrument, "strings" | "hair">;

/**
 * How deep and how much off the line through its strings the hair must be for each to bear its force. Two strings share the
 * hair: each gives way under its own force, and the hair at either under both.
 *
 *     depth_i = F_i · c_string,i + Σ_j F_j · c_hair(x_i, x_j)
 *
 * @param forcesN of the level's strings, low to high [N]
 */
export function pressedFor(
  { strings, hair }: Body,
  level: BowLevel,
  forcesN: readonly number[],
  { bowM, contactM }: HairPlace,
): Pressed {
  const names = stringsOf(level);
  if (names.length === 1) {
    const { physics, lengthM: stringLengthM } = strings[names[0]];
    const at = { bowM, contactM, stringLengthM, hairLengthM: hair.lengthM };
    return { depthM: forcesN[0]! / contactStiffnessNpm(physics, at), lean_rad: 0 };
  }
  const halfM = halfSpacingM(strings, level, contactM);
  const places = [bowM - halfM, bowM + halfM]; // the frog is on the C side
  const [low, high] = names.map((name, i) => {
    const bend = places.reduce(
      (sum, at, j) => sum + forcesN[j]! * hairComplianceMpN(places[i]!, at, hair.lengthM),
      0,
    );
    const { physics, lengthM } = strings[name];
    return bend + forcesN[i]! * stringComplianceMpN(physics, contactM, lengthM);
  }) as [number, number];
  return { depthM: (low + high) / 2, lean_rad: Math.atan2((low - high) / 2, halfM) };
}

/**
 * How far the hair comes nearer to a third string when a pair bears its forces [m].
 *
 * @param awayM from the half-way point of the pair to that string, along the hair to the tip
 */
export function pairSinkM(
  body: Body,
  level: PairLevel,
  forcesN: readonly number[],
  at: HairPlace,
  awayM: number,
): number {
  const { depthM, lean_rad } = pressedFor(body, level, forcesN, at);
  const halfM = halfSpacingM(body.strings, level, at.contactM);
  const bendAt = (x: number): number =>
    forcesN[0]! * hairComplianceMpN(x, at.bowM - halfM, body.hair.lengthM) +
    forcesN[1]! * hairComplianceMpN(x, at.bowM + halfM, body.hair.lengthM);
  return depthM - awayM * Math.tan(lean_rad) - bendAt(at.bowM + awayM);
}

/** Strings of a pair, low and high. */
export const pairOf = (level: PairLevel): readonly [StringName, StringName] =>
  stringsOf(level) as readonly [StringName, StringName];
