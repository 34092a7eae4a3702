import { CellistError } from "../errors.ts";
import { compose, pose, type Pose } from "../math/pose.ts";
import { fromRotvec, multiply, type Mat3 } from "../math/rotation.ts";
import type { Vec3 } from "../math/vec.ts";
import { parseXml, type XmlElement } from "../score/musicxml/xml-tree.ts";
import { meshSolid } from "./mesh-solid.ts";
import { box, hull, moveShape, sphere, type Shape } from "./shape.ts";

/** Bytes of a mesh by the name a file calls it. */
export type MeshSource = (file: string) => Uint8Array;

/** A part of a room as a file describes it. */
export interface DescribedShape {
  readonly shape: Shape;
  /** What became of it that its file does not say. */
  readonly remark?: string | undefined;
}

/** A cylinder is taken for the prism around it: so many sides, at most 0.9 % wider. */
const SIDES = 24;

/**
 * The collision geometry of a URDF with all joints at zero, in the frame of its root link: boxes, spheres, cylinders, and the
 * convex hulls of meshes.
 *
 * @param where how the file is called in refusals
 * @throws CellistError `cell-invalid`
 */
export function urdfShapes(text: string, where: string, mesh: MeshSource): DescribedShape[] {
  const robot = rootOf(text, where);
  const joints = children(robot, "joint");
  checkTree(robot, where);
  const parentOf = new Map(
    joints.map((joint) => [
      child(joint, "child")?.attributes["link"],
      { parent: child(joint, "parent")?.attributes["link"], X: originOf(child(joint, "origin"), where) },
    ]),
  );
  const frameOf = (link: string, depth = 0): Pose<"W", "W"> => {
    const joint = parentOf.get(link);
    if (joint?.parent === undefined) return pose("W", "W", [0, 0, 0]);
    if (depth > 100) throw invalid(where, `its joints run in a circle at link ${link}`);
    return compose(frameOf(joint.parent, depth + 1), joint.X);
  };
  const shapes = children(robot, "link").flatMap((link) =>
    children(link, "collision").map((collision) => {
      const X = compose(frameOf(link.attributes["name"] ?? ""), originOf(child(collision, "origin"), where));
      const { shape, remark } = geometryOf(child(collision, "geometry"), where, mesh);
      return { shape: moveShape(X, shape), remark };
    }),
  );
  if (shapes.length === 0) throw invalid(where, "it has no collision geometry");
  return shapes;
}

/** A link that is joined under a misspelt name would stand at the origin instead of where it is. */
function checkTree(robot: XmlElement, where: string): void {
  const links = children(robot, "link").map((link) => link.attributes["name"]);
  const joined = new Set<string | undefined>();
  for (const joint of children(robot, "joint")) {
    const name = joint.attributes["name"] ?? "without a name";
    for (const end of ["parent", "child"]) {
      const link = child(joint, end)?.attributes["link"];
      if (!links.includes(link))
        throw invalid(
          where,
          `joint ${name} in line ${joint.line} has ${end} link "${link ?? ""}", which is not there`,
        );
    }
    joined.add(child(joint, "child")?.attributes["link"]);
  }
  const roots = links.filter((link) => !joined.has(link));
  if (roots.length > 1)
    throw invalid(where, `links ${roots.join(" and ")} hang on nothing; only one may be the root`);
}

function rootOf(text: string, where: string): XmlElement {
  let root: XmlElement;
  try {
    root = parseXml(text);
  } catch (cause) {
    throw new CellistError("cell-invalid", `${where}: ${(cause as Error).message}`, { where }, cause);
  }
  if (root.name !== "robot") throw invalid(where, `its root element is <${root.name}>, a URDF has <robot>`);
  return root;
}

function geometryOf(geometry: XmlElement | undefined, where: string, mesh: MeshSource): DescribedShape {
  const shape = geometry?.children[0];
  const sizes = (key: string, count: number): number[] => {
    const read = numbersOf(shape, key, count, where);
    if (read.every((v) => v > 0)) return read;
    throw invalid(
      where,
      `${key} of <${shape?.name ?? "?"}> in line ${shape?.line ?? 0} is "${read.join(" ")}"; it must be above zero`,
    );
  };
  switch (shape?.name) {
    case "box":
      return { shape: box([0, 0, 0], sizes("size", 3) as unknown as Vec3) };
    case "sphere":
      return { shape: sphere([0, 0, 0], sizes("radius", 1)[0]!) };
    case "cylinder":
      return { shape: prism(sizes("radius", 1)[0]!, sizes("length", 1)[0]!) };
    case "mesh": {
      const file = meshNamed(shape.attributes["filename"] ?? "", where);
      const scale = shape.attributes["scale"] === undefined ? [1, 1, 1] : numbersOf(shape, "scale", 3, where);
      const { corners, remark } = meshSolid(mesh(file), file);
      return { shape: hull(corners.map((p) => p.map((v, k) => v * scale[k]!) as unknown as Vec3)), remark };
    }
    default:
      throw invalid(
        where,
        `it has a collision shape <${shape?.name ?? "nothing"}>; box, sphere, cylinder and mesh are known`,
      );
  }
}

/** A mesh lies where its URDF does; one of a package, beside the cell's file. */
function meshNamed(name: string, urdf: string): string {
  const [, scheme, path] = /^(?:(package|file):\/\/)?(.*)$/.exec(name)!;
  return scheme !== undefined || path!.startsWith("/") ? path! : urdf.replace(/[^/]*$/, "") + path!;
}

/** The regular prism around a cylinder along z. */
function prism(radiusM: number, lengthM: number): Shape {
  const outerM = radiusM / Math.cos(Math.PI / SIDES);
  return hull(
    Array.from({ length: 2 * SIDES }, (_, i): Vec3 => {
      const angle = (2 * Math.PI * (i >> 1)) / SIDES;
      return [outerM * Math.cos(angle), outerM * Math.sin(angle), (i % 2 === 0 ? -1 : 1) * (lengthM / 2)];
    }),
  );
}

/** R = Rz(yaw) · Ry(pitch) · Rx(roll), fixed axes. */
function originOf(origin: XmlElement | undefined, where: string): Pose<"W", "W"> {
  const read = (key: string): Vec3 =>
    origin?.attributes[key] === undefined ? [0, 0, 0] : (numbersOf(origin, key, 3, where) as unknown as Vec3);
  const [roll, pitch, yaw] = read("rpy");
  const R: Mat3 = multiply(
    fromRotvec([0, 0, yaw]),
    multiply(fromRotvec([0, pitch, 0]), fromRotvec([roll, 0, 0])),
  );
  return pose("W", "W", read("xyz"), R);
}

function numbersOf(element: XmlElement | undefined, key: string, count: number, where: string): number[] {
  const text = element?.attributes[key] ?? "";
  const numbers = text.trim().split(/\s+/).map(Number);
  if (text !== "" && numbers.length === count && numbers.every(Number.isFinite)) return numbers;
  throw invalid(
    where,
    `${key} of <${element?.name ?? "?"}> in line ${element?.line ?? 0} is "${text}"; ${count === 1 ? "a number is" : `${count} numbers are`} needed`,
  );
}

const children = (element: XmlElement, name: string): XmlElement[] =>
  element.children.filter((c) => c.name === name);
const child = (element: XmlElement, name: string): XmlElement | undefined => children(element, name)[0];
const invalid = (where: string, what: string): CellistError =>
  new CellistError("cell-invalid", `${where}: ${what}`, { where });
