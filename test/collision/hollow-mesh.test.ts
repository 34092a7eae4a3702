import { expect, it } from "vitest";
import { parseCell } from "../../src/collision/cell.ts";
import { readMesh } from "../../src/collision/mesh-file.ts";
import { enclosedVolume, hullVolume } from "../../src/collision/volume.ts";
import { seededRandom } from "../../src/math/random.ts";
import type { Vec3 } from "../../src/math/vec.ts";

const bytes = (text: string) => new TextEncoder().encode(text);

/** An upright prism over a polygon, counter-clockwise from above, its floor and ceiling cut into the given triangles. */
function prismObj(outline: readonly (readonly [number, number])[], floor: readonly number[][], height = 1) {
  const n = outline.length;
  const corners = [0, height].flatMap((z) => outline.map(([x, y]) => `v ${x} ${y} ${z}`));
  const walls = outline.map((_, i) => [i, (i + 1) % n, ((i + 1) % n) + n, i + n]);
  const faces = [...walls, ...floor.map((f) => f.toReversed()), ...floor.map((f) => f.map((i) => i + n))];
  return [...corners, ...faces.map((face) => `f ${face.map((i) => `${i + 1}/1/1`).join(" ")}`)].join("\n");
}

/** A square of 1 m without the quarter at (1, 1): 0.75 m², and 0.875 m² in its hull, which cuts the notch in half. */
const ELL = prismObj(
  [
    [0, 0],
    [1, 0],
    [1, 0.5],
    [0.5, 0.5],
    [0.5, 1],
    [0, 1],
  ],
  [
    [0, 1, 2, 3],
    [0, 3, 4, 5],
  ],
);
const SQUARE = prismObj(
  [
    [0, 0],
    [1, 0],
    [1, 1],
    [0, 1],
  ],
  [[0, 1, 2, 3]],
);

const remarksOn = (obj: string, what = "mesh: {file: shelf.obj}") =>
  parseCell(`{cell: x, floor: {heightM: -1}, obstacles: [{name: shelf, ${what}}]}`, "x.yaml", (file) =>
    bytes(file === "a.urdf" ? URDF : obj),
  ).remarks;
const URDF = `<robot name="r"><link name="a">${'<collision><geometry><mesh filename="shelf.obj" scale="0.5 0.5 0.5"/></geometry></collision>'.repeat(2)}</link></robot>`;

it("says how much of a mesh's hull is no mesh: a seventh of an L", () => {
  const one =
    /^mesh shelf\.obj is taken as its convex hull, 14 % of which is not mesh; .* several convex meshes$/;
  expect(enclosedVolume(readMesh(bytes(ELL), "l.obj"))).toBeCloseTo(0.75, 12);
  expect(remarksOn(ELL)).toEqual([expect.stringMatching(one)]);
  expect(remarksOn(ELL, "mesh: {file: shelf.obj, unitM: 0.01}")).toEqual([expect.stringMatching(one)]);
  expect(remarksOn(ELL, "urdf: {file: a.urdf}")).toEqual([expect.stringMatching(one)]); // of one file once
  expect(remarksOn(SQUARE)).toEqual([]);
});

it("says that nobody can tell of a surface that is not closed", () => {
  const lidless = ELL.split("\n").slice(0, -1).join("\n");
  expect(enclosedVolume(readMesh(bytes(lidless), "l.obj"))).toBeUndefined();
  expect(remarksOn(lidless)).toEqual([
    expect.stringMatching(/its surface is not closed, so how much .* cannot be told/),
  ]);
});

it("counts the room between two bodies of one file, although every corner lies on the hull", () => {
  // Two cubes of 1 m, 2 m apart: 2 m³ of 4 m³.
  const vertices = SQUARE.split("\n").filter((line) => line.startsWith("v"));
  const faces = SQUARE.split("\n").filter((line) => line.startsWith("f"));
  const moved = vertices.map((line) => line.replace(/^v (\S+)/, (_, x) => `v ${Number(x) + 3}`));
  const back = faces.map((line) => line.replace(/(\d+)\/1\/1/g, (_, n) => String(Number(n) - 9))); // counted from the end
  expect(remarksOn([...vertices, ...faces, ...moved, ...back].join("\n"))[0]).toMatch(/hull, 50 % of which/);
});

it("finds the volume of hulls that are known: a cube in any order, an octahedron, a ball of many corners", () => {
  const cube = [0, 1, 2, 3, 4, 5, 6, 7].map((i): Vec3 => [i & 1, (i >> 1) & 1, i >> 2]);
  const random = seededRandom(3);
  for (let round = 0; round < 20; round++)
    expect(
      hullVolume(
        cube
          .map((p) => [random(), p] as const)
          .sort(([a], [b]) => a - b)
          .map(([, p]) => p),
      ),
    ).toBeCloseTo(1, 5);
  const axes: Vec3[] = [0, 1, 2].flatMap((k) =>
    [-1, 1].map((s) => [0, 1, 2].map((i) => (i === k ? s : 0)) as unknown as Vec3),
  );
  expect(hullVolume(axes)).toBeCloseTo(4 / 3, 5);
  const ball = Array.from({ length: 2000 }, (_, i): Vec3 => {
    const [z, angle] = [1 - (2 * i + 1) / 2000, i * Math.PI * (3 - Math.sqrt(5))];
    return [Math.sqrt(1 - z * z) * Math.cos(angle), Math.sqrt(1 - z * z) * Math.sin(angle), z];
  });
  const full = (4 / 3) * Math.PI;
  expect(hullVolume(ball)).toBeLessThan(full);
  expect(hullVolume(ball)).toBeGreaterThan(0.995 * full);
});
