import type { Instrument } from "../instrument/instrument.ts";
import { add, addScaled, dot, lerp, scale, sub, type Vec3 } from "../math/vec.ts";
import { STRING_NAMES } from "../score/score.ts";
import type { Crossing } from "./crossing.ts";

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
    fromString,
    toString,
    fromLean_rad,
    toLean_rad,
  }: Pick<Crossing, "fromString" | "toString" | "fromLean_rad" | "toLean_rad">,
  contactM: number,
  { strings }: Instrument,
): HairOver {
  const step = Math.sign(toString - fromString);
  const lineOf = (i: number) => strings[STRING_NAMES[i]!];
  const pointOn = (i: number): Vec3 => addScaled(lineOf(i).bridge_B_m, lineOf(i).axis_B, contactM);
  const [from, to] = [pointOn(fromString), pointOn(toString)];
  const [out, outTo] = [lineOf(fromString).outward_B, lineOf(toString).outward_B];
  const angle_rad = Math.acos(Math.min(1, dot(out, outTo)));
  const between: Vec3[] = [];
  for (let i = fromString + step; i !== toString; i += step) between.push(pointOn(i));
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
