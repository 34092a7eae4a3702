import { add, type Vec3 } from "../math/vec.ts";
import { convexDistance, type Support } from "./convex-distance.ts";
import { segmentBoxSquared, segmentSegmentSquared } from "./segment-distance.ts";
import type { Shape } from "./shape.ts";

/**
 * Shapes as rows of one flat array, because a clearance check measures some hundred pairs in some microseconds.
 *
 *     0-2 centre · 3 bounding radius · 4 rounding radius · 5-7 half (capsule: vector, box: sizes; hull: 5 its number)
 *     8-16 R (box, hull) · 17 kind: 0 capsule, 1 box, 2 hull
 *
 * The points of hulls lie beside the rows, one list each, seen from its centre in its own axes.
 *
 * The places stay private to this file: read through an import they would cost more than the arithmetic. Nor are arrays taken apart where
 * pairs are measured: that half of all the planner's garbage came from there.
 */
export const ROW = 18;

const CENTRE = 0;
const BOUND = 3;
const RADIUS = 4;
const HALF = 5;
const TURN = 8;
const KIND = 17;

/** Points of the hulls among packed shapes, x y z after each other. */
export type HullPoints = Float64Array[];

/** Writes a shape into row `row`. @param hulls grows by the points of a hull */
export function packShape(rows: Float64Array, row: number, shape: Shape, hulls: HullPoints): void {
  const o = row * ROW;
  if (shape.kind === "capsule") {
    const { a_m: a, b_m: b, radiusM } = shape;
    for (let k = 0; k < 3; k++) {
      rows[o + CENTRE + k] = (a[k]! + b[k]!) / 2;
      rows[o + HALF + k] = (b[k]! - a[k]!) / 2;
    }
    rows[o + RADIUS] = radiusM;
    rows[o + KIND] = 0;
  } else if (shape.kind === "hull") {
    packHull(rows, o, shape.points_m, hulls);
    return;
  } else {
    rows.set(shape.centre_m, o + CENTRE);
    rows.set(shape.half_m, o + HALF);
    rows.set(shape.R, o + TURN);
    rows[o + RADIUS] = 0;
    rows[o + KIND] = 1;
  }
  rows[o + BOUND] = Math.hypot(rows[o + HALF]!, rows[o + HALF + 1]!, rows[o + HALF + 2]!) + rows[o + RADIUS]!;
}

function packHull(rows: Float64Array, o: number, points_m: readonly Vec3[], hulls: HullPoints): void {
  const middle = points_m.reduce(add).map((v) => v / points_m.length);
  const points = Float64Array.from(points_m.flatMap((p) => p.map((v, k) => v - middle[k]!)));
  rows.set(middle, o + CENTRE);
  rows.set([1, 0, 0, 0, 1, 0, 0, 0, 1], o + TURN);
  rows[o + HALF] = hulls.push(points) - 1;
  rows[o + KIND] = 2;
  for (let k = 0; k < points.length; k += 3)
    rows[o + BOUND] = Math.max(rows[o + BOUND]!, Math.hypot(points[k]!, points[k + 1]!, points[k + 2]!));
}

/**
 * Carries one packed shape from its link's frame to the base frame.
 *
 * @param o where its row begins
 * @param links link poses, origin then R; `link` is where this link's begins
 */
export function placeShape(
  local: Float64Array,
  world: Float64Array,
  o: number,
  links: Float64Array,
  link: number,
): void {
  const cx = local[o]!;
  const cy = local[o + 1]!;
  const cz = local[o + 2]!;
  const hx = local[o + HALF]!;
  const hy = local[o + HALF + 1]!;
  const hz = local[o + HALF + 2]!;
  const isCapsule = local[o + KIND] === 0;
  for (let row = 0; row < 3; row++) {
    const r = link + 3 + 3 * row;
    const x = links[r]!;
    const y = links[r + 1]!;
    const z = links[r + 2]!;
    world[o + row] = links[link + row]! + x * cx + y * cy + z * cz;
    if (isCapsule) world[o + HALF + row] = x * hx + y * hy + z * hz;
    else
      for (let c = 0; c < 3; c++)
        world[o + TURN + 3 * row + c] =
          x * local[o + TURN + c]! + y * local[o + TURN + 3 + c]! + z * local[o + TURN + 6 + c]!;
  }
}

/** Largest distance of any point of a packed shape from the z axis of a link, or a little more [m]. */
export function packedLever(world: Float64Array, o: number, links: Float64Array, link: number): number {
  const zx = links[link + 5]!;
  const zy = links[link + 8]!;
  const zz = links[link + 11]!;
  const x = world[o + CENTRE]! - links[link]!;
  const y = world[o + CENTRE + 1]! - links[link + 1]!;
  const z = world[o + CENTRE + 2]! - links[link + 2]!;
  if (world[o + KIND] !== 0) return fromAxis(x, y, z, zx, zy, zz) + world[o + BOUND]!;
  const ex = world[o + HALF]!;
  const ey = world[o + HALF + 1]!;
  const ez = world[o + HALF + 2]!;
  const ends = Math.max(
    fromAxis(x + ex, y + ey, z + ez, zx, zy, zz),
    fromAxis(x - ex, y - ey, z - ez, zx, zy, zz),
  );
  return ends + world[o + RADIUS]!;
}

