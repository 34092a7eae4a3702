import { capsule, box, type NamedShape } from "./shape.ts";
import type { Vec3 } from "../math/vec.ts";

/** A shape that rides on one link of the arm, 0 (bolted to the base) … 6 (flange), in that link's frame. */
export interface LinkShape extends NamedShape {
  readonly link: number;
}

/**
 * The UR5e as capsules, and its base as a box, in the link frames of `jointFrames` (those of ur_description).
 *
 * @source radii and lengths: outer dimensions of the ur_description meshes, UR5e
 * @assumed each casing is one or two round-ended cylinders; rims of the joint covers may stand out up to 5 mm
 */
export const UR5E_SHAPES: readonly LinkShape[] = [
  { name: "base", link: 0, shape: box([0, 0, 0.0495], [0.151, 0.151, 0.099]) },
  tube("shoulder", 1, [0, 0, -0.012], [0, 0, 0.012], 0.062),
  tube("shoulder", 1, [0, 0, 0], [0, -0.012, 0], 0.064),
  tube("upper arm", 2, [0, 0, 0.1], [0, 0, 0.165], 0.06),
  tube("upper arm", 2, [0, 0, 0.138], [-0.425, 0, 0.138], 0.054),
  tube("upper arm", 2, [-0.425, 0, 0.1], [-0.425, 0, 0.165], 0.06),
  tube("forearm", 3, [0, 0, 0], [0, 0, 0.01], 0.058),
  tube("forearm", 3, [0, 0, 0.007], [-0.3922, 0, 0.007], 0.04),
  tube("forearm", 3, [-0.3922, 0, 0], [-0.3922, 0, 0.02], 0.042),
  tube("wrist 1", 4, [0, 0, -0.035], [0, 0, 0], 0.045),
  tube("wrist 1", 4, [0, -0.012, 0], [0, 0.014, 0], 0.045),
  tube("wrist 2", 5, [0, 0, -0.003], [0, 0, 0], 0.045),
  tube("wrist 2", 5, [0, -0.012, 0], [0, 0.01, 0], 0.045),
  tube("wrist 3", 6, [0, 0, -0.03], [0, 0, -0.016], 0.04),
];

/**
 * Pairs of links that need no check: joined by a joint, or held apart by the arm itself in every posture.
 *
 * Base and upper arm: the shoulder offset of 138 mm. Forearm and wrist 2, wrist 1 and wrist 3: one wrist offset of
 * 100 mm lies between them whatever the joints do.
 */
const NEVER_MEET: readonly (readonly [string, string])[] = [
  ["base", "shoulder"],
  ["base", "upper arm"],
  ["shoulder", "upper arm"],
  ["upper arm", "forearm"],
  ["forearm", "wrist 1"],
  ["forearm", "wrist 2"],
  ["wrist 1", "wrist 2"],
  ["wrist 1", "wrist 3"],
  ["wrist 2", "wrist 3"],
];

/** Can these two bodies of the arm come near each other at all? Order does not matter. */
export const canMeet = (a: string, b: string): boolean =>
  !NEVER_MEET.some(([p, q]) => (p === a && q === b) || (p === b && q === a));

function tube(name: string, link: number, a_m: Vec3, b_m: Vec3, radiusM: number): LinkShape {
  return { name, link, shape: capsule(a_m, b_m, radiusM) };
}
