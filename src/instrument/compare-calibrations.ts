import { rotate } from "../math/rotation.ts";
import { cross, dot } from "../math/vec.ts";
import { STRING_NAMES, type StringName } from "../score/score.ts";
import { bowOnString } from "./bow-on-string.ts";
import type { Instrument } from "./instrument.ts";
import { touchAt } from "./touch.ts";

/**
 * What has changed on one string from one calibration of a cell to the next: where a bow that is led by the old one meets
 * the string of the new one. That is what would be heard; how far along hair and strings both were measured cancels out.
 */
export interface StringChange {
  /** Hair deeper in the string than meant, at the frog and at the tip [m]. */
  readonly deeper: { readonly frogM: number; readonly tipM: number };
  /** Contact point farther from the bridge than meant [m]. */
  readonly farther: { readonly frogM: number; readonly tipM: number };
  /** Turn about the string from the middle of its window [rad]. */
  readonly offCentre_rad: number;
}

/** What has changed from one calibration to another, string by string. */
export interface CalibrationChange {
  readonly strings: Readonly<Record<StringName, StringChange>>;
  /** The largest |deeper| [m]. */
  readonly mostM: number;
  /** The kinematics are those of another arm. */
  readonly otherArm: boolean;
}

/** Where the bow is led to be compared, from the bridge [m]. */
const CONTACT_M = 0.085;

/** Compares two calibrations of one cell. */
export function compareCalibrations(before: Instrument, after: Instrument): CalibrationChange {
  const strings = Object.fromEntries(
    STRING_NAMES.map((name) => [name, changeOf(before, after, name)]),
  ) as Record<StringName, StringChange>;
  const deeper = STRING_NAMES.flatMap((name) => Object.values(strings[name].deeper).map(Math.abs));
  return { strings, mostM: Math.max(...deeper), otherArm: !isSameKinematics(before.dh, after.dh) };
}

function changeOf(before: Instrument, after: Instrument, name: StringName): StringChange {
  const [was, is] = [before.strings[name], after.strings[name]];
  const touches = (["frog", "tip"] as const).map((end) => {
    const X_BF = bowOnString(before.hair, was, { bowM: was[end].bowM, contactM: CONTACT_M });
    const touch = touchAt(X_BF, after.hair, is);
    const u = rotate(X_BF.R, after.hair.axis_F);
    const inclination_rad = Math.atan2(dot(u, cross(is.across_B, is.axis_B)), dot(u, is.across_B));
    return { ...touch, off_rad: inclination_rad - is.window.centre_rad };
  });
  const [frog, tip] = touches as [(typeof touches)[0], (typeof touches)[0]];
  return {
    deeper: { frogM: frog.pressedM, tipM: tip.pressedM },
    farther: { frogM: frog.contactM - CONTACT_M, tipM: tip.contactM - CONTACT_M },
    offCentre_rad: (frog.off_rad + tip.off_rad) / 2,
  };
}

/** Two files may write the same numbers with different ends. */
const ROUNDING = 1e-9;
/** Whether two sets of kinematics are those of one arm. */
export const isSameKinematics = (a: Instrument["dh"], b: Instrument["dh"]): boolean =>
  (["thetaOffset_rad", "a_m", "d_m", "alpha_rad"] as const).every((part) =>
    a[part].every((value, i) => Math.abs(value - b[part][i]!) < ROUNDING),
  );