/** Length of v × axis. */
function fromAxis(x: number, y: number, z: number, ax: number, ay: number, az: number): number {
  const u = y * az - z * ay;
  const v = z * ax - x * az;
  const w = x * ay - y * ax;
  return Math.sqrt(u * u + v * v + w * w);
}

/** How far any point of a packed shape is from where it was, or a little more [m]. */
export function movedM(before: Float64Array, after: Float64Array, o: number): number {
  const x = after[o]! - before[o]!;
  const y = after[o + 1]! - before[o + 1]!;
  const z = after[o + 2]! - before[o + 2]!;
  const isCapsule = after[o + KIND] === 0;
  let turned = 0;
  for (let k = isCapsule ? HALF : TURN; k < (isCapsule ? HALF + 3 : TURN + 9); k++) {
    const by = after[o + k]! - before[o + k]!;
    turned += by * by;
  }
  return Math.sqrt(x * x + y * y + z * z) + Math.sqrt(turned) * (isCapsule ? 1 : after[o + BOUND]!);
}

/** No point of a packed shape is farther from the origin of its frame, whatever way that is turned [m]. */
export const packedReachM = (local: Float64Array, o: number): number =>
  Math.hypot(local[o]!, local[o + 1]!, local[o + 2]!) + local[o + BOUND]!;

/** True when two packed shapes are certainly `limitM` apart or more: ball against ball, then the ball around each against the other. */
export function surelyFarther(world: Float64Array, a: number, b: number, limitM: number): boolean {
  const x = world[a]! - world[b]!;
  const y = world[a + 1]! - world[b + 1]!;
  const z = world[a + 2]! - world[b + 2]!;
  const balls = limitM + world[a + BOUND]! + world[b + BOUND]!;
  if (balls > 0 && x * x + y * y + z * z >= balls * balls) return true;
  return (
    isPointBeyond(world, b, x, y, z, limitM + world[a + BOUND]!) ||
    isPointBeyond(world, a, -x, -y, -z, limitM + world[b + BOUND]!)
  );
}

/** Whether a point, seen from a shape's centre, surely is `farM` from the shape or more; no in doubt, and for hulls. */
function isPointBeyond(
  world: Float64Array,
  o: number,
  x: number,
  y: number,
  z: number,
  farM: number,
): boolean {
  const kind = world[o + KIND]!;
  if (kind === 2) return false;
  const reach = farM + world[o + RADIUS]!;
  if (reach <= 0) return false;
  let squared = 0;
  if (kind === 0) {
    const ex = world[o + HALF]!;
    const ey = world[o + HALF + 1]!;
    const ez = world[o + HALF + 2]!;
    const along = x * ex + y * ey + z * ez;
    const whole = ex * ex + ey * ey + ez * ez;
    const t = along >= whole ? 1 : along <= -whole ? -1 : along / whole;
    const dx = x - t * ex;
    const dy = y - t * ey;
    const dz = z - t * ez;
    squared = dx * dx + dy * dy + dz * dz;
  } else {
    const R = o + TURN;
    for (let c = 0; c < 3; c++) {
      const along = x * world[R + c]! + y * world[R + 3 + c]! + z * world[R + 6 + c]!;
      const outside = Math.abs(along) - world[o + HALF + c]!;
      if (outside > 0) squared += outside * outside;
    }
  }
  return squared >= reach * reach;
}

/** Distance between two packed shapes [m]; see `distanceBetween` for its sign. */
export function packedDistance(rows: Float64Array, i: number, j: number, hulls: HullPoints): number {
  const a = i * ROW;
  const b = j * ROW;
  if (rows[a + KIND] === 2 || rows[b + KIND] === 2)
    return (
      convexDistance(coreOf(rows, a, hulls), coreOf(rows, b, hulls)) - rows[a + RADIUS]! - rows[b + RADIUS]!
    );
  const aBox = rows[a + KIND] === 1;
  const bBox = rows[b + KIND] === 1;
  const squared =
    aBox && bBox
      ? boxBoxSquared(rows, a, b)
      : aBox
        ? capsuleBoxSquared(rows, b, a)
        : bBox
          ? capsuleBoxSquared(rows, a, b)
          : capsuleCapsuleSquared(rows, a, b);
  return Math.sqrt(squared) - rows[a + RADIUS]! - rows[b + RADIUS]!;
}

