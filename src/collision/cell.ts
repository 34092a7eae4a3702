import { parse } from "yaml";
import * as z from "zod";
import { CellistError } from "../errors.ts";
import { fromRotvec } from "../math/rotation.ts";
import { bowShapes } from "./bow-shapes.ts";
import { celloBodyShapes } from "./cello-shapes.ts";
import { UR5E_SHAPES } from "./robot-shapes.ts";
import { norm, type Vec3 } from "../math/vec.ts";
import { solidCorners } from "./hull-points.ts";
import { meshSolid } from "./mesh-solid.ts";
import { box, capsule, hull, moveShape, sphere, type NamedShape, type Shape } from "./shape.ts";
import { urdfShapes, type DescribedShape, type MeshSource } from "./urdf-shapes.ts";

/** The room around arm and cello: floor, stand, walls, and where people keep their hands and knees. */
export interface Cell {
  readonly name: string;
  /** In the robot base frame. */
  readonly obstacles: readonly NamedShape[];
  /** In the cello's frame: they go where the cello goes. */
  readonly onCello: readonly NamedShape[];
  /** What became of its files that a reader of them would not expect. */
  readonly remarks: readonly string[];
}

const Coordinate = z.number().min(-20).max(20);
const Point = z.tuple([Coordinate, Coordinate, Coordinate]);
const Size = z.number().positive().max(20);
const Angle = z.number().min(-Math.PI).max(Math.PI);
const Turn = z.tuple([Angle, Angle, Angle]).default([0, 0, 0]);
/** A file beside the cell's, and where its own frame lies. */
const File = {
  file: z.string().min(1),
  at_m: Point.default([0, 0, 0]),
  rotvec_rad: Turn,
};
const named = { name: z.string().min(1), frame: z.enum(["base", "cello"]).default("base") };

const Obstacle = z.union([
  z.strictObject({
    ...named,
    box: z.strictObject({ centre_m: Point, size_m: z.tuple([Size, Size, Size]), rotvec_rad: Turn }),
  }),
  z.strictObject({ ...named, capsule: z.strictObject({ a_m: Point, b_m: Point, radiusM: Size }) }),
  z.strictObject({ ...named, sphere: z.strictObject({ centre_m: Point, radiusM: Size }) }),
  z.strictObject({ ...named, hull: z.strictObject({ points_m: z.array(Point).min(4).max(500) }) }),
  z.strictObject({
    ...named,
    mesh: z.strictObject({ ...File, unitM: z.number().min(1e-4).max(10).default(1) }),
  }),
  z.strictObject({ ...named, urdf: z.strictObject(File) }),
]);

const CellFile = z.strictObject({
  cell: z.string().min(1),
  floor: z.strictObject({ heightM: z.number().min(-5).max(0) }),
  obstacles: z.array(Obstacle),
});

/** Names that already mean a part of the arm, the bow or the cello. */
const TAKEN = new Set([
  "floor",
  ...UR5E_SHAPES.map((s) => s.name),
  ...bowShapes({ frog_F_m: [0, 0, 0], axis_F: [1, 0, 0], towardString_F: [0, 1, 0], lengthM: 1 }).map(
    (s) => s.name,
  ),
  ...celloBodyShapes(1).map((s) => s.name),
  ...["A", "D", "G", "C"].map((s) => `${s} string`),
]);

/**
 * Reads a cell description (YAML text).
 *
 * @param where what the text is called in a refusal: its path
 * @param read gives the bytes of a file that the text names, as it names it
 * @throws CellistError `cell-invalid`, and what `read` throws
 */
export function parseCell(text: string, where: string, read: MeshSource = noFiles(where)): Cell {
  const parsed = CellFile.safeParse(yamlValue(text, where));
  if (!parsed.success) {
    const { path, message } = parsed.error.issues[0]!;
    throw new CellistError("cell-invalid", `${where}: ${path.join(".") || "the file"}: ${message}`, {
      where,
    });
  }
  const { cell, floor, obstacles } = parsed.data;
  checkNames(obstacles, where);
  const described = obstacles.flatMap((obstacle) =>
    shapesOf(obstacle, read, where).map(({ shape, remark }) => ({
      frame: obstacle.frame,
      named: { name: obstacle.name, shape: near(shape, obstacle.name, where) },
      remark,
    })),
  );
  const shapes = (wanted: "base" | "cello"): NamedShape[] =>
    described.filter(({ frame }) => frame === wanted).map(({ named }) => named);
  return {
    name: cell,
    obstacles: [floorAt(floor.heightM), ...shapes("base")],
    onCello: shapes("cello"),
    remarks: [...new Set(described.flatMap(({ remark }) => remark ?? []))],
  };
}

