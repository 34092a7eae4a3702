import { expect, it } from "vitest";
import { parseCell } from "../../src/collision/cell.ts";
import { distanceBetween } from "../../src/collision/distance.ts";
import { meshSolid } from "../../src/collision/mesh-solid.ts";
import { box, capsule, hull, moveShape, sphere, type Shape } from "../../src/collision/shape.ts";
import { urdfShapes } from "../../src/collision/urdf-shapes.ts";
import { seededRandom } from "../../src/math/random.ts";
import { fromRotvec } from "../../src/math/rotation.ts";
import { add, cross, dot, sub, unit, type Vec3 } from "../../src/math/vec.ts";

const random = seededRandom(5);
const vec = (size: number): Vec3 => [0, 1, 2].map(() => size * (2 * random() - 1)) as unknown as Vec3;
const corners = (size: Vec3): Vec3[] =>
  [0, 1, 2, 3, 4, 5, 6, 7].map((i): Vec3 => [
    (i & 1 ? 0.5 : -0.5) * size[0],
    (i & 2 ? 0.5 : -0.5) * size[1],
    (i & 4 ? 0.5 : -0.5) * size[2],
  ]);
const cornersOf = (bytes: Uint8Array, file: string) => meshSolid(bytes, file).corners;
const somewhere = () => ({ p_m: vec(1), R: fromRotvec(vec(3)) });

it("measures a hull of a box's corners as the box itself, against every kind of shape", () => {
  for (let round = 0; round < 300; round++) {
    const size = vec(0.5).map((v) => 0.05 + Math.abs(v)) as unknown as Vec3;
    const X = somewhere();
    const [solid, corner] = [moveShape(X, box([0, 0, 0], size)), moveShape(X, hull(corners(size)))];
    const others: Shape[] = [
      capsule(vec(1), vec(1), 0.1 * random()),
      sphere(vec(1), 0.1),
      moveShape(somewhere(), box([0, 0, 0], [0.3, 0.1, 0.2])),
    ];
    for (const other of others) {
      const wanted = distanceBetween(solid, other);
      if (other.kind === "box" || wanted > 0) expect(distanceBetween(corner, other)).toBeCloseTo(wanted, 8);
      expect(distanceBetween(corner, other)).toBeLessThanOrEqual(wanted + 1e-9);
      expect(distanceBetween(other, corner)).toBeCloseTo(distanceBetween(corner, other), 8);
    }
  }
});

/**
 * Distance of two hulls that do not overlap, by trying everything: every edge between two points of one against every such edge of
 * the other, every point against every triangle of three points. All of it lies inside the hulls, and their features are among it.
 */
function byTryingAll(a: readonly Vec3[], b: readonly Vec3[]): number {
  const edges = (points: readonly Vec3[]) =>
    points.flatMap((p, i) => points.slice(i + 1).map((q) => capsule(p, q, 0)));
  let least = Infinity;
  for (const e of edges(a)) for (const f of edges(b)) least = Math.min(least, distanceBetween(e, f));
  for (const [points, others] of [
    [a, b],
    [b, a],
  ] as const)
    for (const [i, p] of points.entries())
      for (const [k, q] of points.slice(i + 1).entries())
        for (const r of points.slice(i + k + 2))
          for (const x of others) least = Math.min(least, aboveTriangle(x, p, q, r));
  return least;
}

/** Height over a triangle; Infinity for points that are not over it. */
function aboveTriangle(x: Vec3, p: Vec3, q: Vec3, r: Vec3): number {
  const n = cross(sub(q, p), sub(r, p));
  const inside = [
    [p, q],
    [q, r],
    [r, p],
  ].every(([u, v]) => dot(cross(sub(v!, u!), sub(x, u!)), n) >= 0);
  return inside ? Math.abs(dot(sub(x, p), unit(n))) : Infinity;
}

it("agrees with trying all features of hulls of random points, and is 0 where they overlap", () => {
  let apart = 0;
  for (let round = 0; round < 150; round++) {
    const cloud = (at: Vec3): Vec3[] =>
      Array.from({ length: 4 + Math.floor(5 * random()) }, () => add(vec(0.3), at));
    const [a, b] = [cloud(vec(0.5)), cloud(vec(0.5))];
    const measured = distanceBetween(hull(a), hull(b));
    if (measured === 0) continue;
    apart++;
    expect(measured).toBeCloseTo(byTryingAll(a, b), 9);
  }
  expect(apart).toBeGreaterThan(50);
  const cube = hull(corners([1, 1, 1]));
  expect(distanceBetween(cube, moveShape({ p_m: [0.4, 0.2, 0], R: fromRotvec([0, 0, 0]) }, cube))).toBe(0);
});

/** A cube of 2 units as binary STL, twelve triangles. */
function stlOf(points: readonly Vec3[]): Uint8Array {
  const faces = [
    0, 1, 3, 0, 3, 2, 4, 5, 7, 4, 7, 6, 0, 1, 5, 0, 5, 4, 2, 3, 7, 2, 7, 6, 0, 2, 6, 0, 6, 4, 1, 3, 7, 1, 7,
    5,
  ];
  const bytes = new Uint8Array(84 + (50 * faces.length) / 3);
  const view = new DataView(bytes.buffer);
  view.setUint32(80, faces.length / 3, true);
  faces.forEach((corner, i) =>
    points[corner]!.forEach((v, k) =>
      view.setFloat32(84 + 50 * Math.floor(i / 3) + 12 + 12 * (i % 3) + 4 * k, v, true),
    ),
  );
  return bytes;
}

