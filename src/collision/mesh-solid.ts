import type { Vec3 } from "../math/vec.ts";
import { readMesh, type Mesh } from "./mesh-file.ts";
import { hullPoints } from "./hull-points.ts";
import { enclosedVolume, hullVolume } from "./volume.ts";

/** A mesh as collision takes it. */
export interface MeshSolid {
  /** Of its convex hull, in the file's own units. */
  readonly corners: readonly Vec3[];
  /** What of that hull is no mesh, for who made the file; undefined where the mesh is convex. */
  readonly remark: string | undefined;
}

/** Less than this share of a hull is not worth a word. @assumed edges that a drawing programme rounds */
const LEAST_SHARE = 0.01;

/**
 * Reads a mesh and takes its convex hull, the safe side: what is hollow in the mesh is filled.
 *
 * @param file its name: `.stl` (binary or text) or `.obj`
 * @throws CellistError `cell-invalid`: another kind of file, broken, too large, or flat
 */
export function meshSolid(bytes: Uint8Array, file: string): MeshSolid {
  const mesh = readMesh(bytes, file);
  const corners = hullPoints(mesh.points, file);
  return { corners, remark: remarkOn(mesh, corners, file) };
}

function remarkOn(mesh: Mesh, corners: readonly Vec3[], file: string): string | undefined {
  const taken = `mesh ${file} is taken as its convex hull`;
  const hint = "if the arm or the bow is to reach in there, give it as several convex meshes";
  const enclosed = enclosedVolume(mesh);
  if (enclosed === undefined)
    return `${taken}, and its surface is not closed, so how much of that is hollow cannot be told; ${hint}`;
  const share = 1 - enclosed / hullVolume(corners);
  return share < LEAST_SHARE
    ? undefined
    : `${taken}, ${Math.round(100 * share)} % of which is not mesh; ${hint}`;
}