/** A packed shape without its rounding, by its farthest point in a direction. */
function coreOf(rows: Float64Array, o: number, hulls: HullPoints): Support {
  const centre: Vec3 = [rows[o]!, rows[o + 1]!, rows[o + 2]!];
  const h = o + HALF;
  if (rows[o + KIND] === 0)
    return ([x, y, z]) => {
      const sign = x * rows[h]! + y * rows[h + 1]! + z * rows[h + 2]! < 0 ? -1 : 1;
      return add(centre, [sign * rows[h]!, sign * rows[h + 1]!, sign * rows[h + 2]!]);
    };
  const R = o + TURN;
  const turned = (x: number, y: number, z: number): Vec3 => [
    centre[0] + rows[R]! * x + rows[R + 1]! * y + rows[R + 2]! * z,
    centre[1] + rows[R + 3]! * x + rows[R + 4]! * y + rows[R + 5]! * z,
    centre[2] + rows[R + 6]! * x + rows[R + 7]! * y + rows[R + 8]! * z,
  ];
  const own = ([x, y, z]: Vec3, k: 0 | 1 | 2): number =>
    x * rows[R + k]! + y * rows[R + 3 + k]! + z * rows[R + 6 + k]!;
  if (rows[o + KIND] === 1)
    return (d) => {
      const [x, y, z] = ([0, 1, 2] as const).map((k) => (own(d, k) < 0 ? -rows[h + k]! : rows[h + k]!));
      return turned(x!, y!, z!);
    };
  const points = hulls[rows[h]!]!;
  return (d) => {
    const [x, y, z] = [own(d, 0), own(d, 1), own(d, 2)];
    let [best, most] = [0, -Infinity];
    for (let k = 0; k < points.length; k += 3) {
      const along = x * points[k]! + y * points[k + 1]! + z * points[k + 2]!;
      if (along > most) [best, most] = [k, along];
    }
    return turned(points[best]!, points[best + 1]!, points[best + 2]!);
  };
}

function capsuleCapsuleSquared(rows: Float64Array, a: number, b: number): number {
  return segmentSegmentSquared(
    rows[a]! - rows[b]!,
    rows[a + 1]! - rows[b + 1]!,
    rows[a + 2]! - rows[b + 2]!,
    rows[a + HALF]!,
    rows[a + HALF + 1]!,
    rows[a + HALF + 2]!,
    rows[b + HALF]!,
    rows[b + HALF + 1]!,
    rows[b + HALF + 2]!,
  );
}

/** Core segment of capsule `c` against solid box `b`. */
function capsuleBoxSquared(rows: Float64Array, c: number, b: number): number {
  return inBoxFrame(
    rows,
    b,
    rows[c]! - rows[b]!,
    rows[c + 1]! - rows[b + 1]!,
    rows[c + 2]! - rows[b + 2]!,
    rows[c + HALF]!,
    rows[c + HALF + 1]!,
    rows[c + HALF + 2]!,
  );
}

/** Segment (x ± e, seen from the centre of box `b`) turned into the box's own axes, and its squared distance. */
function inBoxFrame(
  rows: Float64Array,
  b: number,
  x: number,
  y: number,
  z: number,
  ex: number,
  ey: number,
  ez: number,
): number {
  const R = b + TURN;
  const r00 = rows[R]!;
  const r01 = rows[R + 1]!;
  const r02 = rows[R + 2]!;
  const r10 = rows[R + 3]!;
  const r11 = rows[R + 4]!;
  const r12 = rows[R + 5]!;
  const r20 = rows[R + 6]!;
  const r21 = rows[R + 7]!;
  const r22 = rows[R + 8]!;
  return segmentBoxSquared(
    r00 * x + r10 * y + r20 * z,
    r01 * x + r11 * y + r21 * z,
    r02 * x + r12 * y + r22 * z,
    r00 * ex + r10 * ey + r20 * ez,
    r01 * ex + r11 * ey + r21 * ez,
    r02 * ex + r12 * ey + r22 * ez,
    rows[b + HALF]!,
    rows[b + HALF + 1]!,
    rows[b + HALF + 2]!,
  );
}

/** Two solid boxes: apart or not, an edge of one of them holds a nearest point, so edges against solid suffice. */
function boxBoxSquared(rows: Float64Array, a: number, b: number): number {
  return Math.min(edgesToBox(rows, a, b), edgesToBox(rows, b, a));
}

/** The twelve edges of box `a` against solid box `b`. */
function edgesToBox(rows: Float64Array, a: number, b: number): number {
  let best = Infinity;
  for (let axis = 0; axis < 3 && best > 0; axis++) {
    const u = (axis + 1) % 3;
    const v = (axis + 2) % 3;
    const e = rows[a + HALF + axis]!;
    const hu = rows[a + HALF + u]!;
    const hv = rows[a + HALF + v]!;
    const R = a + TURN;
    for (let corner = 0; corner < 4; corner++) {
      const su = corner & 1 ? hu : -hu;
      const sv = corner & 2 ? hv : -hv;
      const squared = inBoxFrame(
        rows,
        b,
        rows[a]! - rows[b]! + su * rows[R + u]! + sv * rows[R + v]!,
        rows[a + 1]! - rows[b + 1]! + su * rows[R + 3 + u]! + sv * rows[R + 3 + v]!,
        rows[a + 2]! - rows[b + 2]! + su * rows[R + 6 + u]! + sv * rows[R + 6 + v]!,
        e * rows[R + axis]!,
        e * rows[R + 3 + axis]!,
        e * rows[R + 6 + axis]!,
      );
      if (squared < best) best = squared;
    }
  }
  return best;
}
