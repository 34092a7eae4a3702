import { multiply, rotate, type Mat3 } from "../math/rotation.ts";
import { add, type Vec3 } from "../math/vec.ts";

/** All points within `radiusM` of the segment from a to b; a sphere when a = b. */
export interface Capsule {
  readonly kind: "capsule";
  readonly a_m: Vec3;
  readonly b_m: Vec3;
  /** >= 0 [m] */
  readonly radiusM: number;
}

/** A solid block. */
export interface Box {
  readonly kind: "box";
  readonly centre_m: Vec3;
  /** Columns are the box's own axes. */
  readonly R: Mat3;
  /** Half the size along each own axis, >= 0 [m]. */
  readonly half_m: Vec3;
}

/** The smallest convex solid around some points. */
export interface Hull {
  readonly kind: "hull";
  /** At least four, not all in one plane [m]. */
  readonly points_m: readonly Vec3[];
}

/** A convex solid in some frame. */
export type Shape = Capsule | Box | Hull;

/** A part of a body: several shapes may bear one name, as a link is more than one cylinder. */
export interface NamedShape {
  /** What a person calls the body: "forearm", "bow stick", "bridge". */
  readonly name: string;
  readonly shape: Shape;
}

export const capsule = (a_m: Vec3, b_m: Vec3, radiusM: number): Capsule => ({
  kind: "capsule",
  a_m,
  b_m,
  radiusM,
});

export const sphere = (centre_m: Vec3, radiusM: number): Capsule => capsule(centre_m, centre_m, radiusM);

/** A box from its centre and full size, axes along the frame unless `R` turns it. */
export const box = (centre_m: Vec3, size_m: Vec3, R: Mat3 = [1, 0, 0, 0, 1, 0, 0, 0, 1]): Box => ({
  kind: "box",
  centre_m,
  R,
  half_m: [size_m[0] / 2, size_m[1] / 2, size_m[2] / 2],
});

export const hull = (points_m: readonly Vec3[]): Hull => ({ kind: "hull", points_m });

/** The shape carried from frame B into frame A by the pose of B in A. */
export function moveShape(X_AB: { readonly p_m: Vec3; readonly R: Mat3 }, shape: Shape): Shape {
  const to = (p_m: Vec3): Vec3 => add(X_AB.p_m, rotate(X_AB.R, p_m));
  switch (shape.kind) {
    case "capsule":
      return { ...shape, a_m: to(shape.a_m), b_m: to(shape.b_m) };
    case "box":
      return { ...shape, centre_m: to(shape.centre_m), R: multiply(X_AB.R, shape.R) };
    case "hull":
      return hull(shape.points_m.map(to));
  }
}
