import { headerAt } from "../bag/log-time.ts";
import type { Shape } from "../collision/shape.ts";
import { fromColumns, IDENTITY, type Mat3 } from "../math/rotation.ts";
import { addScaled, cross, norm, sub, unit, type Vec3 } from "../math/vec.ts";
import type { ColorRGBA } from "../ros/interfaces/generated/std_msgs.ts";
import type { Marker } from "../ros/interfaces/generated/visualization_msgs.ts";
import { quaternionOf } from "./quaternion.ts";

/** Kinds of visualization_msgs/Marker, and what is to be done with one. */
export const MARKER = {
  cube: 1,
  sphere: 2,
  cylinder: 3,
  lineStrip: 4,
  lineList: 5,
  spheres: 7,
  text: 9,
} as const;
export const ACTION = { add: 0, remove: 2 } as const;

/** Where a marker belongs: its frame, its group and number in it, its time. */
export interface MarkerPlace {
  readonly frame: string;
  readonly group: string;
  readonly id: number;
  readonly timeNs: bigint;
}

/** A marker with everything that is not said left empty; it stays until it is replaced, and moves with its frame. */
export const marker = (
  { frame, group, id, timeNs }: MarkerPlace,
  said: Pick<Marker, "type"> & Partial<Marker>,
): Marker => ({
  header: headerAt(timeNs, frame),
  ns: group,
  id,
  action: ACTION.add,
  pose: poseAt([0, 0, 0]),
  scale: { x: 1, y: 1, z: 1 },
  color: WHITE,
  lifetime: { sec: 0, nanosec: 0 },
  frame_locked: true,
  points: [],
  colors: [],
  texture_resource: "",
  texture: { header: headerAt(0n), format: "", data: [] },
  uv_coordinates: [],
  text: "",
  mesh_resource: "",
  mesh_file: { filename: "", data: [] },
  mesh_use_embedded_materials: false,
  ...said,
});

/** A solid as a marker: a box, a cylinder from end to end of a capsule, a sphere for one without length, a hull by its corners. */
export function solid(place: MarkerPlace, shape: Shape, color: ColorRGBA): Marker {
  if (shape.kind === "box") {
    const [x, y, z] = shape.half_m;
    const scale = { x: 2 * x, y: 2 * y, z: 2 * z };
    return marker(place, { type: MARKER.cube, pose: poseAt(shape.centre_m, shape.R), scale, color });
  }
  if (shape.kind === "hull") {
    const scale = { x: CORNER_M, y: CORNER_M, z: CORNER_M };
    return marker(place, { type: MARKER.spheres, scale, color, points: shape.points_m.map(point) });
  }
  const { a_m, b_m, radiusM } = shape;
  const along = sub(b_m, a_m);
  const lengthM = norm(along);
  const [d, centre_m] = [2 * radiusM, addScaled(a_m, along, 0.5)];
  if (lengthM < 1e-9)
    return marker(place, { type: MARKER.sphere, pose: poseAt(centre_m), scale: { x: d, y: d, z: d }, color });
  const pose = poseAt(centre_m, zAlong(unit(along)));
  return marker(place, { type: MARKER.cylinder, pose, scale: { x: d, y: d, z: lengthM }, color });
}

/** Size at which the corners of a hull are drawn [m]. */
const CORNER_M = 0.02;

export const poseAt = ([x, y, z]: Vec3, R: Mat3 = IDENTITY) => ({
  position: { x, y, z },
  orientation: quaternionOf(R),
});

export const point = ([x, y, z]: Vec3) => ({ x, y, z });

/** @param a opacity, 0 to 1 [-] */
export const rgba = (r: number, g: number, b: number, a = 1): ColorRGBA => ({ r, g, b, a });
export const WHITE = rgba(1, 1, 1);

/** Some rotation whose z axis is this unit vector. */
function zAlong(z: Vec3): Mat3 {
  const aside: Vec3 = Math.abs(z[0]) < 0.9 ? [1, 0, 0] : [0, 1, 0];
  const x = unit(cross(aside, z));
  return fromColumns(x, cross(z, x), z);
}
