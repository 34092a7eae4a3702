import { pose, type Pose } from "../../../math/pose.ts";
import { fromRotvec, multiply, rotate, slerp, toRotvec, transpose } from "../../../math/rotation.ts";
import { add, cross, distance, dot, lerp, norm, scale, sub, unit, type Vec3 } from "../../../math/vec.ts";
import type { Twist } from "./tool-carrier.ts";

/** Radians that count as much as a metre when a way mostly turns. @assumed */
const METRES_PER_RADIAN = 0.25;
/** Points nearer than this are one point [m]. */
const SAME_POINT_M = 1e-9;
/** Sine of the angle below which three points lie on a line. */
const STRAIGHT = 1e-9;

/** Where the tool goes, without the arm: pose and direction over a way of its own measure [m]. */
export interface ToolCurve {
  readonly length: number;
  readonly end: Pose<"B", "T">;
  pose(way: number): Pose<"B", "T">;
  /** Derivatives of position and orientation by the way, base axes: a twist at the tool point [-, rad/m]. */
  twist(way: number): Twist;
}

/** Straight from one pose to another, turning evenly about one axis. */
export function toolLine(from: Pose<"B", "T">, to: Pose<"B", "T">): ToolCurve {
  const turn_rad = toRotvec(multiply(to.R, transpose(from.R)));
  const length = Math.max(distance(from.p_m, to.p_m), METRES_PER_RADIAN * norm(turn_rad));
  const per = length > 0 ? 1 / length : 0;
  const tangent = { v: scale(sub(to.p_m, from.p_m), per), w: scale(turn_rad, per) };
  return {
    length,
    end: to,
    pose: (way) => pose("B", "T", lerp(from.p_m, to.p_m, way * per), slerp(from.R, to.R, way * per)),
    twist: () => tangent,
  };
}

/** How the tool turns on an arc. */
export type ArcOrientation =
  /** Evenly from the first orientation to the last. */
  | "interpolated"
  /** As if fixed to the arc's tangent. */
  | "fixed";

/**
 * The arc of a circle from `from` by way of the point `via_m` to `to`; straight where the three points lie on a line.
 *
 * @returns undefined when two of the points are one: there is no such circle
 */
export function toolArc(
  from: Pose<"B", "T">,
  via_m: Vec3,
  to: Pose<"B", "T">,
  orientation: ArcOrientation,
): ToolCurve | undefined {
  const [a, b] = [sub(via_m, from.p_m), sub(to.p_m, from.p_m)];
  if (norm(a) < SAME_POINT_M || norm(b) < SAME_POINT_M || distance(via_m, to.p_m) < SAME_POINT_M)
    return undefined;
  const normal = cross(a, b);
  if (norm(normal) < STRAIGHT * norm(a) * norm(b)) return toolLine(from, to);
  // Centre of the circle through 0, a and b.
  const n2 = dot(normal, normal);
  const toCentre = scale(
    add(scale(cross(normal, a), dot(b, b)), scale(cross(b, normal), dot(a, a))),
    0.5 / n2,
  );
  const axis = unit(normal);
  const angle_rad = turnAbout(axis, scale(toCentre, -1), sub(b, toCentre));
  return arcAbout(add(from.p_m, toCentre), axis, angle_rad, from, to, orientation);
}

/**
 * The arc that rounds the corner at `corner` between two straight lines, touching each `tangentM` from it; undefined
 * where the lines do not form a corner.
 */
export function toolFillet(from: Pose<"B", "T">, corner_m: Vec3, to: Pose<"B", "T">): ToolCurve | undefined {
  const [into, outOf] = [unit(sub(corner_m, from.p_m)), unit(sub(to.p_m, corner_m))];
  const axis = cross(into, outOf);
  const [sine, cosine] = [norm(axis), dot(into, outOf)];
  if (sine < 1e-6 || cosine < -0.999) return undefined;
  const angle_rad = Math.atan2(sine, cosine);
  const radiusM = distance(from.p_m, corner_m) / Math.tan(angle_rad / 2);
  const centre_m = add(from.p_m, scale(cross(unit(axis), into), radiusM));
  return arcAbout(centre_m, unit(axis), angle_rad, from, to, "interpolated");
}

function arcAbout(
  centre_m: Vec3,
  axis: Vec3,
  angle_rad: number,
  from: Pose<"B", "T">,
  to: Pose<"B", "T">,
  orientation: ArcOrientation,
): ToolCurve {
  const spoke = sub(from.p_m, centre_m);
  const length = norm(spoke) * angle_rad;
  const turned = (way: number) => fromRotvec(scale(axis, (way / length) * angle_rad));
  const w = scale(
    orientation === "fixed" ? scale(axis, angle_rad) : toRotvec(multiply(to.R, transpose(from.R))),
    1 / length,
  );
  const poseAt = (way: number) =>
    pose(
      "B",
      "T",
      add(centre_m, rotate(turned(way), spoke)),
      orientation === "fixed" ? multiply(turned(way), from.R) : slerp(from.R, to.R, way / length),
    );
  return {
    length,
    end: poseAt(length),
    pose: poseAt,
    twist: (way) => ({ v: scale(cross(axis, rotate(turned(way), spoke)), angle_rad / length), w }),
  };
}

/** Angle in (0, 2π) by which `from` turns about `axis` into `to`. */
function turnAbout(axis: Vec3, from: Vec3, to: Vec3): number {
  const angle = Math.atan2(dot(axis, cross(from, to)), dot(from, to));
  return angle > 0 ? angle : angle + 2 * Math.PI;
}
