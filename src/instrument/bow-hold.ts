import { fromColumns, multiplyTransposed, rotate, type Mat3 } from "../math/rotation.ts";
import { add, addScaled, cross, dot, scale, unit, type Vec3 } from "../math/vec.ts";
import type { HairLine, StringLine } from "./instrument.ts";

/**
 * How the bow is turned where it meets a string, as a player says it. All zero: hair square to the string, flat on it, and
 * level with the line across the strings.
 */
export interface BowHold {
  /** Turn about the string: 0 = along the line across the strings, positive where the tip points away from the cello [rad]. */
  readonly inclination_rad: number;
  /** Turn about the hair: positive = stick towards the nut, as cellists tilt [rad]. */
  readonly tilt_rad: number;
  /** Out of square: positive = tip towards the nut [rad]. */
  readonly skew_rad: number;
}

type Frame = Pick<StringLine, "axis_B" | "across_B">;
type Hair = Pick<HairLine, "axis_F" | "towardString_F">;

/** Unit vector along the hair from frog to tip, base frame: cos σ · (cos φ · x + sin φ · z) + sin σ · y. */
export function hairDirection(
  { axis_B: y, across_B: x }: Frame,
  { inclination_rad, skew_rad }: Pick<BowHold, "inclination_rad" | "skew_rad">,
): Vec3 {
  const [c, s] = [Math.cos(skew_rad), Math.sin(skew_rad)];
  const level = add(scale(x, c * Math.cos(inclination_rad)), scale(y, s));
  return addScaled(level, cross(x, y), c * Math.sin(inclination_rad));
}

/** Flange orientation R_BF that holds the bow so on a string. */
export function holdRotation(frame: Frame, hair: Hair, hold: BowHold): Mat3 {
  const u = hairDirection(frame, hold);
  const { flat, toNut } = aroundHair(frame, u);
  const stick = add(scale(flat, Math.cos(hold.tilt_rad)), scale(toNut, Math.sin(hold.tilt_rad)));
  const toward = scale(stick, -1);
  return multiplyTransposed(fromColumns(u, toward, cross(u, toward)), hairAxes(hair));
}

/** Along the hair, toward the string and across, in the flange; remembered, because a bow's never change. */
function hairAxes(hair: Hair): Mat3 {
  const known = HAIR_AXES.get(hair);
  if (known) return known;
  const { axis_F, towardString_F } = hair;
  const axes = fromColumns(axis_F, towardString_F, cross(axis_F, towardString_F));
  HAIR_AXES.set(hair, axes);
  return axes;
}
const HAIR_AXES = new WeakMap<Hair, Mat3>();

/** How a flange orientation holds the bow, seen from a string: the inverse of `holdRotation`. */
export function holdOf(frame: Frame, hair: Hair, R_BF: Mat3): BowHold {
  const { axis_B: y, across_B: x } = frame;
  const u = rotate(R_BF, hair.axis_F);
  const { flat, toNut } = aroundHair(frame, u);
  const stick = scale(rotate(R_BF, hair.towardString_F), -1);
  return {
    inclination_rad: Math.atan2(dot(u, cross(x, y)), dot(u, x)),
    tilt_rad: Math.atan2(dot(stick, toNut), dot(stick, flat)),
    skew_rad: Math.asin(Math.min(1, Math.max(-1, dot(u, y)))),
  };
}

/** Square to the hair: where the stick is when the hair lies flat (away from the cello), and towards the nut. */
function aroundHair({ axis_B }: Frame, u: Vec3): { readonly flat: Vec3; readonly toNut: Vec3 } {
  const toNut = unit(addScaled(axis_B, u, -dot(axis_B, u)));
  return { flat: cross(u, toNut), toNut };
}
