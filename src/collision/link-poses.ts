import type { JointFrames } from "../kinematics/joint-frames.ts";
import type { Joints } from "../math/joints.ts";

/** Numbers per link: origin [m], then R row-major. */
export const LINK = 12;

/**
 * Writes the poses of links 0 (base) … 6 (flange link) in the base frame: [7 × 12], origin then R row-major.
 * The z axis of link i is joint axis i, and its origin lies on that axis.
 */
export function writeLinkPoses(frames: JointFrames, q_rad: Joints, links: Float64Array): void {
  links.fill(0, 0, LINK);
  links[3] = links[7] = links[11] = 1;
  for (let i = 0; i < 6; i++) {
    const { p_m: p, R: S } = frames.joints[i]!;
    const a = i * LINK;
    const b = a + LINK;
    const c = Math.cos(q_rad[i]!);
    const s = Math.sin(q_rad[i]!);
    for (let row = 0; row < 3; row++) {
      const x = links[a + 3 + 3 * row]!;
      const y = links[a + 4 + 3 * row]!;
      const z = links[a + 5 + 3 * row]!;
      links[b + row] = links[a + row]! + x * p[0] + y * p[1] + z * p[2];
      const u = x * S[0] + y * S[3] + z * S[6];
      const v = x * S[1] + y * S[4] + z * S[7];
      links[b + 3 + 3 * row] = c * u + s * v;
      links[b + 4 + 3 * row] = c * v - s * u;
      links[b + 5 + 3 * row] = x * S[2] + y * S[5] + z * S[8];
    }
  }
}
