import type { Instrument } from "../instrument/instrument.ts";
import { contactPoint, levelLine, type LevelLine } from "../instrument/level-line.ts";
import { add, dot, lerp, scale, sub } from "../math/vec.ts";
import { levelAt } from "../score/bow-level.ts";
import { STRING_NAMES } from "../score/score.ts";
import type { Crossing } from "./crossing.ts";
import { stringsHopped } from "./strings-between.ts";

/**
 * Height of a straight hair over the strings between two others, at its lowest [m].
 *
 * @param turned share of the turn from one string's bow to the other's
 * @param carried share of the contact point's way from one string to the other
 * @param heightM of the hair over its contact point [m]
 */
export type HairOver = (turned: number, carried: number, heightM: number) => number;

/** The hair of `toolPath` over the strings that a hop passes, contact `contactM` from the bridge. */
export function hairOverStrings(
  {
    fromLevel,
    toLevel,
    fromLean_rad,
    toLean_rad,
  }: Pick<Crossing, "fromLevel" | "toLevel" | "fromLean_rad" | "toLean_rad">,
  contactM: number,
  { strings }: Instrument,
): HairOver {
  const step = Math.sign(toLevel - fromLevel);
  const [lineFrom, lineTo] = [fromLevel, toLevel].map((level) =>
    levelLine(strings, levelAt(level), contactM),
  ) as [LevelLine, LevelLine];
  const [from, to] = [contactPoint(lineFrom, contactM), contactPoint(lineTo, contactM)];
  const [out, outTo] = [lineFrom.outward_B, lineTo.outward_B];
  const angle_rad = Math.acos(Math.min(1, dot(out, outTo)));
  const between = stringsHopped({ fromLevel, toLevel }).map((i) =>
    contactPoint(strings[STRING_NAMES[i]!], contactM),
  );
  return (turned, carried, heightM) => {
    // Leans are positive towards the C side: against the turn when that goes to the A side.
    const turn_rad = turned * angle_rad - step * ((1 - turned) * fromLean_rad + turned * toLean_rad);
    const normal = add(
      scale(out, Math.sin(angle_rad - turn_rad) / Math.sin(angle_rad)),
      scale(outTo, Math.sin(turn_rad) / Math.sin(angle_rad)),
    );
    const contact = lerp(from, to, carried);
    return Math.min(...between.map((point) => dot(sub(contact, point), normal))) + heightM;
  };
}
