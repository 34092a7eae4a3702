import type { StringLine } from "../instrument/instrument.ts";
import { add, addScaled, cross, dot, norm, sub, type Vec3 } from "../math/vec.ts";
import type { StringName } from "../score/score.ts";

/** How near the hair is to a string, as two thin lines. */
export interface HairGap {
  readonly string: StringName;
  /** Distance [m]; negative where the hair lies on the cello's side of the string, as when it is pressed in. */
  readonly gapM: number;
}

/**
 * Gap between the hair and one string: signed along the string's outward side where the two lines cross, seen
 * from outside; otherwise the plain distance.
 *
 * @param from_B_m @param to_B_m hair at frog and tip, base frame [m]
 */
export function hairGapM(from_B_m: Vec3, to_B_m: Vec3, string: StringLine): number {
  const hair = sub(to_B_m, from_B_m);
  const { axis_B: axis, bridge_B_m: bridge, lengthM } = string;
  const w = sub(from_B_m, bridge);
  const [hh, ha, hw, aw] = [dot(hair, hair), dot(hair, axis), dot(hair, w), dot(axis, w)];
  const square = hh - ha * ha;
  const s = square > 0 ? (ha * aw - hw) / square : -1;
  const t = aw + s * ha;
  const normal = cross(axis, hair);
  if (s >= 0 && s <= 1 && t >= 0 && t <= lengthM && square > 1e-12 * hh) {
    const side = Math.sign(dot(normal, string.outward_B)) || 1;
    return (side * dot(w, normal)) / norm(normal);
  }
  return endGapM(from_B_m, hair, string);
}

/** Distance where an end of the hair or of the string is nearest. */
function endGapM(
  from_B_m: Vec3,
  hair: Vec3,
  { axis_B: axis, bridge_B_m: bridge, lengthM }: StringLine,
): number {
  const within = (x: number, top: number): number => Math.min(Math.max(x, 0), top);
  const candidates: number[] = [];
  for (const end of [from_B_m, add(from_B_m, hair)]) {
    const along = within(dot(sub(end, bridge), axis), lengthM);
    candidates.push(norm(sub(end, addScaled(bridge, axis, along))));
  }
  for (const end of [bridge, addScaled(bridge, axis, lengthM)]) {
    const along = within(dot(sub(end, from_B_m), hair) / dot(hair, hair), 1);
    candidates.push(norm(sub(end, addScaled(from_B_m, hair, along))));
  }
  return Math.min(...candidates);
}
