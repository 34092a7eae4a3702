import { fromColumns, rotate, type Mat3 } from "../math/rotation.ts";
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

/**
 * Flange orientation R_BF that holds the bow so on a string.
 *
 *     [ u, t, u × t ] · [ axis, toward string, axis × toward string ]ᵀ     u along the hair, t from stick to string
 *
 * Written out, without a vector in between: planning asks for half a million of them.
 */
export function holdRotation({ axis_B: y, across_B: x }: Frame, hair: Hair, hold: BowHold): Mat3 {
  const cosSkew = Math.cos(hold.skew_rad);
  const sinSkew = Math.sin(hold.skew_rad);
  const level = cosSkew * Math.cos(hold.inclination_rad);
  const rising = cosSkew * Math.sin(hold.inclination_rad);
  // Along the hair, as `hairDirection` has it.
  const u0 = x[0] * level + y[0] * sinSkew + rising * (x[1] * y[2] - x[2] * y[1]);
  const u1 = x[1] * level + y[1] * sinSkew + rising * (x[2] * y[0] - x[0] * y[2]);
  const u2 = x[2] * level + y[2] * sinSkew + rising * (x[0] * y[1] - x[1] * y[0]);
  // Square to it, towards the nut, and where the stick is when the hair lies flat, as `aroundHair` has them.
  const along = -(y[0] * u0 + y[1] * u1 + y[2] * u2);
  const s0 = y[0] + along * u0;
  const s1 = y[1] + along * u1;
  const s2 = y[2] + along * u2;
  const perLength = 1 / Math.sqrt(s0 * s0 + s1 * s1 + s2 * s2);
  const n0 = s0 * perLength;
  const n1 = s1 * perLength;
  const n2 = s2 * perLength;
  const cosTilt = Math.cos(hold.tilt_rad);
  const sinTilt = Math.sin(hold.tilt_rad);
  const t0 = -((u1 * n2 - u2 * n1) * cosTilt + n0 * sinTilt);
  const t1 = -((u2 * n0 - u0 * n2) * cosTilt + n1 * sinTilt);
  const t2 = -((u0 * n1 - u1 * n0) * cosTilt + n2 * sinTilt);
  const v0 = u1 * t2 - u2 * t1;
  const v1 = u2 * t0 - u0 * t2;
  const v2 = u0 * t1 - u1 * t0;
  const H = hairAxes(hair);
  // prettier-ignore
  return [
    u0 * H[0] + t0 * H[1] + v0 * H[2], u0 * H[3] + t0 * H[4] + v0 * H[5], u0 * H[6] + t0 * H[7] + v0 * H[8],
    u1 * H[0] + t1 * H[1] + v1 * H[2], u1 * H[3] + t1 * H[4] + v1 * H[5], u1 * H[6] + t1 * H[7] + v1 * H[8],
    u2 * H[0] + t2 * H[1] + v2 * H[2], u2 * H[3] + t2 * H[4] + v2 * H[5], u2 * H[6] + t2 * H[7] + v2 * H[8],
  ];
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
