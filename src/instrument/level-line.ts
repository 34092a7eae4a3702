import { add, addScaled, cross, dot, lerp, norm, scale, sub, unit, type Vec3 } from "../math/vec.ts";
import { stringsOf, type BowLevel } from "../score/bow-level.ts";
import type { StringName } from "../score/score.ts";
import type { StringLine } from "./instrument.ts";

/** What a bow lies along: one string, or a line half-way between two. */
export type LevelLine = Pick<StringLine, "bridge_B_m" | "axis_B" | "across_B" | "outward_B"> & {
  readonly window: Pick<StringLine["window"], "centre_rad">;
};

type Lines = Readonly<Record<StringName, LevelLine>>;

/** Where a level's strings lie under the hair. */
export const contactPoint = ({ bridge_B_m, axis_B }: LevelLine, contactM: number): Vec3 =>
  addScaled(bridge_B_m, axis_B, contactM);

/**
 * The line that a bow of a level lies on: a string itself, or for two strings the line half-way between them, with a square
 * bow in the middle of its window that touches both at `contactM` from the bridge.
 */
export function levelLine(strings: Lines, level: BowLevel, contactM: number): LevelLine {
  const names = stringsOf(level);
  const low = strings[names[0]];
  if (names.length === 1) return low;
  const high = strings[names[1]];
  const [from, to] = [contactPoint(low, contactM), contactPoint(high, contactM)];
  const axis_B = unit(add(low.axis_B, high.axis_B));
  const hair_B = squareTo(axis_B, sub(to, from));
  const across_B = squareTo(axis_B, add(low.across_B, high.across_B));
  return {
    bridge_B_m: addScaled(lerp(from, to, 0.5), axis_B, -contactM),
    axis_B,
    across_B,
    outward_B: squareTo(hair_B, squareTo(axis_B, add(low.outward_B, high.outward_B))),
    window: { centre_rad: Math.atan2(dot(hair_B, cross(across_B, axis_B)), dot(hair_B, across_B)) },
  };
}

const squareTo = (axis: Vec3, v: Vec3): Vec3 => unit(addScaled(v, axis, -dot(axis, v)));

/** From the half-way point of two strings to either of them, along the hair [m]; 0 for one string. */
export function halfSpacingM(strings: Lines, level: BowLevel, contactM: number): number {
  const points = stringsOf(level).map((name) => contactPoint(strings[name], contactM));
  return points.length < 2 ? 0 : norm(scale(sub(points[1]!, points[0]!), 0.5));
}
