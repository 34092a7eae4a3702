import { addScaled, cross, dot, sub, type Vec3 } from "../math/vec.ts";
import { STRING_NAMES, type StringName } from "../score/score.ts";
import type { StringLine } from "./instrument.ts";

/** Turns of the bow about one string, as `BowHold.inclination_rad`, at which it touches no other string. */
export interface StringWindow {
  /** In the middle between its neighbours; an outer string is given the half width of the inner one beside it [rad]. */
  readonly centre_rad: number;
  /** From there to touching a neighbour that is not pressed [rad]; 0 or less = the neighbours lie in the way. */
  readonly half_rad: number;
}

type Line = Pick<StringLine, "bridge_B_m" | "axis_B" | "across_B">;

/**
 * The window of every string, from C to A, for square bows at one contact point.
 *
 * @param contactM hair to bridge along the strings [m]
 */
export function stringWindows(
  strings: Readonly<Record<StringName, Line>>,
  contactM: number,
): Readonly<Record<StringName, StringWindow>> {
  const lines = STRING_NAMES.map((name) => strings[name]);
  const touch = (on: number, other: number): number => touching_rad(lines[on]!, lines[other]!, contactM);
  const inner = ([1, 2] as const).map((i): StringWindow => {
    const [high, low] = [touch(i, i - 1), touch(i, i + 1)];
    return { centre_rad: (high + low) / 2, half_rad: (high - low) / 2 };
  }) as [StringWindow, StringWindow];
  const [G, D] = inner;
  const C = { centre_rad: touch(0, 1) + G.half_rad, half_rad: G.half_rad };
  const A = { centre_rad: touch(3, 2) - D.half_rad, half_rad: D.half_rad };
  return { C, G, D, A };
}

/**
 * Turn about one string at which a square bow meets another string's line as well.
 *
 *     (u × a) · (b − p) = 0   with u = cos φ · x + sin φ · z, p the contact point, and b, a the other string's line
 */
function touching_rad(on: Line, other: Line, contactM: number): number {
  const p: Vec3 = addScaled(on.bridge_B_m, on.axis_B, contactM);
  const d = sub(other.bridge_B_m, p);
  const z = cross(on.across_B, on.axis_B);
  const [cosine, sine] = [dot(cross(on.across_B, other.axis_B), d), dot(cross(z, other.axis_B), d)];
  return Math.atan(-cosine / sine);
}
