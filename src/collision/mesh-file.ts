import { CellistError } from "../errors.ts";
import type { Vec3 } from "../math/vec.ts";

/** A surface of triangles, in the file's own units. */
export interface Mesh {
  /** Each place once. */
  readonly points: readonly Vec3[];
  /** Corners as indices in `points`, counter-clockwise from outside where the file says so. */
  readonly triangles: readonly Triangle[];
}

export type Triangle = readonly [a: number, b: number, c: number];

/**
 * Reads a mesh.
 *
 * @param file its name: `.stl` (binary or text) or `.obj`
 * @throws CellistError `cell-invalid`: another kind of file, or broken
 */
export function readMesh(bytes: Uint8Array, file: string): Mesh {
  if (/\.obj$/i.test(file)) return merged(...objFaces(bytes, file));
  if (!/\.stl$/i.test(file)) return { points: [], triangles: [] };
  const corners = stlCorners(bytes, file);
  return merged(
    corners,
    Array.from({ length: Math.floor(corners.length / 3) }, (_, i) => [3 * i, 3 * i + 1, 3 * i + 2]),
  );
}

export const meshInvalid = (file: string, what: string): CellistError =>
  new CellistError("cell-invalid", `mesh ${file} ${what}`, { file });

/** Points and faces as indices from 0; a face of more than three corners is a fan of triangles. */
function objFaces(bytes: Uint8Array, file: string): [Vec3[], Triangle[]] {
  const points: Vec3[] = [];
  const faces: number[][] = [];
  for (const line of new TextDecoder().decode(bytes).split("\n")) {
    const [word, ...rest] = line.trim().split(/\s+/);
    if (word === "v") points.push([Number(rest[0]), Number(rest[1]), Number(rest[2])]);
    if (word !== "f") continue;
    const numbers = rest.map((corner) => parseInt(corner, 10));
    faces.push(numbers.map((n) => (n < 0 ? points.length + n : n - 1))); // a negative one counts back from here
  }
  const missing = faces.flat().find((i) => !(i >= 0 && i < points.length));
  if (missing !== undefined)
    throw meshInvalid(
      file,
      `has a face with corner ${missing + 1}, but only ${points.length} corners: it is cut off`,
    );
  const fans = faces.flatMap(([a, ...rest]) => rest.slice(1).map((c, i): Triangle => [a!, rest[i]!, c]));
  return [points, fans];
}

/** @source binary STL: 80 bytes, uint32 count, then 50 bytes a triangle: normal, three corners, uint16 */
function stlCorners(bytes: Uint8Array, file: string): Vec3[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const triangles = bytes.length >= 84 ? view.getUint32(80, true) : 0;
  if (bytes.length === 84 + 50 * triangles && triangles > 0)
    return Array.from({ length: 3 * triangles }, (_, i): Vec3 => {
      const at = 84 + 50 * Math.floor(i / 3) + 12 + 12 * (i % 3);
      return [view.getFloat32(at, true), view.getFloat32(at + 4, true), view.getFloat32(at + 8, true)];
    });
  const text = new TextDecoder().decode(bytes);
  if (!/^\s*solid\b/i.test(text)) throw meshInvalid(file, "is neither binary nor text STL, or cut off");
  if (NO_TEXT.test(text)) throw meshInvalid(file, brokenBinary(bytes.length, triangles));
  if (!/^\s*endsolid\b/im.test(text)) throw meshInvalid(file, "is cut off: a text STL ends with endsolid");
  return [...text.matchAll(/\bvertex\s+(\S+)\s+(\S+)\s+(\S+)/gi)].map(([, x, y, z]): Vec3 => [
    Number(x),
    Number(y),
    Number(z),
  ]);
}

/** Bytes that no text has and every binary STL does. "solid" tells nothing: there are programs that begin binary headers with it. */
const NO_TEXT = /[\0-\x08\x0e-\x1f]/;

function brokenBinary(length: number, triangles: number): string {
  if (length < 84)
    return `is cut off: a binary STL has 84 bytes before its triangles, this one ends after ${length}`;
  const whole = 84 + 50 * triangles;
  const counted = `a binary STL of ${triangles} triangles, as it says it has, is ${whole} bytes long, this one is ${length}`;
  return `${length < whole ? "is cut off" : "is broken"}: ${counted}`;
}

/** Corners at the same place are one. */
function merged(corners: readonly Vec3[], faces: readonly Triangle[]): Mesh {
  const places = new Map<string, number>();
  const points: Vec3[] = [];
  const placeOf = corners.map((corner) => {
    const key = corner.join(",");
    const known = places.get(key);
    if (known !== undefined) return known;
    places.set(key, points.length);
    return points.push(corner) - 1;
  });
  const triangles = faces.map(([a, b, c]): Triangle => [placeOf[a]!, placeOf[b]!, placeOf[c]!]);
  return { points, triangles };
}
