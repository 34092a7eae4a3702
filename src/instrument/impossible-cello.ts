import { column } from "../math/rotation.ts";
import { STRING_NAMES, type StringName } from "../score/score.ts";
import type { Instrument } from "./instrument.ts";
import type { Touch } from "./touch.ts";

/** Between these the hair can lie on a string: beside the bridge, and this side of the player's hand [m]. */
const CONTACT_M = { least: 0.01, most: 0.25 };

/**
 * Why no cello stands as a calibration says; undefined where one may.
 *
 * Strings taught in the opposite order fit as well as those taught rightly: to a cello that stands on its scroll with its belly
 * to the floor, its body where the air is.
 */
export function upsideDown({ X_BC }: Pick<Instrument, "X_BC">): string | undefined {
  const [alongString, outward] = [column(X_BC.R, 1), column(X_BC.R, 2)];
  if (!(alongString[2] < 0 && outward[2] < 0)) return undefined;
  return (
    "the cello would stand on its scroll with its belly to the floor; the strings are named in the opposite order: " +
    "seen from the front, C is on the left and A on the right"
  );
}

/** Which taught pose lies where no bow plays; undefined where all are on the strings. */
export function beyondTheString(
  touches: Readonly<
    Record<StringName, { readonly contactM: Readonly<Record<"frog" | "tip", Touch["contactM"]>> }>
  >,
): string | undefined {
  for (const name of STRING_NAMES)
    for (const end of ["frog", "tip"] as const) {
      const contactM = touches[name].contactM[end];
      if (contactM >= CONTACT_M.least && contactM <= CONTACT_M.most) continue;
      const where =
        contactM < 0
          ? `${mm(-contactM)} behind the bridge`
          : `${mm(contactM)} from the bridge (${mm(CONTACT_M.least)} to ${mm(CONTACT_M.most)})`;
      return (
        `the hair taught at the ${end} of the ${name} string would lie ${where}; ` +
        "look at the ruler measures (from_bridge_m), or teach that corner again"
      );
    }
  return undefined;
}

const mm = (m: number): string => `${(m * 1e3).toFixed(0)} mm`;