const text = (s: string): Uint8Array => new TextEncoder().encode(s);

it("reads the corners of binary and text STL and of OBJ, without what lies inside", () => {
  const cube = corners([2, 2, 2]);
  expect(cornersOf(stlOf(cube), "cube.stl")).toHaveLength(8);
  const inside = [
    [0, 0, 0],
    [1, 0, 0],
    [0.2, -0.9, 0.3],
  ] as const; // the middle, a face, somewhere
  const obj = [...cube, ...inside].map((p) => `v ${p.join(" ")}`).join("\n");
  expect(new Set(cornersOf(text(obj), "a.OBJ").map(String))).toEqual(new Set(cube.map(String)));
  const ascii = `solid c\n${cube.map((p) => `vertex ${p.join(" ")}`).join("\n")}\nendsolid`;
  expect(cornersOf(text(ascii), "c.stl")).toHaveLength(8);
});

it("tells a binary STL that is cut off by its bytes, also where its header begins with solid as that of a text does", () => {
  const whole = stlOf(corners([1, 1, 1]));
  whole.set(text("solid exported by somebody"));
  expect(cornersOf(whole, "whole.stl")).toHaveLength(8);
  const cut = (length: number) => () => cornersOf(whole.subarray(0, length), "cut.stl");
  const triangles = (whole.length - 84) / 50;
  expect(cut(300)).toThrow(
    `mesh cut.stl is cut off: a binary STL of ${triangles} triangles, as it says it has, is ${whole.length} bytes long, this one is 300`,
  );
  expect(cut(60)).toThrow(
    "is cut off: a binary STL has 84 bytes before its triangles, this one ends after 60",
  );
  expect(() => cornersOf(text("solid c\nfacet normal 0 0 1\n"), "c.stl")).toThrow(
    "mesh c.stl is cut off: a text STL ends with endsolid",
  );
});

it("refuses what is no solid, in one sentence with the file's name", () => {
  expect(() => cornersOf(stlOf(corners([1, 1, 1])).subarray(0, 300), "cut.stl")).toThrow(
    /mesh cut\.stl .*cut off/,
  );
  expect(() => cornersOf(text("v 0 0 0\nv 1 0 0\nv 0 1 0\nv 1 1 0"), "plate.obj")).toThrow(
    /plate\.obj is flat/,
  );
  expect(() => cornersOf(text("hello"), "x.step")).toThrow(/x\.step is no mesh/);
});

const URDF = `<robot name="table">
  <link name="top"><collision><origin xyz="0 0 0.5"/><geometry><box size="1 1 0.1"/></geometry></collision></link>
  <link name="leg"><collision><geometry><cylinder radius="0.05" length="1"/></geometry></collision></link>
  <link name="knob"><collision><geometry><mesh filename="package://cube.stl" scale="0.1 0.1 0.1"/></geometry></collision></link>
  <joint name="a" type="fixed"><parent link="top"/><child link="leg"/><origin xyz="2 0 0" rpy="0 1.5707963267948966 0"/></joint>
  <joint name="b" type="revolute"><parent link="leg"/><child link="knob"/><origin xyz="0 0 1"/></joint>
</robot>`;

it("takes the collision geometry of a URDF where its joints at zero put it", () => {
  const shapes = urdfShapes(URDF, "table.urdf", () => stlOf(corners([2, 2, 2]))).map(({ shape }) => shape);
  const from = (p: Vec3): number[] => shapes.map((shape) => +distanceBetween(sphere(p, 0), shape).toFixed(4));
  // Top's face at z = 0.55; the leg lies along x from 1.5 to 2.5; the knob, 1 m along it at x = 3, reaches 2.9
  expect(from([0, 0, 1])[0]).toBe(0.45);
  expect(from([1, 0, 0])[1]).toBe(0.5);
  expect(from([2, 0, 1])[1]).toBeCloseTo(0.95, 2);
  expect(from([2, 0, 1])[1]).toBeLessThanOrEqual(0.95); // the prism is around the cylinder
  expect(from([4, 0, 0])[2]).toBe(0.9);
});

it("puts volumes of people where the cello is, and files where the cell says", () => {
  const cell = parseCell(
    `cell: room
floor: {heightM: -0.8}
obstacles:
  - {name: "player's left hand", frame: cello, capsule: {a_m: [0, 0.4, 0], b_m: [0, 0.7, 0], radiusM: 0.06}}
  - {name: case, mesh: {file: cube.stl, unitM: 0.1, at_m: [1, 0, 0]}}
  - {name: table, urdf: {file: table.urdf, at_m: [0, 2, 0]}}`,
    "room.yaml",
    (file) => (file === "table.urdf" ? text(URDF) : stlOf(corners([2, 2, 2]))),
  );
  expect(cell.onCello.map(({ name }) => name)).toEqual(["player's left hand"]);
  expect(cell.obstacles.map(({ name }) => name)).toEqual(["floor", "case", "table", "table", "table"]);
  expect(distanceBetween(sphere([0, 0, 0], 0), cell.obstacles[1]!.shape)).toBeCloseTo(0.9, 6);
  const meshless = "{cell: x, floor: {heightM: -1}, obstacles: [{name: m, mesh: {file: a.stl}}]}";
  expect(() => parseCell(meshless, "x.yaml")).toThrow(/a\.stl cannot be read here/);
});
