import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { parseCell } from "../../src/collision/cell.ts";
import type { Hull } from "../../src/collision/shape.ts";
import { seededRandom } from "../../src/math/random.ts";

const CORNERS = [0, 1, 2, 3, 4, 5, 6, 7].map((i) => [i & 1, (i >> 1) & 1, i >> 2]);
/** A cube with one corner at `at`, drawn in some unit. */
const cubeObj = (size: number, at = 0): string =>
  CORNERS.map((p) => `v ${p.map((v) => at + size * v).join(" ")}`).join("\n") + "\nf 1 2 3\nf 6 7 8\n";
const cubeStl = `solid cube\n${CORNERS.map((p) => `facet outer loop vertex ${p.join(" ")}`).join("\n")}\nendsolid cube\n`;

/** Reads a cell with one obstacle. @param files what lies beside it */
const cellOf = (obstacle: string, files: Readonly<Record<string, string>> = {}) =>
  parseCell(`{cell: x, floor: {heightM: -1}, obstacles: [{name: thing, ${obstacle}}]}`, "x.yaml", (file) =>
    new TextEncoder().encode(files[file]),
  );

it("refuses a mesh in millimetres that was taken for metres: 300 m from the robot it would stand in nobody's way", () => {
  const files = { "box.obj": cubeObj(200, 300) };
  expect(() => cellOf("mesh: {file: box.obj}", files)).toThrow(
    /"thing" reaches 866 m from the origin \(at most 20 m\); .* unitM: 0\.001/,
  );
  expect(cellOf("mesh: {file: box.obj, unitM: 0.001}", files).obstacles).toHaveLength(2);
  const urdf = `<robot name="r"><link name="a"><collision><geometry><mesh filename="box.obj"/></geometry></collision></link></robot>`;
  expect(() => cellOf("urdf: {file: a.urdf}", { ...files, "a.urdf": urdf })).toThrow(/scale="0\.001/);
});

it("takes the hull of a mesh with many points inside it, and refuses one with too many corners on it", () => {
  const random = seededRandom(4);
  const inside = Array.from({ length: 8000 }, () => `v ${random()} ${random()} ${random()}`).join("\n");
  const { obstacles } = cellOf("mesh: {file: a.obj}", { "a.obj": `${cubeObj(1)}${inside}` });
  const [, thing] = obstacles;
  expect(thing!.shape).toMatchObject({ kind: "hull" });
  expect(new Set((thing!.shape as Hull).points_m.map(String))).toEqual(new Set(CORNERS.map(String)));
  const ball = Array.from({ length: 6000 }, (_, i) => {
    const [z, angle] = [1 - (2 * i + 1) / 6000, 2.4 * i];
    const r = Math.sqrt(1 - z * z);
    return `v ${r * Math.cos(angle)} ${r * Math.sin(angle)} ${z}`;
  }).join("\n");
  expect(() => cellOf("mesh: {file: a.obj}", { "a.obj": ball })).toThrow(
    /mesh a\.obj has more than 4000 corners on its convex hull; simplify it, or put a box around it/,
  );
});

it("refuses a mesh file that was cut off, because what is left of it is smaller than the thing", () => {
  expect(cellOf("mesh: {file: a.stl}", { "a.stl": cubeStl }).obstacles).toHaveLength(2);
  const half = cubeStl.slice(0, -40);
  expect(() => cellOf("mesh: {file: a.stl}", { "a.stl": half })).toThrow(/mesh a\.stl is cut off/);
  const missing = cubeObj(1).replace("v 1 1 1\n", "");
  expect(() => cellOf("mesh: {file: a.obj}", { "a.obj": missing })).toThrow(
    /mesh a\.obj has a face with corner 8, but only 7 corners: it is cut off/,
  );
});

it("reads the example in the cells' README", () => {
  const page = readFileSync("data/cells/README.md", "utf8");
  const example = page.split("\n").filter((line) => line.startsWith("    "));
  const rig =
    '<robot name="r"><link name="a"><collision><geometry><box size="1 1 1"/></geometry></collision></link></robot>';
  const { obstacles, onCello } = parseCell(
    example.map((line) => line.slice(4)).join("\n"),
    "README.md",
    (file) => new TextEncoder().encode(file === "rig.urdf" ? rig : cubeStl),
  );
  expect(obstacles.map(({ name }) => name)).toEqual([
    "floor",
    "stand",
    "pipe",
    "lamp",
    "music desk",
    "table",
    "rig",
  ]);
  expect(onCello.map(({ name }) => name)).toEqual(["player's left hand"]);
});

it("refuses a hull in one plane: a board has a thickness", () => {
  const flat = "hull: {points_m: [[0, 0, 0], [1, 0, 0], [0, 1, 0], [1, 1, 0]]}";
  expect(() => cellOf(flat)).toThrow(/the hull of "thing" is flat/);
});

it("refuses a URDF in which a part would stand elsewhere than it was meant to", () => {
  const robot = (joints: string, size = "1 1 1"): string =>
    `<robot name="r"><link name="a"/><link name="b"><collision><geometry><box size="${size}"/></geometry></collision></link>${joints}</robot>`;
  const read = (text: string) => cellOf("urdf: {file: a.urdf}", { "a.urdf": text });
  const joint =
    '<joint name="j" type="fixed"><parent link="a"/><child link="b"/><origin xyz="1 0 0"/></joint>';
  expect(read(robot(joint)).obstacles).toHaveLength(2);
  expect(() => read(robot(joint.replace('"b"', '"B"')))).toThrow(
    /joint j in line 1 has child link "B", which is not there/,
  );
  expect(() => read(robot(""))).toThrow(/links a and b hang on nothing; only one may be the root/);
  expect(() => read(robot(joint, "1 -1 1"))).toThrow(
    /size of <box> in line 1 is "1 -1 1"; it must be above zero/,
  );
});

it("looks for the mesh of a URDF where the URDF is, and for a package's beside the cell", () => {
  const robot = (filename: string): string =>
    `<robot name="r"><link name="a"><collision><geometry><mesh filename="${filename}"/></geometry></collision></link></robot>`;
  for (const [filename, path] of [
    ["cube.stl", "rigs/cube.stl"],
    ["meshes/cube.stl", "rigs/meshes/cube.stl"],
    ["package://lab/cube.stl", "lab/cube.stl"],
    ["file:///opt/cube.stl", "/opt/cube.stl"],
  ] as const)
    expect(
      cellOf("urdf: {file: rigs/a.urdf}", { "rigs/a.urdf": robot(filename), [path]: cubeStl }).obstacles,
    ).toHaveLength(2);
});