const noFiles =
  (where: string): MeshSource =>
  (file) => {
    throw new CellistError("cell-invalid", `${where}: ${file} cannot be read here`, { where, file });
  };

/** A slab 12 m wide whose top is the floor. */
const floorAt = (heightM: number): NamedShape => ({
  name: "floor",
  shape: box([0, 0, heightM - 0.25], [12, 12, 0.5]),
});

function shapesOf(obstacle: z.infer<typeof Obstacle>, read: MeshSource, where: string): DescribedShape[] {
  if ("box" in obstacle) {
    const { centre_m, size_m, rotvec_rad } = obstacle.box;
    return [{ shape: box(centre_m, size_m, fromRotvec(rotvec_rad)) }];
  }
  if ("capsule" in obstacle) {
    const { a_m, b_m, radiusM } = obstacle.capsule;
    return [{ shape: capsule(a_m, b_m, radiusM) }];
  }
  if ("sphere" in obstacle) return [{ shape: sphere(obstacle.sphere.centre_m, obstacle.sphere.radiusM) }];
  if ("hull" in obstacle) {
    const corners = solidCorners(obstacle.hull.points_m);
    if (corners !== undefined) return [{ shape: hull(corners) }];
    throw new CellistError(
      "cell-invalid",
      `${where}: the hull of "${obstacle.name}" is flat: a solid is needed`,
      { where },
    );
  }
  if ("mesh" in obstacle) {
    const { file, unitM } = obstacle.mesh;
    const { corners, remark } = meshSolid(read(file), file);
    const points = corners.map((p): Vec3 => [p[0] * unitM, p[1] * unitM, p[2] * unitM]);
    return [{ shape: moveShape(placed(obstacle.mesh), hull(points)), remark }];
  }
  const { file } = obstacle.urdf;
  return urdfShapes(new TextDecoder().decode(read(file)), file, read).map(({ shape, remark }) => ({
    shape: moveShape(placed(obstacle.urdf), shape),
    remark,
  }));
}

/** No room is larger; what lies farther off was drawn in other units, and would stand in nobody's way. */
const FARTHEST_M = 20;

function near(shape: Shape, name: string, where: string): Shape {
  const farM = Math.max(...outermost(shape).map(norm));
  if (farM <= FARTHEST_M) return shape;
  throw new CellistError(
    "cell-invalid",
    `${where}: "${name}" reaches ${farM.toFixed(0)} m from the origin (at most ${FARTHEST_M} m); a mesh in millimetres needs unitM: 0.001, ` +
      'in a URDF scale="0.001 0.001 0.001"',
    { where, name },
  );
}

/** Points of a shape that tell how far off it reaches. */
function outermost(shape: Shape): readonly Vec3[] {
  switch (shape.kind) {
    case "capsule":
      return [shape.a_m, shape.b_m];
    case "box":
      return [shape.centre_m];
    case "hull":
      return shape.points_m;
  }
}

const placed = ({ at_m, rotvec_rad }: { readonly at_m: Vec3; readonly rotvec_rad: Vec3 }) => ({
  p_m: at_m,
  R: fromRotvec(rotvec_rad),
});

function checkNames(obstacles: readonly { readonly name: string }[], where: string): void {
  const seen = new Set(TAKEN);
  for (const { name } of obstacles) {
    if (seen.has(name))
      throw new CellistError(
        "cell-invalid",
        `${where}: obstacle "${name}" needs another name, because ${TAKEN.has(name) ? "the robot, bow, cello or floor has" : "an earlier obstacle has"} this one`,
        { where, name },
      );
    seen.add(name);
  }
}

function yamlValue(text: string, where: string): unknown {
  try {
    return parse(text);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message.split("\n")[0]! : String(cause);
    throw new CellistError("cell-invalid", `${where} is not readable YAML: ${reason}`, { where }, cause);
  }
}
