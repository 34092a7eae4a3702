import type { Joints } from "../../math/joints.ts";
import type { Instrument } from "../instrument.ts";
import { hairContacts, type HairContact } from "./hair-contact.ts";
import { hairMotion, type HairMotion } from "./hair-motion.ts";

/** Strings in the order of `StringContacts`. */
const LOW_TO_HIGH = ["C", "G", "D", "A"] as const;

type Four<T> = readonly [T, T, T, T];

/** Hair on each string, low to high (C, G, D, A). */
export interface StringContacts {
  /** Normal force [N]; 0 = not touching. */
  readonly forceN: Four<number>;
  /** Speed of the hair across the string [m/s]; > 0 is down-bow. */
  readonly bowSpeedMps: Four<number>;
  /** Hair to bridge along the string [m]. */
  readonly contactM: Four<number>;
  /** Hair under the string, from the frog [m]. */
  readonly bowPositionM: Four<number>;
}

/** What each string of `instrument` and the hair do to one another, low to high. */
export const feltStrings = ({ hair, strings }: Instrument, motion: HairMotion): Four<HairContact> =>
  hairContacts(
    motion,
    hair,
    LOW_TO_HIGH.map((name) => strings[name]),
  ) as unknown as Four<HairContact>;

export const stringContactsOf = ([c, g, d, a]: Four<HairContact>): StringContacts => ({
  forceN: [c.forceN, g.forceN, d.forceN, a.forceN],
  bowSpeedMps: [c.bowSpeedMps, g.bowSpeedMps, d.bowSpeedMps, a.bowSpeedMps],
  contactM: [c.contactM, g.contactM, d.contactM, a.contactM],
  bowPositionM: [c.bowPositionM, g.bowPositionM, d.bowPositionM, a.bowPositionM],
});

/**
 * The hair on the strings as the joints tell it, for an arm that has no sensor there. Where the hair is follows from the
 * calibration; the force is what a hair so deep would feel: half a newton for each millimetre that the calibration is off.
 */
export function contactsFromJoints(instrument: Instrument, q_rad: Joints, qd_radps: Joints): StringContacts {
  const { dh, hair, tcp_F } = instrument;
  const motion = hairMotion({ dh, hair, tcp_F_m: [tcp_F[0], tcp_F[1], tcp_F[2]] }, q_rad, qd_radps);
  return stringContactsOf(feltStrings(instrument, motion));
}
