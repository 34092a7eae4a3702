import { parse } from "yaml";
import * as z from "zod";
import { CellistError } from "../errors.ts";
import { fromRotvec } from "../math/rotation.ts";
import { bowShapes } from "./bow-shapes.ts";
import { celloBodyShapes } from "./cello-shapes.ts";
import { UR5E_SHAPES } from "./robot-shapes.ts";
import { box, capsule, sphere, type NamedShape } from "./shape.ts";

/** The room around arm and cello: floor, stand, walls. Shapes are in the robot base frame. */
export interface Cell {
  readonly name: string;
  readonly obstacles: readonly NamedShape[];
}

const Coordinate = z.number().min(-20).max(20);
const Point = z.tuple([Coordinate, Coordinate, Coordinate]);
const Size = z.number().positive().max(20);
const Angle = z.number().min(-Math.PI).max(Math.PI);

const Obstacle = z.union([
  z.strictObject({
    name: z.string().min(1),
    box: z.strictObject({
      centre_m: Point,
      size_m: z.tuple([Size, Size, Size]),
      rotvec_rad: z.tuple([Angle, Angle, Angle]).default([0, 0, 0]),
    }),
  }),
  z.strictObject({
    name: z.string().min(1),
    capsule: z.strictObject({ a_m: Point, b_m: Point, radiusM: Size }),
  }),
  z.strictObject({ name: z.string().min(1), sphere: z.strictObject({ centre_m: Point, radiusM: Size }) }),
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
 * @throws CellistError `cell-invalid`
 */
export function parseCell(text: string, where: string): Cell {
  const read = CellFile.safeParse(yamlValue(text, where));
  if (!read.success) {
    const { path, message } = read.error.issues[0]!;
    throw new CellistError("cell-invalid", `${where}: ${path.join(".") || "the file"}: ${message}`, {
      where,
    });
  }
  const { cell, floor, obstacles } = read.data;
  checkNames(obstacles, where);
  return { name: cell, obstacles: [floorAt(floor.heightM), ...obstacles.map(obstacleShape)] };
}

/** A slab 12 m wide whose top is the floor. */
const floorAt = (heightM: number): NamedShape => ({
  name: "floor",
  shape: box([0, 0, heightM - 0.25], [12, 12, 0.5]),
});

function obstacleShape(obstacle: z.infer<typeof Obstacle>): NamedShape {
  const { name } = obstacle;
  if ("box" in obstacle) {
    const { centre_m, size_m, rotvec_rad } = obstacle.box;
    return { name, shape: box(centre_m, size_m, fromRotvec(rotvec_rad)) };
  }
  if ("capsule" in obstacle) {
    const { a_m, b_m, radiusM } = obstacle.capsule;
    return { name, shape: capsule(a_m, b_m, radiusM) };
  }
  return { name, shape: sphere(obstacle.sphere.centre_m, obstacle.sphere.radiusM) };
}

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
